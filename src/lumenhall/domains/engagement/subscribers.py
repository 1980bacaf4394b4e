"""What open pages hear of reactions and comments.

Whoever has a video open hears on the topic `asset:<id>`; who was mentioned hears of it also
later, if they were away.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement.events import (
    CommentAdded,
    CommentChanged,
    CommentDeleted,
    CommentReacted,
    PersonMentioned,
    VideoReacted,
)
from lumenhall.platform.events import subscribe
from lumenhall.platform.realtime import live


@subscribe(VideoReacted)
async def on_video_reacted(session: AsyncSession, event: VideoReacted) -> None:
    data = {"video_id": str(event.video_id), "reaction_counts": event.reaction_counts}
    live.publish_after_commit(session, f"asset:{event.asset_id}", "video.reacted", data)


@subscribe(CommentReacted)
async def on_comment_reacted(session: AsyncSession, event: CommentReacted) -> None:
    data = {
        "video_id": str(event.video_id),
        "comment_id": str(event.comment_id),
        "reaction_counts": event.reaction_counts,
    }
    live.publish_after_commit(session, f"asset:{event.asset_id}", "comment.reacted", data)


@subscribe(CommentAdded)
async def on_comment_added(session: AsyncSession, event: CommentAdded) -> None:
    _tell_of_comment(session, event, "comment.added")


@subscribe(CommentChanged)
async def on_comment_changed(session: AsyncSession, event: CommentChanged) -> None:
    _tell_of_comment(session, event, "comment.changed")


@subscribe(CommentDeleted)
async def on_comment_deleted(session: AsyncSession, event: CommentDeleted) -> None:
    _tell_of_comment(session, event, "comment.deleted")


@subscribe(PersonMentioned)
async def on_person_mentioned(session: AsyncSession, event: PersonMentioned) -> None:
    data = {
        "video_id": str(event.video_id),
        "comment_id": str(event.comment_id),
        "by": str(event.by),
    }
    await live.send(session, [event.user_id], "mention", data)


def _tell_of_comment(
    session: AsyncSession, event: CommentAdded | CommentChanged | CommentDeleted, kind: str
) -> None:
    data = {
        "video_id": str(event.video_id),
        "comment_id": str(event.comment_id),
        "parent_id": str(event.parent_id) if event.parent_id else None,
    }
    live.publish_after_commit(session, f"asset:{event.asset_id}", kind, data)
