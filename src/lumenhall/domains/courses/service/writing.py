"""What authors write into lessons: texts and quizzes."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import LessonTextStale, QuizStale, WrongLessonKind
from lumenhall.domains.courses.events import CourseChanged
from lumenhall.domains.courses.models import LessonText, Quiz
from lumenhall.domains.courses.schemas import (
    LessonKind,
    LessonTextChange,
    LessonTextLook,
    Question,
    QuizChange,
    QuizLook,
)
from lumenhall.domains.courses.service.uploading import get_lesson_to_edit
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.events import announce

PASS_PERCENT = 80


async def read_text(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> LessonTextLook:
    """Return the text of a lesson to somebody who may edit it."""
    course, lesson = await get_lesson_to_edit(session, actor, course_id, lesson_id)
    found = await queries.find_text(session, course.id, lesson.id)
    return LessonTextLook(text=found.body if found else "", version=found.version if found else 0)


async def write_text(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    change: LessonTextChange,
) -> LessonTextLook:
    """Put a text in the place of the one it was made from; an empty one is none. Safe to repeat.

    Any lesson may have one: what stands below a video, above a quiz. Raises LessonTextStale.
    """
    course, lesson = await get_lesson_to_edit(session, actor, course_id, lesson_id, for_change=True)
    found = await queries.find_text(session, course.id, lesson.id)
    there = LessonTextLook(text=found.body if found else "", version=found.version if found else 0)
    if there.text == change.text:
        return there
    if there.version != change.version:
        raise LessonTextStale(version=there.version)
    if found is None:
        found = LessonText(course_id=course.id, lesson_id=lesson.id, version=0)
        session.add(found)
    found.body, found.version = change.text, there.version + 1
    await session.flush()
    await announce(session, CourseChanged(course.id))
    return LessonTextLook(text=found.body, version=found.version)


async def read_quiz(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> QuizLook:
    """Return a quiz with its answers to somebody who may edit it."""
    course, lesson = await get_lesson_to_edit(session, actor, course_id, lesson_id)
    return _look(await queries.find_quiz(session, course.id, lesson.id))


async def write_quiz(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str, change: QuizChange
) -> QuizLook:
    """Put a quiz in the place of the one it was made from; safe to repeat.

    Who has passed has passed. Raises WrongLessonKind or QuizStale.
    """
    course, lesson = await get_lesson_to_edit(session, actor, course_id, lesson_id, for_change=True)
    if lesson.kind is not LessonKind.QUIZ:
        raise WrongLessonKind("Only a quiz lesson has questions.")
    quiz = await queries.find_quiz(session, course.id, lesson.id)
    there = _look(quiz)
    if (there.questions, there.pass_percent) == (change.questions, change.pass_percent):
        return there
    if there.version != change.version:
        raise QuizStale(version=there.version)
    if quiz is None:
        quiz = Quiz(course_id=course.id, lesson_id=lesson.id)
        session.add(quiz)
    quiz.pass_percent = change.pass_percent
    quiz.questions = [question.model_dump(mode="json") for question in change.questions]
    quiz.version = there.version + 1
    await session.flush()
    await announce(session, CourseChanged(course.id))
    return _look(quiz)


def questions_of(quiz: Quiz) -> list[Question]:
    """Return the questions of a quiz, which were checked when they were written."""
    return [Question.model_validate(question) for question in quiz.questions]


def _look(quiz: Quiz | None) -> QuizLook:
    if quiz is None:
        return QuizLook(pass_percent=PASS_PERCENT, questions=[], version=0)
    return QuizLook(
        pass_percent=quiz.pass_percent, questions=questions_of(quiz), version=quiz.version
    )
