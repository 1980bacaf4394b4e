"""Taking courses, and stopping."""

import uuid

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import CourseUnknown, PersonInvalid
from lumenhall.domains.courses.events import EnrolmentEnded, EnrolmentStarted
from lumenhall.domains.courses.models import Course, Enrolment
from lumenhall.domains.courses.policy import can_edit, is_author
from lumenhall.domains.courses.schemas import EnrolmentLook
from lumenhall.domains.courses.service.counting import count_done, percent_of
from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.identity.service import record_audit
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce


async def enrol(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Let the actor take a published course; safe to repeat. Raises CourseUnknown."""
    course, standing = await queries.get_course(session, actor, course_id)
    if not course.published and not standing.is_enrolled and not is_author(actor, standing):
        raise CourseUnknown
    await _enrol(session, course, actor.user_id, actor)


async def leave(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Let the actor stop taking a course; what they did is kept. Safe to repeat."""
    course, _ = await queries.get_course(session, actor, course_id)
    await _end(session, course, actor.user_id, actor)


async def enrol_person(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, user_id: uuid.UUID
) -> None:
    """Let somebody else take a course, a draft too; only admins may. Safe to repeat."""
    course, _ = await queries.get_course(session, actor, course_id)
    may_administer(actor).demand()
    if not await queries.find_known_people(session, [user_id]):
        raise PersonInvalid
    if await _enrol(session, course, user_id, actor):
        await _audit(session, actor, course, user_id, "enrolled")


async def end_enrolment(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, user_id: uuid.UUID
) -> None:
    """End somebody else's enrolment; only admins may. What they play ends within a minute."""
    course, _ = await queries.get_course(session, actor, course_id)
    may_administer(actor).demand()
    if await _end(session, course, user_id, actor):
        await _audit(session, actor, course, user_id, "enrolment_ended")


async def page_enrolments(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, cursor: str | None, limit: int
) -> tuple[list[EnrolmentLook], str | None]:
    """Return who takes a course and how far they are, to somebody who may edit it."""
    course, standing = await queries.get_course(session, actor, course_id)
    can_edit(actor, standing).demand()
    found, following = await queries.page_enrolments(session, course_id, cursor, limit)
    people = [person.id for _, person, _ in found]
    completed = await queries.list_completed(session, people, [course_id])
    lessons = list(queries.curriculum_of(course).lessons())
    looks = []
    for enrolment, person, last_active_at in found:
        done, total = count_done(lessons, completed.get((person.id, course_id), set()))
        look = EnrolmentLook(
            course_id=course_id,
            person=PersonLook.model_validate(person),
            enrolled_at=enrolment.created_at,
            percent=percent_of(done, total),
            completed_count=done,
            lesson_count=total,
            completed_at=enrolment.completed_at,
            last_active_at=last_active_at,
        )
        looks.append(look)
    return looks, following


async def _enrol(session: AsyncSession, course: Course, user_id: uuid.UUID, by: Actor) -> bool:
    new = insert_into(session, Enrolment).values(course_id=course.id, user_id=user_id)
    made = await session.scalar(new.on_conflict_do_nothing().returning(Enrolment.user_id))
    if made is None:
        return False
    await announce(session, EnrolmentStarted(course.id, user_id, by.user_id))
    return True


async def _end(session: AsyncSession, course: Course, user_id: uuid.UUID, by: Actor) -> bool:
    ended = await session.scalar(
        delete(Enrolment)
        .where(Enrolment.course_id == course.id, Enrolment.user_id == user_id)
        .returning(Enrolment.user_id)
    )
    if ended is None:
        return False
    await announce(session, EnrolmentEnded(course.id, user_id, by.user_id))
    return True


async def _audit(
    session: AsyncSession, actor: Actor, course: Course, user_id: uuid.UUID, verb: str
) -> None:
    about = {"name": course.title, "user_id": str(user_id)}
    await record_audit(session, actor, f"course.{verb}", "course", course.id, about)
