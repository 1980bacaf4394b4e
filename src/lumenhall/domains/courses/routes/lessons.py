"""Lessons, progress, quizzes and notes over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.courses import service
from lumenhall.domains.courses.schemas import (
    Answers,
    AttemptLook,
    AttemptMade,
    LessonPage,
    LessonReport,
    LessonStanding,
    LessonTextChange,
    LessonTextLook,
    NewNote,
    NoteChange,
    NoteLook,
    QuizChange,
    QuizLook,
)
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter()
notes = APIRouter()
LESSON = "/{course_id}/lessons/{lesson_id}"
Cursor = Annotated[str | None, Query(max_length=500)]


@router.get(LESSON)
async def get_lesson(
    course_id: UUID, lesson_id: str, actor: CurrentActor, context: Context, session: Reads
) -> LessonPage:
    """A lesson for somebody who may take it now: its text, video or questions, and the next.

    403 `not_enrolled` or `lesson_locked` says why not.
    """
    return await service.lesson_page(session, actor, course_id, lesson_id, context.signing_key)


@router.put(LESSON + "/progress")
async def report_lesson_progress(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes, report: LessonReport
) -> LessonStanding:
    """Tell what was played of a lesson's video; safe to repeat, in any order, from any device."""
    return await service.report_progress(session, actor, course_id, lesson_id, report)


@router.put(LESSON + "/read")
async def mark_lesson_read(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes
) -> LessonStanding:
    """Say that one has read a text lesson; safe to repeat."""
    return await service.mark_read(session, actor, course_id, lesson_id)


@router.get(LESSON + "/text")
async def get_lesson_text(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Reads
) -> LessonTextLook:
    """The text of a lesson for its editors, with the version that a change has to name."""
    return await service.read_text(session, actor, course_id, lesson_id)


@router.put(LESSON + "/text")
async def change_lesson_text(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes, change: LessonTextChange
) -> LessonTextLook:
    """Write the text of a lesson, Markdown without HTML; 409 when somebody was faster."""
    return await service.write_text(session, actor, course_id, lesson_id, change)


@router.get(LESSON + "/quiz")
async def get_quiz(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Reads
) -> QuizLook:
    """A quiz with what is right, for its editors; learners get theirs with the lesson."""
    return await service.read_quiz(session, actor, course_id, lesson_id)


@router.put(LESSON + "/quiz")
async def change_quiz(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes, change: QuizChange
) -> QuizLook:
    """Write a quiz; 409 when somebody was faster. Who has passed has passed."""
    return await service.write_quiz(session, actor, course_id, lesson_id, change)


@router.post(LESSON + "/quiz/attempts", status_code=201)
async def attempt_quiz(
    course_id: UUID,
    lesson_id: str,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    given: Answers,
) -> AttemptMade:
    """Answer a quiz. What is right is said only to those who have passed."""
    return await service.attempt_quiz(session, context, actor, course_id, lesson_id, given)


@router.get(LESSON + "/quiz/attempts")
async def list_quiz_attempts(
    course_id: UUID,
    lesson_id: str,
    actor: CurrentActor,
    session: Reads,
    cursor: Cursor = None,
    limit: Limit = 30,
) -> Page[AttemptLook]:
    """One's own attempts at a quiz, the latest first."""
    items, following = await service.page_attempts(
        session, actor, course_id, lesson_id, cursor, limit
    )
    return Page[AttemptLook](items=items, next_cursor=following)


@router.get("/{course_id}/notes")
async def list_notes(
    course_id: UUID,
    actor: CurrentActor,
    session: Reads,
    lesson_id: Annotated[str | None, Query(max_length=255)] = None,
    cursor: Cursor = None,
    limit: Limit = 100,
) -> Page[NoteLook]:
    """One's own notes in a course, or beside one lesson of it, the latest first."""
    items, following = await service.page_notes(session, actor, course_id, lesson_id, cursor, limit)
    return Page[NoteLook](items=items, next_cursor=following)


@router.post(LESSON + "/notes", status_code=201)
async def add_note(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes, new: NewNote
) -> NoteLook:
    """Write a note beside a lesson, at a second of its video if one is named."""
    return await service.add_note(session, actor, course_id, lesson_id, new)


@notes.patch("/{note_id}")
async def change_note(
    note_id: UUID, actor: CurrentActor, session: Writes, change: NoteChange
) -> NoteLook:
    """Give a note of one's own new values; what is absent stays as it is."""
    return await service.change_note(session, actor, note_id, change)


@notes.delete("/{note_id}", status_code=204)
async def delete_note(note_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete a note of one's own."""
    await service.delete_note(session, actor, note_id)
