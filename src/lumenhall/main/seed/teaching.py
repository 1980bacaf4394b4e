"""Lets the neighbours teach and learn, each only once."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from uuid import UUID

import typer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import service as courses
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoStatus, Enrolment
from lumenhall.domains.courses.schemas import (
    Answers,
    CourseChange,
    CurriculumChange,
    LessonReport,
    LessonTextChange,
    NewCourse,
    NewCourseVideo,
    NewVideoFile,
    Question,
    QuizChange,
)
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.provider import UploadPlace
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.main.seed.filling import PIECE_BYTES
from lumenhall.main.seed.films import Studio
from lumenhall.main.seed.lessons import PLANS, Plan, Taught
from lumenhall.main.seed.people import ADMIN
from lumenhall.platform.context import AppContext

LOOK_SECONDS = 0.5
LONGEST_SECONDS = 900
ENDS = {CourseVideoStatus.READY, CourseVideoStatus.ERROR}


async def teach(
    context: AppContext,
    studio: Studio,
    actors: Mapping[str, Actor],
    categories: Mapping[str, UUID],
) -> None:
    """Add the courses that are missing, with their lessons, and let people take them."""
    admin = actors[ADMIN]
    for plan in PLANS:
        course_id, is_new = await _found(context, actors, plan, categories)
        await _film(context, studio, admin, course_id, plan, is_new=is_new)
    await _await(context)
    for plan in PLANS:
        await _learn(context, actors, plan)
        typer.echo(f"  Course: {plan.title}")


async def _found(
    context: AppContext, actors: Mapping[str, Actor], plan: Plan, categories: Mapping[str, UUID]
) -> tuple[UUID, bool]:
    async with context.database.write() as session:
        found = await session.scalar(select(Course.id).where(Course.slug == plan.slug))
        if found is not None:
            return found, False
        new = NewCourse(
            title=plan.title,
            slug=plan.slug,
            description=plan.description,
            instructor_id=actors[plan.teacher].user_id,
            category_id=categories.get(plan.category),
            order_locked=plan.order_locked,
        )
        course = await courses.create_course(session, actors[ADMIN], new)
        await _write(session, actors[plan.teacher], course.id, plan)
        return course.id, True


async def _write(session: AsyncSession, teacher: Actor, course_id: UUID, plan: Plan) -> None:
    """Write the curriculum, the texts and the questions."""
    sections = [
        {
            "id": f"section-{number}",
            "title": title,
            "lessons": [
                {
                    "id": one.id,
                    "title": one.title,
                    "kind": _kind(one),
                    "is_preview": one.is_preview,
                }
                for one in lessons
            ],
        }
        for number, (title, lessons) in enumerate(plan.sections.items(), 1)
    ]
    change = CurriculumChange.model_validate({"sections": sections, "version": 0})
    await courses.change_curriculum(session, teacher, course_id, change)
    for one in _lessons(plan):
        if one.text:
            text = LessonTextChange(text=one.text, version=0)
            await courses.write_text(session, teacher, course_id, one.id, text)
        if one.questions:
            questions = [Question.model_validate(question) for question in one.questions]
            quiz = QuizChange(questions=questions, version=0)
            await courses.write_quiz(session, teacher, course_id, one.id, quiz)
    await courses.change_course(session, teacher, course_id, CourseChange(published=True))


async def _film(
    context: AppContext,
    studio: Studio,
    admin: Actor,
    course_id: UUID,
    plan: Plan,
    *,
    is_new: bool,
) -> None:
    """Upload the films that are missing."""
    async with context.database.read() as session:
        videos = select(CourseVideo.lesson_id).where(CourseVideo.course_id == course_id)
        there = set(await session.scalars(videos))
    for one in _lessons(plan):
        if one.film and one.id not in there:
            path = await asyncio.to_thread(studio.make, one.film)
            new = NewCourseVideo(filename=path.name, size_bytes=await _size(path))
            place = await courses.upload_lesson_video(context, admin, course_id, one.id, new)
            await _send(context, place, path)
    if plan.preview_film and is_new:
        path = await asyncio.to_thread(studio.make, plan.preview_film)
        file = NewVideoFile(filename=path.name, size_bytes=await _size(path))
        await _send(context, await courses.upload_preview(context, admin, course_id, file), path)


async def _send(context: AppContext, place: UploadPlace, path: Path) -> None:
    if place.upload_id is None:
        message = "The demo community is for the local provider."
        raise RuntimeError(message)
    with path.open("rb") as file:

        async def read() -> bytes | None:
            return await asyncio.to_thread(file.read, PIECE_BYTES) or None

        chunk = Chunk(0, content_length=await _size(path))
        await uploads.receive(context, place.upload_id, chunk, read)


async def _await(context: AppContext) -> None:
    """Let the pipeline end with all films of lessons."""
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        async with context.database.read() as session:
            states = set(await session.scalars(select(CourseVideo.status).distinct()))
        if states <= ENDS:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _learn(context: AppContext, actors: Mapping[str, Actor], plan: Plan) -> None:
    async with context.database.write() as session:
        course_id = await session.scalar(select(Course.id).where(Course.slug == plan.slug))
        assert course_id is not None  # noqa: S101 It was made just now, or before.
        taken = select(Enrolment.user_id).where(Enrolment.course_id == course_id)
        there = set(await session.scalars(taken))
        for name, count in plan.learners.items():
            learner = actors[name]
            if learner.user_id in there:
                continue
            await courses.enrol(session, learner, course_id)
            for one in _lessons(plan)[:count]:
                await _take(session, context, learner, course_id, one)


async def _take(
    session: AsyncSession, context: AppContext, learner: Actor, course_id: UUID, one: Taught
) -> None:
    if one.film:
        found = select(CourseVideo.duration).where(
            CourseVideo.course_id == course_id, CourseVideo.lesson_id == one.id
        )
        length = await session.scalar(found) or 0
        report = LessonReport(last_position=length, duration_seconds=length, ranges=[(0, length)])
        await courses.report_progress(session, learner, course_id, one.id, report)
    elif one.questions:
        answers = {question["id"]: ["a"] for question in one.questions}
        given = Answers(version=1, answers=answers)
        await courses.attempt_quiz(session, context, learner, course_id, one.id, given)
    else:
        await courses.mark_read(session, learner, course_id, one.id)


def _lessons(plan: Plan) -> list[Taught]:
    return [one for lessons in plan.sections.values() for one in lessons]


def _kind(one: Taught) -> str:
    if one.questions:
        return "quiz"
    return "text" if one.text else "video"


async def _size(path: Path) -> int:
    return (await asyncio.to_thread(path.stat)).st_size
