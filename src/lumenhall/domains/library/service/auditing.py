"""What of the library goes into the audit log: work of admins and moderators, not one's own."""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.service import record_audit
from lumenhall.domains.library.models import Category, Video
from lumenhall.domains.library.schemas import VideoChange


async def audit_video(session: AsyncSession, actor: Actor, video: Video, verb: str) -> None:
    """Write down what was done to somebody else's video."""
    if video.uploaded_by != actor.user_id:
        about = {"name": video.title}
        await record_audit(session, actor, f"video.{verb}", "video", video.id, about)


async def audit_added(session: AsyncSession, actor: Actor, video: Video) -> None:
    """Write down that a video which was elsewhere came into the library."""
    await record_audit(session, actor, "video.added", "video", video.id, {"name": video.title})


async def audit_video_change(
    session: AsyncSession, actor: Actor, video: Video, change: VideoChange
) -> None:
    """Write down a change of somebody else's video, or of what leads the home page."""
    fields = sorted(change.model_fields_set)
    if fields == ["published"]:
        await audit_video(session, actor, video, "published" if change.published else "unpublished")
    elif video.uploaded_by != actor.user_id or change.is_hero is not None:
        about = {"name": video.title, "fields": fields}
        await record_audit(session, actor, "video.changed", "video", video.id, about)


async def audit_category(
    session: AsyncSession, actor: Actor, category: Category, verb: str, *fields: str
) -> None:
    """Write down what was done to a category, and to which of its fields."""
    about: dict[str, object] = {"name": category.name}
    if fields:
        about["fields"] = sorted(fields)
    await record_audit(session, actor, f"category.{verb}", "category", category.id, about)
