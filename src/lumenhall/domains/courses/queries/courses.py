"""Courses, and what somebody is to them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses.errors import CourseUnknown
from lumenhall.domains.courses.models import (
    Certificate,
    Course,
    CourseInstructor,
    Enrolment,
)
from lumenhall.domains.courses.policy import Standing, editable_by, takes, teaches, visible_to
from lumenhall.domains.courses.schemas import (
    CourseScope,
    Curriculum,
    Lesson,
    LessonKind,
    Section,
)
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Category
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class CourseShown:
    """A course with what replies show of it to one viewer."""

    course: Course
    standing: Standing
    instructor: User | None
    category: Category | None
    preview: Asset | None
    enrolment: Enrolment | None
    certificate_code: str | None


async def get_by_slug(session: AsyncSession, actor: Actor, slug: str) -> CourseShown:
    """Return the course at an address if the actor may see it; raises CourseUnknown."""
    return await _get_shown(session, actor, Course.slug == slug)


async def get_shown(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> CourseShown:
    """Return a course that the actor may see; raises CourseUnknown."""
    return await _get_shown(session, actor, Course.id == course_id)


async def get_course(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, *, for_change: bool = False
) -> tuple[Course, Standing]:
    """Return a course that the actor may see, and what they are to it; raises CourseUnknown.

    With `for_change`, as it is now, and nobody else can change it before this work is done.
    """
    wanted = (
        select(Course, teaches(actor.user_id), takes(actor.user_id))
        .where(Course.id == course_id, visible_to(actor))
        .execution_options(populate_existing=True)
    )
    if for_change:
        wanted = wanted.with_for_update(of=Course)
    row = (await session.execute(wanted)).one_or_none()
    if row is None:
        raise CourseUnknown
    course, is_instructor, is_enrolled = row
    return course, Standing(is_instructor, is_enrolled)


async def page_courses(
    session: AsyncSession,
    actor: Actor,
    scope: CourseScope,
    category: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[Sequence[CourseShown], str | None]:
    """Return a page of courses, the newest first, and the next cursor; `category` is a slug."""
    conditions: dict[CourseScope, ColumnElement[bool]] = {
        CourseScope.ALL: Course.published == true(),
        CourseScope.ENROLLED: Enrolment.user_id.is_not(None),
        CourseScope.TEACHING: editable_by(actor),
    }
    wanted = _shown_rows(actor).where(conditions[scope])
    if category is not None:
        wanted = wanted.where(Category.slug == category)
    if cursor is not None:
        wanted = wanted.where(Course.id < decode_cursor(cursor, uuid.UUID)[0])
    rows = (await session.execute(wanted.order_by(Course.id.desc()).limit(limit + 1))).all()
    found = [_shown(row) for row in rows[:limit]]
    return found, encode_cursor(found[-1].course.id) if len(rows) > limit else None


async def list_co_instructors(session: AsyncSession, course_id: uuid.UUID) -> Sequence[User]:
    """Return who teaches a course beside its instructor, by name."""
    found = await session.scalars(
        select(User)
        .join(CourseInstructor, CourseInstructor.user_id == User.id)
        .where(CourseInstructor.course_id == course_id)
        .order_by(User.username)
    )
    return found.all()


async def list_authors(
    session: AsyncSession, course_id: uuid.UUID, *, with_admins: bool = False
) -> set[uuid.UUID]:
    """Return the instructors of a course, and all admins if asked for."""
    is_one = teaches(User.id)
    if with_admins:
        is_one |= User.role == Role.ADMIN
    found = await session.scalars(
        select(User.id)
        .join(Course, Course.id == course_id)
        .where(User.disabled_at.is_(None), is_one)
    )
    return set(found)


async def list_slugs_like(session: AsyncSession, slug: str) -> set[str]:
    """Return the slugs that start with `slug`."""
    found = await session.scalars(
        select(Course.slug).where(Course.slug.startswith(slug, autoescape=True))
    )
    return set(found)


async def find_known_people(
    session: AsyncSession, user_ids: Collection[uuid.UUID]
) -> set[uuid.UUID]:
    """Return those of the ids that are people who may sign in."""
    found = await session.scalars(
        select(User.id).where(User.id.in_(user_ids), User.disabled_at.is_(None))
    )
    return set(found)


def curriculum_of(course: Course) -> Curriculum:
    """Return the curriculum of a course.

    It was checked when it was written; doing that again took half the time of a course's page.
    """
    return Curriculum.model_construct(
        sections=[
            Section.model_construct(
                id=section["id"],
                title=section["title"],
                lessons=[
                    Lesson.model_construct(**one | {"kind": LessonKind(one["kind"])})
                    for one in section["lessons"]
                ],
            )
            for section in course.curriculum.get("sections", ())
        ]
    )


async def _get_shown(
    session: AsyncSession, actor: Actor, condition: ColumnElement[bool]
) -> CourseShown:
    wanted = _shown_rows(actor).where(condition, visible_to(actor))
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise CourseUnknown
    return _shown(row)


def _shown_rows(actor: Actor) -> Select[Any]:
    code = (
        select(Certificate.code)
        .where(Certificate.course_id == Course.id, Certificate.user_id == actor.user_id)
        .correlate(Course)
        .scalar_subquery()
    )
    mine = and_(Enrolment.course_id == Course.id, Enrolment.user_id == actor.user_id)
    return (
        select(
            Course,
            User,
            Category,
            Asset,
            Enrolment,
            teaches(actor.user_id).label("is_instructor"),
            code.label("certificate_code"),
        )
        .outerjoin(User, User.id == Course.instructor_id)
        .outerjoin(Category, Category.id == Course.category_id)
        .outerjoin(Asset, Asset.id == Course.preview_asset_id)
        .outerjoin(Enrolment, mine)
    )


def _shown(row: Row[Any]) -> CourseShown:
    return CourseShown(
        course=row.Course,
        standing=Standing(row.is_instructor, row.Enrolment is not None),
        instructor=row.User,
        category=row.Category,
        preview=row.Asset,
        enrolment=row.Enrolment,
        certificate_code=row.certificate_code,
    )
