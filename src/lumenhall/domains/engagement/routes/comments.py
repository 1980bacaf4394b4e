"""Comments over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.engagement import queries, service
from lumenhall.domains.engagement.schemas import (
    CommentChange,
    CommentLook,
    CommentSort,
    MomentList,
    MomentLook,
    NewComment,
    NewReaction,
    ReactionReply,
)
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.queries import get_visible
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/api", tags=["engagement"])
Cursor = Annotated[str | None, Query(max_length=500)]
MOMENT_LETTERS = 80


@router.get("/videos/{video_id}/comments")
async def list_comments(
    video_id: UUID,
    actor: CurrentActor,
    session: Reads,
    sort: CommentSort = CommentSort.NEWEST,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[CommentLook]:
    """What people say about a video; replies have a list of their own."""
    video = (await get_visible(session, actor, video_id)).video
    found, following = await queries.page_comments(session, actor, video.id, sort, cursor, limit)
    items = [service.comment_look(shown, actor, video) for shown in found]
    return Page[CommentLook](items=items, next_cursor=following)


@router.post("/videos/{video_id}/comments", status_code=201)
async def add_comment(
    video_id: UUID, actor: CurrentActor, context: Context, session: Writes, new: NewComment
) -> CommentLook:
    """Say something about a video; safe to repeat with the same `client_id`."""
    shown, video = await service.add_comment(session, context, actor, video_id, new)
    return service.comment_look(shown, actor, video)


@router.get("/videos/{video_id}/comment-moments")
async def list_moments(video_id: UUID, actor: CurrentActor, session: Reads) -> MomentList:
    """The comments that name a moment, for the time bar."""
    video = (await get_visible(session, actor, video_id)).video
    found = await queries.list_moments(session, video.id)
    return MomentList(
        items=[
            MomentLook(
                id=row.id,
                moment_seconds=row.moment_seconds,
                text=row.text[:MOMENT_LETTERS],
                author=PersonLook.model_validate(row.User),
            )
            for row in found
        ]
    )


@router.get("/comments/{comment_id}")
async def get_comment(comment_id: UUID, actor: CurrentActor, session: Reads) -> CommentLook:
    """One comment, or the stub that is left of it."""
    video = await queries.get_video_of_comment(session, actor, comment_id)
    shown = await queries.shown_comment(session, actor, comment_id)
    return service.comment_look(shown, actor, video)


@router.get("/comments/{comment_id}/replies")
async def list_replies(
    comment_id: UUID,
    actor: CurrentActor,
    session: Reads,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[CommentLook]:
    """The replies to a comment, the oldest first."""
    video = await queries.get_video_of_comment(session, actor, comment_id)
    found, following = await queries.page_replies(session, actor, comment_id, cursor, limit)
    items = [service.comment_look(shown, actor, video) for shown in found]
    return Page[CommentLook](items=items, next_cursor=following)


@router.patch("/comments/{comment_id}")
async def change_comment(
    comment_id: UUID, actor: CurrentActor, session: Writes, change: CommentChange
) -> CommentLook:
    """Give one's own comment another text, for 24 hours."""
    shown, video = await service.change_comment(session, actor, comment_id, change.text)
    return service.comment_look(shown, actor, video)


@router.delete("/comments/{comment_id}", status_code=204)
async def delete_comment(comment_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete a comment: its author, the video's owner and moderators may."""
    await service.delete_comment(session, actor, comment_id)


@router.post("/comments/{comment_id}/reactions")
async def react_to_comment(
    comment_id: UUID, actor: CurrentActor, session: Writes, new: NewReaction
) -> ReactionReply:
    """React to a comment, as to a video."""
    return await service.react_to_comment(session, actor, comment_id, new.type)
