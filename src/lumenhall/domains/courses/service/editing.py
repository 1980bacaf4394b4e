"""Making, changing and deleting courses, and their curriculum."""

import uuid

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import CurriculumStale, InstructorInvalid, SlugTaken
from lumenhall.domains.courses.events import CourseChanged, CourseDeleted
from lumenhall.domains.courses.models import SLUG_LENGTH, Course, CourseInstructor
from lumenhall.domains.courses.policy import can_edit
from lumenhall.domains.courses.schemas import (
    RESERVED_SLUGS,
    CourseChange,
    Curriculum,
    CurriculumChange,
    CurriculumLook,
    NewCourse,
)
from lumenhall.domains.courses.service.removing import remove_all_videos
from lumenhall.domains.courses.service.uploading import get_with_previews_locked
from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.identity.service import record_audit
from lumenhall.domains.library.errors import CategoryInvalid
from lumenhall.domains.library.queries import find_category_kept
from lumenhall.platform.events import announce
from lumenhall.platform.kit.text import slugify

_PLAIN = ("title", "slug", "description", "published", "order_locked")


async def create_course(session: AsyncSession, actor: Actor, new: NewCourse) -> Course:
    """Make a course, a draft without lessons; only admins may.

    Without an instructor, whoever makes it is that. Raises SlugTaken, CategoryInvalid or
    InstructorInvalid.
    """
    may_administer(actor).demand()
    instructor_id = new.instructor_id or actor.user_id
    await _check(session, new.category_id, [instructor_id])
    course = Course(
        title=new.title,
        slug=new.slug or await _free_slug(session, new.title),
        description=new.description,
        instructor_id=instructor_id,
        category_id=new.category_id,
        order_locked=new.order_locked,
        curriculum=Curriculum().model_dump(),
    )
    session.add(course)
    await _flush(session)
    await audit(session, actor, course, "created")
    return course


async def change_course(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, change: CourseChange
) -> None:
    """Give a course new values: all that `change` names, a null category included.

    Raises CourseUnknown, NotYourCourse, SlugTaken, CategoryInvalid, InstructorInvalid, and
    AdminsOnly for instructors that somebody else names.
    """
    course, standing = await queries.get_course(session, actor, course_id, for_change=True)
    can_edit(actor, standing).demand()
    given = change.model_fields_set
    if given & {"instructor_id", "co_instructor_ids"}:
        may_administer(actor).demand()
    people = [change.instructor_id] if change.instructor_id else []
    await _check(session, change.category_id, [*people, *(change.co_instructor_ids or [])])
    for name in _PLAIN:
        if (value := getattr(change, name)) is not None:
            setattr(course, name, value)
    for name in given & {"category_id", "instructor_id"}:
        setattr(course, name, getattr(change, name))
    if change.co_instructor_ids is not None:
        await _set_co_instructors(session, course.id, change.co_instructor_ids)
    await _flush(session)
    await audit(session, actor, course, "changed", *given)
    await announce(session, CourseChanged(course.id))


async def delete_course(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Delete a course with its videos, their copies everywhere, and what people did in it.

    Certificates stay. Only admins may.
    """
    course, _ = await get_with_previews_locked(session, actor, course_id)
    may_administer(actor).demand()
    await audit(session, actor, course, "deleted")
    await remove_all_videos(session, course)
    await session.delete(course)
    await session.flush()
    await announce(session, CourseDeleted(course_id))


async def read_curriculum(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID
) -> CurriculumLook:
    """Return the curriculum to somebody who may edit it."""
    course, standing = await queries.get_course(session, actor, course_id)
    can_edit(actor, standing).demand()
    return _look(course)


async def change_curriculum(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, change: CurriculumChange
) -> CurriculumLook:
    """Put a curriculum in the place of the one it was made from; safe to repeat.

    What hangs on a lesson stays with its id, also while the lesson is out of the curriculum.
    Raises CurriculumStale when it is no longer that one.
    """
    course, standing = await queries.get_course(session, actor, course_id, for_change=True)
    can_edit(actor, standing).demand()
    document = Curriculum(sections=change.sections).model_dump(mode="json")
    if document == course.curriculum:
        return _look(course)
    if change.version != course.curriculum_version:
        raise CurriculumStale(version=course.curriculum_version)
    course.curriculum = document
    course.curriculum_version += 1
    await session.flush()
    await audit(session, actor, course, "changed", "curriculum")
    await announce(session, CourseChanged(course.id))
    return _look(course)


async def audit(
    session: AsyncSession, actor: Actor, course: Course, verb: str, *fields: str
) -> None:
    """Write down what an admin did to a course that is not their own."""
    if not actor.is_admin or course.instructor_id == actor.user_id:
        return
    about: dict[str, object] = {"name": course.title}
    if fields:
        about["fields"] = sorted(fields)
    await record_audit(session, actor, f"course.{verb}", "course", course.id, about)


def _look(course: Course) -> CurriculumLook:
    sections = queries.curriculum_of(course).sections
    return CurriculumLook(sections=sections, version=course.curriculum_version)


async def _check(
    session: AsyncSession, category_id: uuid.UUID | None, people: list[uuid.UUID]
) -> None:
    if category_id and await find_category_kept(session, category_id) is None:
        raise CategoryInvalid
    if people and await queries.find_known_people(session, people) != set(people):
        raise InstructorInvalid


async def _set_co_instructors(
    session: AsyncSession, course_id: uuid.UUID, people: list[uuid.UUID]
) -> None:
    await session.execute(delete(CourseInstructor).where(CourseInstructor.course_id == course_id))
    rows = [{"course_id": course_id, "user_id": user_id} for user_id in sorted(set(people))]
    if rows:
        await session.execute(insert(CourseInstructor), rows)


async def _free_slug(session: AsyncSession, title: str) -> str:
    slug = slugify(title, fallback="course")
    start = slug[: SLUG_LENGTH - 4]
    taken = {*RESERVED_SLUGS, *await queries.list_slugs_like(session, start)}
    number, free = 1, slug
    while free in taken:
        number += 1
        free = f"{start}-{number}"
    return free


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as error:
        raise SlugTaken from error
