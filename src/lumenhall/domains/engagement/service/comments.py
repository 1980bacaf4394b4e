"""Writing, changing and deleting comments."""

import re
import uuid

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.engagement.errors import (
    CommentUnknown,
    MomentBeyondEnd,
    TooManyComments,
)
from lumenhall.domains.engagement.events import (
    CommentAdded,
    CommentChanged,
    CommentDeleted,
    PersonMentioned,
)
from lumenhall.domains.engagement.models import Comment, CommentMention
from lumenhall.domains.engagement.policy import can_delete_comment, can_edit_comment
from lumenhall.domains.engagement.schemas import NewComment
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.service import record_audit
from lumenhall.domains.library import queries as library
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import can_view
from lumenhall.domains.media.models import Asset
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit

PER_PERSON = Limit("comments", 30, 60)
MOST_MENTIONS = 20
MENTION = re.compile(r"(?<![\w@.-])@([a-z0-9_.-]{3,30})", re.IGNORECASE | re.ASCII)


async def add_comment(
    session: AsyncSession, app: AppContext, actor: Actor, video_id: uuid.UUID, new: NewComment
) -> tuple[queries.CommentShown, Video]:
    """Comment on a video; the same `client_id` again returns the comment that is there.

    A reply to a reply joins the replies of the comment above. Raises VideoUnknown,
    CommentUnknown, MomentBeyondEnd or TooManyComments.
    """
    # The video is locked until the commit, which lets the same comment sent twice at once in once.
    video, asset = await library.get_video(session, actor, video_id)
    comment = await queries.find_comment_sent(session, actor.user_id, new.client_id)
    if comment is None:
        if wait := await app.limiter.wait_for(PER_PERSON, str(actor.user_id)):
            raise TooManyComments(retry_after=wait)
        comment = await _add(session, actor, video, asset, new)
        await announce(session, CommentAdded(*_about(comment, video)))
        await _mention(session, actor, comment, video, asset)
    return await queries.shown_comment(session, actor, comment.id), video


async def change_comment(
    session: AsyncSession, actor: Actor, comment_id: uuid.UUID, text: str
) -> tuple[queries.CommentShown, Video]:
    """Give a comment another text; raises CommentUnknown, NotYourComment or CommentTooOld."""
    comment, video = await queries.get_comment(session, actor, comment_id)
    can_edit_comment(actor, comment, clock.now()).demand()
    if text != comment.text:
        comment.text = text
        comment.edited_at = clock.now()
        await session.flush()
        await announce(session, CommentChanged(*_about(comment, video)))
        _, asset = await library.get_video(session, actor, video.id)
        await _mention(session, actor, comment, video, asset)
    return await queries.shown_comment(session, actor, comment_id), video


async def delete_comment(session: AsyncSession, actor: Actor, comment_id: uuid.UUID) -> None:
    """Delete a comment; one that was answered leaves a stub as long as there are answers.

    Raises CommentUnknown or NotYourComment.
    """
    comment, video = await queries.get_comment(session, actor, comment_id)
    can_delete_comment(actor, comment, video).demand()
    about = _about(comment, video)
    if actor.user_id not in {comment.author_id, video.uploaded_by}:
        await record_audit(
            session, actor, "comment.deleted", "comment", comment.id, {"name": video.title}
        )
    if await queries.count_replies(session, comment.id):
        comment.text = ""
        comment.deleted_at = clock.now()
        await session.flush()
        await session.execute(delete(CommentMention).where(CommentMention.comment_id == comment.id))
    else:
        await session.delete(comment)
        await session.flush()
        await _delete_stub_without_replies(session, comment.parent_id)
    await announce(session, CommentDeleted(*about))


async def _add(
    session: AsyncSession, actor: Actor, video: Video, asset: Asset, new: NewComment
) -> Comment:
    if new.moment_seconds is not None and new.moment_seconds > (asset.duration_seconds or 0):
        raise MomentBeyondEnd
    comment = Comment(
        video_id=video.id,
        author_id=actor.user_id,
        parent_id=await _parent(session, video, new.parent_id),
        client_id=new.client_id,
        text=new.text,
        moment_seconds=new.moment_seconds,
    )
    session.add(comment)
    await session.flush()
    return comment


async def _parent(
    session: AsyncSession, video: Video, comment_id: uuid.UUID | None
) -> uuid.UUID | None:
    if comment_id is None:
        return None
    found = await session.get(Comment, comment_id)
    if found is None or found.video_id != video.id or found.deleted_at is not None:
        raise CommentUnknown
    return found.parent_id or found.id


async def _mention(
    session: AsyncSession, actor: Actor, comment: Comment, video: Video, asset: Asset
) -> None:
    """Note whom the comment names, and tell those of them who were not named before."""
    before = await queries.list_mentioned(session, comment.id)
    named = [
        person
        for person in await queries.list_people_named(session, names_in(comment.text))
        if _may_read(person, video, asset)
    ]
    await session.execute(delete(CommentMention).where(CommentMention.comment_id == comment.id))
    if named:
        rows = [{"comment_id": comment.id, "user_id": person.id} for person in named]
        await session.execute(insert(CommentMention), rows)
    for person in named:
        if person.id not in before | {actor.user_id}:
            await announce(session, PersonMentioned(comment.id, video.id, person.id, actor.user_id))


def names_in(text: str) -> set[str]:
    """Return the usernames that a text mentions; a full stop at the end may be the sentence's."""
    found = [name.lower() for name in MENTION.findall(text)][:MOST_MENTIONS]
    return {*found, *(name.rstrip(".-") for name in found)}


def _may_read(person: User, video: Video, asset: Asset) -> bool:
    return bool(can_view(Actor(person.id, person.role), video, asset, clock.now()))


async def _delete_stub_without_replies(session: AsyncSession, parent_id: uuid.UUID | None) -> None:
    if parent_id is not None and not await queries.count_replies(session, parent_id):
        await session.execute(
            delete(Comment).where(Comment.id == parent_id, Comment.deleted_at.is_not(None))
        )


def _about(
    comment: Comment, video: Video
) -> tuple[uuid.UUID, uuid.UUID | None, uuid.UUID, uuid.UUID, uuid.UUID]:
    return comment.id, comment.parent_id, video.id, video.asset_id, comment.author_id
