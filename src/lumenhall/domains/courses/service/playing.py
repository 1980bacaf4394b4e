"""Who plays what of a course, asked for each address and again while it is being played."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import NoPreview, NotEnrolled
from lumenhall.domains.courses.models import Course
from lumenhall.domains.courses.policy import (
    Standing,
    can_edit,
    can_take,
    can_view,
    is_author,
    is_open,
)
from lumenhall.domains.courses.schemas import Lesson, LessonPlayback
from lumenhall.domains.courses.service.uploading import lesson_in
from lumenhall.domains.identity.policy import Actor, Decision
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.provider import provider_of
from lumenhall.domains.media.queries import get_asset, list_tracks
from lumenhall.domains.media.schemas import Playback

REWIND_SECONDS = 3


async def play_lesson(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str, key: bytes
) -> LessonPlayback:
    """Return where the actor plays the video of a lesson.

    Raises CourseUnknown, LessonUnknown, NotEnrolled, LessonLocked, CourseVideoUnknown, or
    PlaybackNotFound while there is nothing to play yet.
    """
    course, lesson, _ = await get_lesson_to_take(session, actor, course_id, lesson_id)
    shown = await queries.get_video(session, course.id, lesson.id)
    playback = await _play(session, shown.asset, actor, key)
    resume_at = await find_resume(session, course.id, lesson.id, actor.user_id)
    return LessonPlayback(**dict(playback), resume_at=resume_at)


async def play_preview(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, key: bytes
) -> Playback:
    """Return where the actor plays the preview of a course; raises NoPreview."""
    course, _ = await queries.get_course(session, actor, course_id)
    if course.preview_asset_id is None:
        raise NoPreview
    asset = await get_asset(session, course.preview_asset_id)
    return await _play(session, asset, actor, key)


async def get_lesson_to_take(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> tuple[Course, Lesson, Standing]:
    """Return a lesson that the actor may take now, and what they are to the course."""
    course, standing = await queries.get_course(session, actor, course_id)
    lesson = lesson_in(course, lesson_id)
    (await _may_take(session, actor, course, standing, lesson)).demand()
    return course, lesson, standing


async def get_lesson_to_discuss(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> tuple[Course, Lesson, bool]:
    """Return a lesson that the actor may talk about with the others, and whether they lead.

    As `get_lesson_to_take`, but who only looks at a preview talks with nobody: NotEnrolled.
    """
    course, lesson, standing = await get_lesson_to_take(session, actor, course_id, lesson_id)
    leads = is_author(actor, standing)
    if not leads and not standing.is_enrolled:
        raise NotEnrolled
    return course, lesson, leads


async def may_play(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Say whether somebody may play an asset because of a course that it is in."""
    held = await queries.find_held(session, asset_id, user_id)
    if held is None or not can_view(held.actor, held.course, held.standing):
        return False
    if held.is_next:
        return bool(can_edit(held.actor, held.standing))
    if held.lesson_id is None:
        return True
    lessons = queries.curriculum_of(held.course).lessons()
    lesson = next((one for one in lessons if one.id == held.lesson_id), None)
    if lesson is None:
        # What was taken out of the curriculum is only for its authors to look at.
        return bool(can_edit(held.actor, held.standing))
    return bool(await _may_take(session, held.actor, held.course, held.standing, lesson))


async def find_resume(
    session: AsyncSession, course_id: uuid.UUID, lesson_id: str, user_id: uuid.UUID
) -> int:
    """Return from which second on somebody goes on with the video of a lesson."""
    rows = await queries.list_done(session, course_id, user_id)
    row = next((row for row in rows if row.lesson_id == lesson_id), None)
    return resume_at(row.last_position, is_completed=row.completed) if row else 0


def resume_at(last_position: int, *, is_completed: bool) -> int:
    """Return where playing goes on: a little earlier; what is completed starts over."""
    return 0 if is_completed else max(0, last_position - REWIND_SECONDS)


async def _may_take(
    session: AsyncSession, actor: Actor, course: Course, standing: Standing, lesson: Lesson
) -> Decision:
    decision = can_take(actor, standing, lesson)
    if not decision or not course.order_locked or is_author(actor, standing):
        return decision
    rows = await queries.list_done(session, course.id, actor.user_id)
    completed = {row.lesson_id for row in rows if row.completed}
    return is_open(lesson, queries.curriculum_of(course).lessons(), completed)


async def _play(session: AsyncSession, asset: Asset, actor: Actor, key: bytes) -> Playback:
    tracks = await list_tracks(session, asset.id) if asset.playable else ()
    return provider_of(asset).playback(asset, tracks, actor, key)
