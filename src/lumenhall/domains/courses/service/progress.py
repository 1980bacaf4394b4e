"""How far learners are: what is watched, read and passed, and what a whole course comes to.

A video is completed by distinct seconds, with the arithmetic of the library (PRODUCT 5). Whoever
reports locks their enrolment first, so reports of several devices come one after another.
"""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import NotEnrolled, WrongLessonKind
from lumenhall.domains.courses.events import CourseCompleted, LessonCompleted
from lumenhall.domains.courses.models import Course, Enrolment, LessonProgress
from lumenhall.domains.courses.schemas import (
    CourseStanding,
    Lesson,
    LessonKind,
    LessonReport,
    LessonStanding,
)
from lumenhall.domains.courses.service.certifying import issue
from lumenhall.domains.courses.service.counting import count_done, is_finished, percent_of
from lumenhall.domains.courses.service.playing import get_lesson_to_take
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.engagement.service.advance import LONG_AGO, Watched, advance, within
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform import options
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def report_progress(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    report: LessonReport,
) -> LessonStanding:
    """Apply what a player tells; safe to repeat, in any order, from several devices.

    Raises CourseUnknown, LessonUnknown, NotEnrolled, LessonLocked, WrongLessonKind or
    CourseVideoUnknown.
    """
    course, lesson, enrolment = await begin(session, actor, course_id, lesson_id, LessonKind.VIDEO)
    asset = (await queries.get_video(session, course.id, lesson.id)).asset
    progress = await _progress(session, actor.user_id, course, lesson)
    length = asset.duration_seconds
    before = _watched(progress)
    now = clock.now()
    after = advance(
        before if length is None else within(before, length),
        ProgressReport(watched_seconds=0, **dict(report)),
        duration=report.duration_seconds if length is None else length,
        threshold=(await options.get(session)).completion_threshold,
        now=now,
    )
    for name in ("watched_seconds", "last_position", "duration_seconds", "spans", "position_at"):
        setattr(progress, name, getattr(after, name))
    # As long as nobody knows how long the video is, nobody has watched it to its end.
    is_done = after.completed and length is not None
    return await finish(session, course, enrolment, progress, is_done=is_done)


async def mark_read(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> LessonStanding:
    """Note that a text lesson was read; safe to repeat. Raises what `report_progress` does."""
    course, lesson, enrolment = await begin(session, actor, course_id, lesson_id, LessonKind.TEXT)
    progress = await _progress(session, actor.user_id, course, lesson)
    return await finish(session, course, enrolment, progress, is_done=True)


async def begin(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    kind: LessonKind,
) -> tuple[Course, Lesson, Enrolment]:
    """Return a lesson of a kind that the actor is enrolled for and may take now."""
    course, lesson, _ = await get_lesson_to_take(session, actor, course_id, lesson_id)
    enrolment = await queries.find_enrolment(session, course.id, actor.user_id, for_change=True)
    if enrolment is None:
        raise NotEnrolled
    if lesson.kind is not kind:
        raise WrongLessonKind
    enrolment.last_lesson_id = lesson.id
    return course, lesson, enrolment


async def finish_lesson(
    session: AsyncSession, course: Course, lesson: Lesson, enrolment: Enrolment, *, is_done: bool
) -> LessonStanding:
    """Note that the enrolled took a lesson that has no seconds."""
    progress = await _progress(session, enrolment.user_id, course, lesson)
    return await finish(session, course, enrolment, progress, is_done=is_done)


async def finish(
    session: AsyncSession,
    course: Course,
    enrolment: Enrolment,
    progress: LessonProgress,
    *,
    is_done: bool,
) -> LessonStanding:
    """Write what was done with a lesson, and what comes of it for the course."""
    is_new = is_done and not progress.completed
    if is_new:
        progress.completed, progress.completed_at = True, clock.now()
    await session.flush()
    if is_new:
        completed = LessonCompleted(course.id, progress.lesson_id, progress.user_id)
        await announce(session, completed)
    standing = await stand(session, course, enrolment)
    return LessonStanding(
        lesson_id=progress.lesson_id,
        watched_seconds=progress.watched_seconds,
        last_position=progress.last_position,
        duration_seconds=progress.duration_seconds,
        completed=progress.completed,
        course=standing,
    )


async def stand(session: AsyncSession, course: Course, enrolment: Enrolment) -> CourseStanding:
    """Return how far the enrolled is with the course; who has done all gets a certificate."""
    lessons = list(queries.curriculum_of(course).lessons())
    found = await queries.list_completed(session, [enrolment.user_id], [course.id])
    completed = found.get((enrolment.user_id, course.id), set())
    if is_finished(lessons, completed) and enrolment.completed_at is None:
        enrolment.completed_at = clock.now()
        await session.flush()
        await issue(session, course, enrolment.user_id)
        await announce(session, CourseCompleted(course.id, enrolment.user_id))
    certificate = None
    if enrolment.completed_at is not None:
        certificate = await queries.find_certificate(session, enrolment.user_id, course.id)
    done, total = count_done(lessons, completed)
    return CourseStanding(
        percent=percent_of(done, total),
        completed_count=done,
        lesson_count=total,
        certificate_code=certificate.code if certificate else None,
    )


async def _progress(
    session: AsyncSession, user_id: uuid.UUID, course: Course, lesson: Lesson
) -> LessonProgress:
    progress = await queries.find_progress(session, user_id, course.id, lesson.id)
    if progress is None:
        progress = LessonProgress(
            user_id=user_id,
            course_id=course.id,
            lesson_id=lesson.id,
            watched_seconds=0,
            last_position=0,
            duration_seconds=0,
            completed=False,
            spans=[],
            position_at=LONG_AGO,
        )
        session.add(progress)
    return progress


def _watched(progress: LessonProgress) -> Watched:
    """Return the figures as the library counts them; views are not counted in courses."""
    return Watched(
        watched_seconds=progress.watched_seconds,
        last_position=progress.last_position,
        duration_seconds=progress.duration_seconds,
        completed=progress.completed,
        spans=[list(span) for span in progress.spans],
        view_spans=[],
        view_counted_at=clock.now(),
        position_at=progress.position_at,
    )
