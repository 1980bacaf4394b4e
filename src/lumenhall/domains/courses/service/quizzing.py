"""Attempts at quizzes. What is right never leaves the server before somebody has passed."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import AnswersInvalid, QuizStale, TooManyAttempts
from lumenhall.domains.courses.models import Quiz, QuizAttempt
from lumenhall.domains.courses.schemas import (
    Answers,
    AttemptLook,
    AttemptMade,
    LessonKind,
    OptionToTake,
    Question,
    QuestionResult,
    QuestionToTake,
    QuizToTake,
)
from lumenhall.domains.courses.service.counting import percent_of
from lumenhall.domains.courses.service.playing import get_lesson_to_take
from lumenhall.domains.courses.service.progress import begin, finish_lesson
from lumenhall.domains.courses.service.writing import questions_of
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.context import AppContext
from lumenhall.platform.limits import Limit

# Enough for whoever thinks, too few for whoever tries all answers one after another.
PER_PERSON = Limit("quiz_attempts", 20, 600)


async def attempt_quiz(
    session: AsyncSession,
    app: AppContext,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    given: Answers,
) -> AttemptMade:
    """Count what the actor answered; who passes has completed the lesson.

    Raises what `report_progress` does, QuizUnknown, QuizStale when the quiz is no longer the
    one that was answered, AnswersInvalid or TooManyAttempts.
    """
    course, lesson, enrolment = await begin(session, actor, course_id, lesson_id, LessonKind.QUIZ)
    quiz = await queries.get_quiz(session, course.id, lesson.id)
    if quiz.version != given.version:
        raise QuizStale(version=quiz.version)
    questions = questions_of(quiz)
    _check(questions, given.answers)
    if wait := await app.limiter.wait_for(PER_PERSON, str(actor.user_id)):
        raise TooManyAttempts(retry_after=wait)
    right = {one.id for one in questions if set(given.answers.get(one.id, ())) == one.right_ids()}
    score = percent_of(len(right), len(questions))
    attempt = QuizAttempt(
        course_id=course.id,
        lesson_id=lesson.id,
        user_id=actor.user_id,
        answers=given.answers,
        score_percent=score,
        passed=score >= quiz.pass_percent,
    )
    session.add(attempt)
    standing = await finish_lesson(session, course, lesson, enrolment, is_done=attempt.passed)
    return AttemptMade(
        attempt=AttemptLook.model_validate(attempt),
        questions=[
            QuestionResult(
                question_id=question.id,
                is_right=question.id in right,
                right_option_ids=sorted(question.right_ids()) if standing.completed else None,
                explanation=question.explanation if standing.completed else None,
            )
            for question in questions
        ],
        standing=standing,
    )


async def page_attempts(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    cursor: str | None,
    limit: int,
) -> tuple[list[AttemptLook], str | None]:
    """Return what the actor has tried at a quiz, the latest first, and the next cursor."""
    course, lesson, _ = await get_lesson_to_take(session, actor, course_id, lesson_id)
    found, following = await queries.page_attempts(
        session, actor.user_id, course.id, lesson.id, cursor, limit
    )
    return [AttemptLook.model_validate(attempt) for attempt in found], following


def quiz_to_take(quiz: Quiz) -> QuizToTake:
    """Return a quiz as learners get it, without what is right."""
    return QuizToTake(
        pass_percent=quiz.pass_percent,
        version=quiz.version,
        questions=[
            QuestionToTake(
                id=question.id,
                text=question.text,
                kind=question.kind,
                options=[OptionToTake(id=one.id, text=one.text) for one in question.options],
            )
            for question in questions_of(quiz)
        ],
    )


def _check(questions: Iterable[Question], answers: Mapping[str, list[str]]) -> None:
    known = {question.id: {option.id for option in question.options} for question in questions}
    for question_id, chosen in answers.items():
        if not set(chosen) <= known.get(question_id, set()) or question_id not in known:
            raise AnswersInvalid
