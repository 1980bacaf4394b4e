"""New files for lessons and previews.

What can't be played gives way at once: an abandoned or failed upload never blocks a lesson.
What plays stays until the new file is ready, see `following`.
"""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import LessonUnknown, NoPreview, WrongLessonKind
from lumenhall.domains.courses.events import CourseChanged, CourseVideoChanged
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoVersion
from lumenhall.domains.courses.policy import Standing, can_edit
from lumenhall.domains.courses.schemas import Lesson, LessonKind, NewCourseVideo, NewVideoFile
from lumenhall.domains.courses.service.mirroring import mirror, mirror_preview
from lumenhall.domains.courses.service.removing import (
    delete_assets,
    lock_assets,
    remove_version,
)
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.provider import (
    UploadPlace,
    WantedFile,
    provider_for_uploads,
    provider_of,
    uid_of,
)
from lumenhall.domains.media.queries import find_assets
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import announce

UPLOAD_PURPOSE = "course_video"


async def upload_lesson_video(
    app: AppContext, actor: Actor, course_id: uuid.UUID, lesson_id: str, new: NewCourseVideo
) -> UploadPlace:
    """Make or replace the video of a lesson, and say where its bytes go.

    Raises CourseUnknown, NotYourCourse, LessonUnknown, WrongLessonKind, and whatever
    `uploads.create_upload` refuses.
    """
    async with app.database.read() as reading:
        await get_lesson_to_edit(reading, actor, course_id, lesson_id)
    provider = provider_for_uploads(app.settings)
    wanted = WantedFile(new.filename, new.size_bytes, UPLOAD_PURPOSE)
    prepared = await provider.prepare(app, actor, wanted)
    async with app.database.write() as session:
        course, lesson = await get_video_lesson_for_change(session, actor, course_id, lesson_id)
        asset, upload_place = await provider.create_upload(session, app, actor, wanted, prepared)
        video = await place(session, course, lesson, asset)
        video.title = new.title or video.title
        if new.description is not None:
            video.description = new.description
        await session.flush()
        await announce(session, CourseVideoChanged(course.id, video.id))
    return upload_place


async def upload_preview(
    app: AppContext, actor: Actor, course_id: uuid.UUID, new: NewVideoFile
) -> UploadPlace:
    """Make or replace the preview video of a course likewise."""
    async with app.database.read() as reading:
        _, standing = await queries.get_course(reading, actor, course_id)
        can_edit(actor, standing).demand()
    provider = provider_for_uploads(app.settings)
    wanted = WantedFile(new.filename, new.size_bytes, UPLOAD_PURPOSE)
    prepared = await provider.prepare(app, actor, wanted)
    async with app.database.write() as session:
        course, standing = await get_with_previews_locked(session, actor, course_id)
        can_edit(actor, standing).demand()
        asset, place = await provider.create_upload(session, app, actor, wanted, prepared)
        await _place_preview(session, course, asset)
        await announce(session, CourseChanged(course.id))
    return place


async def note_lesson_video_sent(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> None:
    """Note that a browser has sent all bytes of the newest file of a lesson.

    Raises CourseUnknown, NotYourCourse or CourseVideoUnknown.
    """
    course, standing = await queries.get_course(session, actor, course_id)
    can_edit(actor, standing).demand()
    shown = await queries.get_video(session, course.id, lesson_id)
    asset = shown.next_asset or shown.asset
    await provider_of(asset).note_sent(session, asset.id)


async def note_preview_sent(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Note the same of the newest preview of a course; raises NoPreview."""
    course, standing = await queries.get_course(session, actor, course_id)
    can_edit(actor, standing).demand()
    asset = await _find(session, course.preview_next_asset_id or course.preview_asset_id)
    if asset is None:
        raise NoPreview
    await provider_of(asset).note_sent(session, asset.id)


async def get_with_previews_locked(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID
) -> tuple[Course, Standing]:
    """Return a course whose previews are about to change, see `lock_assets`."""
    course, _ = await queries.get_course(session, actor, course_id)
    await lock_assets(session, (course.preview_asset_id, course.preview_next_asset_id))
    return await queries.get_course(session, actor, course_id, for_change=True)


async def get_lesson_to_edit(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    *,
    for_change: bool = False,
) -> tuple[Course, Lesson]:
    """Return a lesson of a course that the actor may edit; raises LessonUnknown and the like."""
    course, standing = await queries.get_course(session, actor, course_id, for_change=for_change)
    can_edit(actor, standing).demand()
    return course, lesson_in(course, lesson_id)


async def get_video_lesson_for_change(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> tuple[Course, Lesson]:
    """Return a lesson whose video is about to change; raises WrongLessonKind and the like."""
    course, lesson = await get_lesson_to_edit(session, actor, course_id, lesson_id, for_change=True)
    if lesson.kind is not LessonKind.VIDEO:
        raise WrongLessonKind("Only a video lesson has a video.")
    return course, lesson


def lesson_in(course: Course, lesson_id: str) -> Lesson:
    """Return a lesson of the curriculum; raises LessonUnknown."""
    for lesson in queries.curriculum_of(course).lessons():
        if lesson.id == lesson_id:
            return lesson
    raise LessonUnknown


async def place(session: AsyncSession, course: Course, lesson: Lesson, asset: Asset) -> CourseVideo:
    """Make an asset the video of a lesson, or the next version of one that plays."""
    there = await queries.find_video(session, course.id, lesson.id)
    if there is None:
        video = CourseVideo(course_id=course.id, lesson_id=lesson.id, title=lesson.title)
        session.add(video)
    else:
        held = [asset.id for asset in (there.asset, there.next_asset) if asset]
        await lock_assets(session, held)
        there = await queries.get_video(session, course.id, lesson.id)
        video = there.video
        if there.version is not None:
            await remove_version(session, there.version)
    if there is not None and there.asset.playable:
        session.add(CourseVideoVersion(course_video_id=video.id, asset_id=asset.id))
        await session.flush()
        return video
    video.asset_id, video.provider = asset.id, asset.provider
    video.cloudflare_video_id = uid_of(asset)
    mirror(video, asset)
    await session.flush()
    if there is not None:
        await delete_assets(session, [there.asset.id])
    return video


async def _place_preview(session: AsyncSession, course: Course, asset: Asset) -> None:
    gone = [one for one in (course.preview_next_asset_id,) if one]
    current = await _find(session, course.preview_asset_id)
    if current is not None and current.playable:
        course.preview_next_asset_id = asset.id
    else:
        gone += [current.id] if current else []
        course.preview_asset_id, course.preview_next_asset_id = asset.id, None
        mirror_preview(course, asset)
    await session.flush()
    await delete_assets(session, gone)


async def _find(session: AsyncSession, asset_id: uuid.UUID | None) -> Asset | None:
    return (await find_assets(session, [asset_id])).get(asset_id) if asset_id else None
