"""Videos that are here already and become the video of a lesson as well."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import AlreadyInCourse, AssetNotReady
from lumenhall.domains.courses.service.following import follow_turn
from lumenhall.domains.courses.service.uploading import get_video_lesson_for_change, place
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.service import record_audit
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.media.queries import get_asset_for_change


async def give_lesson_video(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    asset_id: uuid.UUID,
) -> None:
    """Make an asset the video of a lesson at once; who is watching the one before can finish it.

    The asset stays what else it is. Raises CourseUnknown, NotYourCourse, LessonUnknown,
    WrongLessonKind, AssetNotFound, AssetNotReady or AlreadyInCourse.
    """
    course, lesson = await get_video_lesson_for_change(session, actor, course_id, lesson_id)
    asset = await get_asset_for_change(session, asset_id)
    if asset.status is not AssetStatus.READY:
        raise AssetNotReady
    version = await queries.find_retired(session, course.id, lesson.id, asset_id)
    if version is not None:
        await session.delete(version)
        await session.flush()
    if await queries.uses_asset(session, asset_id):
        raise AlreadyInCourse
    await place(session, course, lesson, asset)
    about = {"name": course.title, "lesson": lesson.title, "asset_id": str(asset.id)}
    await record_audit(session, actor, "course.video_given", "course", course.id, about)
    await follow_turn(session, asset_id)
