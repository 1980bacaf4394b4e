"""A lesson as its page shows it."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.models import Course, LessonProgress
from lumenhall.domains.courses.policy import Standing, is_author, locked
from lumenhall.domains.courses.queries import CourseVideoShown
from lumenhall.domains.courses.schemas import (
    Lesson,
    LessonKind,
    LessonPage,
    LessonRef,
    LessonVideoLook,
)
from lumenhall.domains.courses.service.playing import get_lesson_to_take, resume_at
from lumenhall.domains.courses.service.quizzing import quiz_to_take
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media


async def lesson_page(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str, key: bytes
) -> LessonPage:
    """Return a lesson to somebody who may take it now.

    Raises CourseUnknown, LessonUnknown, NotEnrolled or LessonLocked.
    """
    course, lesson, standing = await get_lesson_to_take(session, actor, course_id, lesson_id)
    progress = await queries.find_progress(session, actor.user_id, course.id, lesson.id)
    text = await queries.find_text(session, course.id, lesson.id)
    shown = quiz = None
    if lesson.kind is LessonKind.VIDEO:
        shown = await queries.find_video(session, course.id, lesson.id)
    if lesson.kind is LessonKind.QUIZ:
        quiz = await queries.find_quiz(session, course.id, lesson.id)
    before, after = await _beside(session, actor, course, standing, lesson)
    return LessonPage(
        course_id=course.id,
        course_slug=course.slug,
        course_title=course.title,
        section_title=_section_title(course, lesson),
        **dict(lesson),
        is_enrolled=standing.is_enrolled,
        can_edit=is_author(actor, standing),
        text=text.body if text else None,
        video=_video(shown, actor, key) if shown else None,
        quiz=quiz_to_take(quiz) if quiz else None,
        **_figures(progress),
        previous=before,
        next=after,
    )


async def _beside(
    session: AsyncSession, actor: Actor, course: Course, standing: Standing, lesson: Lesson
) -> tuple[LessonRef | None, LessonRef | None]:
    lessons = list(queries.curriculum_of(course).lessons())
    waiting: set[str] = set()
    if course.order_locked and not is_author(actor, standing):
        rows = await queries.list_done(session, course.id, actor.user_id)
        waiting = locked(lessons, {row.lesson_id for row in rows if row.completed})

    def at(place: int) -> LessonRef | None:
        if not 0 <= place < len(lessons):
            return None
        one = lessons[place]
        return LessonRef(id=one.id, title=one.title, kind=one.kind, is_locked=one.id in waiting)

    here = lessons.index(lesson)
    return at(here - 1), at(here + 1)


def _section_title(course: Course, lesson: Lesson) -> str:
    sections = queries.curriculum_of(course).sections
    return next(section.title for section in sections if lesson in section.lessons)


def _video(shown: CourseVideoShown, actor: Actor, key: bytes) -> LessonVideoLook:
    picture = media.Picture.of(shown.asset.id, shown.asset.thumbnail_key)
    address = media.picture_addresses(actor, key)
    return LessonVideoLook(
        asset_id=shown.asset.id,
        description=shown.video.description,
        duration_seconds=shown.video.duration,
        thumbnail_url=shown.video.thumbnail_url or (picture and address(picture).decode()),
        is_playable=shown.asset.playable,
    )


def _figures(progress: LessonProgress | None) -> dict[str, int | bool]:
    if progress is None:
        return {"completed": False, "watched_seconds": 0, "last_position": 0, "resume_at": 0}
    return {
        "completed": progress.completed,
        "watched_seconds": progress.watched_seconds,
        "last_position": progress.last_position,
        "resume_at": resume_at(progress.last_position, is_completed=progress.completed),
    }
