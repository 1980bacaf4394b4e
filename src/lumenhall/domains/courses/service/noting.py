"""Notes that learners write for themselves."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import TooManyNotes
from lumenhall.domains.courses.models import LessonNote
from lumenhall.domains.courses.schemas import NewNote, NoteChange, NoteLook
from lumenhall.domains.courses.service.playing import get_lesson_to_take
from lumenhall.domains.identity.policy import Actor

MOST_NOTES = 2000


async def add_note(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str, new: NewNote
) -> NoteLook:
    """Write a note beside a lesson that the actor may take; raises TooManyNotes too."""
    course, lesson, _ = await get_lesson_to_take(session, actor, course_id, lesson_id)
    if await queries.count_notes(session, actor.user_id, course.id) >= MOST_NOTES:
        raise TooManyNotes
    note = LessonNote(
        course_id=course.id, lesson_id=lesson.id, user_id=actor.user_id, **new.model_dump()
    )
    session.add(note)
    await session.flush()
    return NoteLook.model_validate(note)


async def change_note(
    session: AsyncSession, actor: Actor, note_id: uuid.UUID, change: NoteChange
) -> NoteLook:
    """Give a note of one's own new values; raises NoteUnknown."""
    note = await queries.get_note(session, actor.user_id, note_id)
    if change.text is not None:
        note.text = change.text
    if "moment_seconds" in change.model_fields_set:
        note.moment_seconds = change.moment_seconds
    await session.flush()
    return NoteLook.model_validate(note)


async def delete_note(session: AsyncSession, actor: Actor, note_id: uuid.UUID) -> None:
    """Delete a note of one's own; raises NoteUnknown."""
    await session.delete(await queries.get_note(session, actor.user_id, note_id))
    await session.flush()


async def page_notes(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[NoteLook], str | None]:
    """Return one's own notes in a course that one sees, the latest first, and the next cursor."""
    await queries.get_course(session, actor, course_id)
    found, following = await queries.page_notes(
        session, actor.user_id, course_id, lesson_id, cursor, limit
    )
    return [NoteLook.model_validate(note) for note in found], following
