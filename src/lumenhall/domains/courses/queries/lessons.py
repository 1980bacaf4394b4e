"""What hangs on one lesson, and what learners have done with it."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses.errors import CertificateUnknown, NoteUnknown, QuizUnknown
from lumenhall.domains.courses.models import (
    Certificate,
    LessonNote,
    LessonProgress,
    LessonText,
    Quiz,
    QuizAttempt,
)
from lumenhall.domains.identity.models import User
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


async def find_text(
    session: AsyncSession, course_id: uuid.UUID, lesson_id: str
) -> LessonText | None:
    """Return the text of a lesson, if it has one."""
    return await session.get(LessonText, (course_id, lesson_id), populate_existing=True)


async def find_quiz(session: AsyncSession, course_id: uuid.UUID, lesson_id: str) -> Quiz | None:
    """Return the quiz of a lesson, if it has one."""
    return await session.get(Quiz, (course_id, lesson_id), populate_existing=True)


async def get_quiz(session: AsyncSession, course_id: uuid.UUID, lesson_id: str) -> Quiz:
    """Return the quiz of a lesson; raises QuizUnknown."""
    quiz = await find_quiz(session, course_id, lesson_id)
    if quiz is None:
        raise QuizUnknown
    return quiz


async def find_progress(
    session: AsyncSession, user_id: uuid.UUID, course_id: uuid.UUID, lesson_id: str
) -> LessonProgress | None:
    """Return how far somebody is with a lesson, if they have begun."""
    key = (user_id, course_id, lesson_id)
    return await session.get(LessonProgress, key, populate_existing=True)


async def page_attempts(
    session: AsyncSession,
    user_id: uuid.UUID,
    course_id: uuid.UUID,
    lesson_id: str,
    cursor: str | None,
    limit: int,
) -> tuple[Sequence[QuizAttempt], str | None]:
    """Return what somebody has tried at a quiz, the latest first, and the next cursor."""
    wanted = select(QuizAttempt).where(
        QuizAttempt.user_id == user_id,
        QuizAttempt.course_id == course_id,
        QuizAttempt.lesson_id == lesson_id,
    )
    if cursor is not None:
        wanted = wanted.where(QuizAttempt.id < decode_cursor(cursor, uuid.UUID)[0])
    found = (await session.scalars(wanted.order_by(QuizAttempt.id.desc()).limit(limit + 1))).all()
    return found[:limit], encode_cursor(found[limit - 1].id) if len(found) > limit else None


async def page_notes(
    session: AsyncSession,
    user_id: uuid.UUID,
    course_id: uuid.UUID,
    lesson_id: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[Sequence[LessonNote], str | None]:
    """Return somebody's notes in a course or one lesson of it, the latest first; next cursor."""
    wanted = select(LessonNote).where(
        LessonNote.user_id == user_id, LessonNote.course_id == course_id
    )
    if lesson_id is not None:
        wanted = wanted.where(LessonNote.lesson_id == lesson_id)
    if cursor is not None:
        wanted = wanted.where(LessonNote.id < decode_cursor(cursor, uuid.UUID)[0])
    found = (await session.scalars(wanted.order_by(LessonNote.id.desc()).limit(limit + 1))).all()
    return found[:limit], encode_cursor(found[limit - 1].id) if len(found) > limit else None


async def count_notes(session: AsyncSession, user_id: uuid.UUID, course_id: uuid.UUID) -> int:
    """Return how many notes somebody has in a course."""
    count = await session.scalar(
        select(func.count())
        .select_from(LessonNote)
        .where(LessonNote.user_id == user_id, LessonNote.course_id == course_id)
    )
    return count or 0


async def get_note(session: AsyncSession, user_id: uuid.UUID, note_id: uuid.UUID) -> LessonNote:
    """Return a note of somebody's own; raises NoteUnknown for anybody else's."""
    note = await session.scalar(
        select(LessonNote).where(LessonNote.id == note_id, LessonNote.user_id == user_id)
    )
    if note is None:
        raise NoteUnknown
    return note


async def find_certificate(
    session: AsyncSession, user_id: uuid.UUID, course_id: uuid.UUID
) -> Certificate | None:
    """Return somebody's certificate of a course, if they have one."""
    return await session.scalar(
        select(Certificate).where(
            Certificate.user_id == user_id, Certificate.course_id == course_id
        )
    )


async def get_certificate(session: AsyncSession, code: str) -> tuple[Certificate, User]:
    """Return the certificate with a code, and whose it is; raises CertificateUnknown."""
    row = (
        await session.execute(
            select(Certificate, User)
            .join(User, User.id == Certificate.user_id)
            .where(Certificate.code == code)
        )
    ).one_or_none()
    if row is None:
        raise CertificateUnknown
    return row[0], row[1]
