"""Who may see, change and take what of a course.

Published courses are everybody's to see; a draft only its authors' (the instructors and all
admins) and the enrolled's, who keep what they have begun. Authors may do everything in their
course; making and deleting courses, naming instructors and enrolling others is for admins. The
SQL conditions need `courses` in the statement. A test proves that both agree.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from lumenhall.domains.courses.errors import (
    CourseUnknown,
    LessonLocked,
    NotEnrolled,
    NotYourCourse,
)
from lumenhall.domains.courses.models import Course, CourseInstructor, Enrolment
from lumenhall.domains.courses.schemas import Lesson
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import ALLOWED, Actor, Decision

Person: TypeAlias = "UUID | ColumnElement[UUID] | InstrumentedAttribute[UUID]"


@dataclass(frozen=True, slots=True)
class Standing:
    """What somebody is to a course: one of its instructors, enrolled, both or neither."""

    is_instructor: bool
    is_enrolled: bool


def teaches(user_id: Person) -> ColumnElement[bool]:
    """Return the condition that somebody is one of the course's instructors."""
    beside = select(1).where(
        CourseInstructor.course_id == Course.id, CourseInstructor.user_id == user_id
    )
    # Comparing with null is neither true nor false, and replies need one of the two.
    return or_(
        Course.instructor_id.is_not_distinct_from(user_id),
        beside.correlate_except(CourseInstructor).exists(),
    )


def takes(user_id: Person) -> Exists:
    """Return the condition that somebody is enrolled in the course."""
    taken = select(1).where(Enrolment.course_id == Course.id, Enrolment.user_id == user_id)
    return taken.correlate_except(Enrolment).exists()


def is_author(actor: Actor, standing: Standing) -> bool:
    """Say whether the actor may do all there is to do in the course."""
    return actor.is_admin or standing.is_instructor


def can_view(actor: Actor, course: Course, standing: Standing) -> Decision:
    """Everybody sees a published course, authors and the enrolled always."""
    if course.published or standing.is_enrolled or is_author(actor, standing):
        return ALLOWED
    return Decision(CourseUnknown())


def visible_to(actor: Actor) -> ColumnElement[bool]:
    """Return `can_view` as a condition."""
    if actor.role is Role.ADMIN:
        return true()
    return or_(Course.published, teaches(actor.user_id), takes(actor.user_id))


def can_edit(actor: Actor, standing: Standing) -> Decision:
    """Say whether someone who sees the course may change it."""
    return ALLOWED if is_author(actor, standing) else Decision(NotYourCourse())


def editable_by(actor: Actor) -> ColumnElement[bool]:
    """Return `can_edit` as a condition."""
    return true() if actor.role is Role.ADMIN else teaches(actor.user_id)


def can_take(actor: Actor, standing: Standing, lesson: Lesson) -> Decision:
    """Who sees the course takes its previews; the rest is for the enrolled and the authors."""
    if lesson.is_preview or standing.is_enrolled or is_author(actor, standing):
        return ALLOWED
    return Decision(NotEnrolled())


def locked(lessons: Iterable[Lesson], completed: Collection[str]) -> set[str]:
    """Return which lessons of a course with an order wait for one before them.

    What is completed stays open, and previews are open to all.
    """
    waiting: set[str] = set()
    is_open = True
    for lesson in lessons:
        if lesson.id in completed:
            continue
        if not is_open and not lesson.is_preview:
            waiting.add(lesson.id)
        is_open = False
    return waiting


def is_open(lesson: Lesson, lessons: Iterable[Lesson], completed: Collection[str]) -> Decision:
    """Say whether a lesson's turn has come for somebody who has completed these."""
    in_order = list(lessons)
    if lesson.id not in locked(in_order, completed):
        return ALLOWED
    first = next(one for one in in_order if one.id not in completed)
    return Decision(LessonLocked(f"{first.title} comes first.", lesson_id=first.id))
