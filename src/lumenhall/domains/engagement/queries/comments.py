"""Comments as their readers see them: always with author, replies, reactions and mentions."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, Select, and_, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.engagement.errors import CommentUnknown
from lumenhall.domains.engagement.models import (
    Comment,
    CommentMention,
    CommentReaction,
    ReactionType,
)
from lumenhall.domains.engagement.queries.reactions import count_comment_reactions
from lumenhall.domains.engagement.schemas import CommentSort
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import visible_to
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor

MOST_MOMENTS = 500


@dataclass(frozen=True, slots=True)
class CommentShown:
    """A comment and all that a reply shows of it."""

    comment: Comment
    author: User
    reply_count: int
    my_reaction: ReactionType | None
    reaction_counts: dict[ReactionType, int]
    mentions: list[User]


async def page_comments(
    session: AsyncSession,
    actor: Actor,
    video_id: uuid.UUID,
    sort: CommentSort,
    cursor: str | None,
    limit: int,
) -> tuple[list[CommentShown], str | None]:
    """Return the comments on a video that answer no other, and the next cursor."""
    wanted = _comments(actor).where(Comment.video_id == video_id, Comment.parent_id.is_(None))
    return await _page(session, wanted, cursor, limit, newest_first=sort is CommentSort.NEWEST)


async def page_replies(
    session: AsyncSession, actor: Actor, comment_id: uuid.UUID, cursor: str | None, limit: int
) -> tuple[list[CommentShown], str | None]:
    """Return the replies to a comment, the oldest first, and the next cursor."""
    wanted = _comments(actor).where(Comment.parent_id == comment_id)
    return await _page(session, wanted, cursor, limit, newest_first=False)


async def shown_comment(session: AsyncSession, actor: Actor, comment_id: uuid.UUID) -> CommentShown:
    """Return one comment as the actor sees it."""
    wanted = _comments(actor).where(Comment.id == comment_id)
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one()
    return (await _shown(session, [row]))[0]


async def get_comment(
    session: AsyncSession, actor: Actor, comment_id: uuid.UUID
) -> tuple[Comment, Video]:
    """Return a comment on a video that the actor may see, to change it; raises CommentUnknown."""
    row = (
        await session.execute(
            select(Comment, Video)
            .join(Video, Video.id == Comment.video_id)
            .join(Asset, Asset.id == Video.asset_id)
            .where(
                Comment.id == comment_id,
                Comment.deleted_at.is_(None),
                visible_to(actor, clock.now()),
            )
            .with_for_update(of=Comment)
        )
    ).one_or_none()
    if row is None:
        raise CommentUnknown
    return row[0], row[1]


async def get_video_of_comment(session: AsyncSession, actor: Actor, comment_id: uuid.UUID) -> Video:
    """Return the video of a comment, or of its stub, if the actor may see it; CommentUnknown."""
    video = await session.scalar(
        select(Video)
        .join(Comment, Comment.video_id == Video.id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Comment.id == comment_id, visible_to(actor, clock.now()))
    )
    if video is None:
        raise CommentUnknown
    return video


async def find_comment_sent(
    session: AsyncSession, author_id: uuid.UUID, client_id: uuid.UUID
) -> Comment | None:
    """Return the comment that an author has sent under this id already."""
    return await session.scalar(
        select(Comment).where(Comment.author_id == author_id, Comment.client_id == client_id)
    )


async def list_moments(session: AsyncSession, video_id: uuid.UUID) -> Sequence[Row[Any]]:
    """Return the newest comments that name a moment, by moment.

    Each row has `id`, `moment_seconds`, `text` and its author as `User`.
    """
    newest = (
        select(Comment)
        .where(
            Comment.video_id == video_id,
            Comment.moment_seconds.is_not(None),
            Comment.deleted_at.is_(None),
        )
        .order_by(Comment.id.desc())
        .limit(MOST_MOMENTS)
        .subquery()
    )
    found = await session.execute(
        select(newest.c.id, newest.c.moment_seconds, newest.c.text, User)
        .join(User, User.id == newest.c.author_id)
        .order_by(newest.c.moment_seconds, newest.c.id)
    )
    return found.all()


async def count_replies(session: AsyncSession, comment_id: uuid.UUID) -> int:
    """Return how many replies a comment has."""
    counted = await session.scalar(select(func.count()).where(Comment.parent_id == comment_id))
    return counted or 0


async def list_mentioned(session: AsyncSession, comment_id: uuid.UUID) -> set[uuid.UUID]:
    """Return whom a comment is known to name."""
    return set(
        await session.scalars(
            select(CommentMention.user_id).where(CommentMention.comment_id == comment_id)
        )
    )


async def list_people_named(session: AsyncSession, usernames: Collection[str]) -> Sequence[User]:
    """Return the people of these usernames who have not been disabled."""
    if not usernames:
        return []
    found = await session.scalars(
        select(User)
        .where(User.username.in_(usernames), User.disabled_at.is_(None))
        .order_by(User.username)
    )
    return found.all()


def _comments(actor: Actor) -> Select[Any]:
    reply = aliased(Comment)
    replies = (
        select(func.count())
        .where(reply.parent_id == Comment.id, reply.deleted_at.is_(None))
        .correlate(Comment)
        .scalar_subquery()
    )
    return (
        select(
            Comment, User, replies.label("reply_count"), CommentReaction.type.label("my_reaction")
        )
        .join(User, User.id == Comment.author_id)
        .outerjoin(
            CommentReaction,
            and_(
                CommentReaction.comment_id == Comment.id,
                CommentReaction.user_id == actor.user_id,
            ),
        )
    )


async def _page(
    session: AsyncSession,
    wanted: Select[Any],
    cursor: str | None,
    limit: int,
    *,
    newest_first: bool,
) -> tuple[list[CommentShown], str | None]:
    # Ids grow with time, so they are the order as well.
    if cursor is not None:
        (last_id,) = decode_cursor(cursor, uuid.UUID)
        wanted = wanted.where(Comment.id < last_id if newest_first else Comment.id > last_id)
    order = Comment.id.desc() if newest_first else Comment.id
    rows = (await session.execute(wanted.order_by(order).limit(limit + 1))).all()
    shown = await _shown(session, rows[:limit])
    return shown, encode_cursor(shown[-1].comment.id) if len(rows) > limit else None


async def _shown(session: AsyncSession, rows: Sequence[Row[Any]]) -> list[CommentShown]:
    ids = [row.Comment.id for row in rows]
    counts = await count_comment_reactions(session, ids)
    mentions = await _mentions(session, ids)
    return [
        CommentShown(
            row.Comment,
            row.User,
            row.reply_count,
            row.my_reaction,
            counts.get(row.Comment.id, {}),
            mentions.get(row.Comment.id, []),
        )
        for row in rows
    ]


async def _mentions(
    session: AsyncSession, comment_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, list[User]]:
    mentions: defaultdict[uuid.UUID, list[User]] = defaultdict(list)
    if not comment_ids:
        return mentions
    found = await session.execute(
        select(CommentMention.comment_id, User)
        .join(User, User.id == CommentMention.user_id)
        .where(CommentMention.comment_id.in_(comment_ids))
        .order_by(User.username)
    )
    for comment_id, user in found:
        mentions[comment_id].append(user)
    return mentions
