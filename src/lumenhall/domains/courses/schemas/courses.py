"""Courses as they are made, changed and shown."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field
from pydantic_core import PydanticCustomError

from lumenhall.domains.courses.models import SLUG_LENGTH
from lumenhall.domains.courses.schemas.curriculum import LessonKind, Title, if_text
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.models import DESCRIPTION_LENGTH
from lumenhall.domains.library.schemas import CategoryRef

MOST_INSTRUCTORS = 20
Description = Annotated[str, if_text(str.strip), Field(max_length=DESCRIPTION_LENGTH)]
# The page where courses are made is where a course of this name would be.
RESERVED_SLUGS = frozenset({"new"})


def _not_reserved(slug: str) -> str:
    if slug in RESERVED_SLUGS:
        raise PydanticCustomError("slug_reserved", "This address is taken by a page of the site.")
    return slug


Slug = Annotated[
    str,
    Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=SLUG_LENGTH),
    AfterValidator(_not_reserved),
]


class CourseScope(StrEnum):
    """Which courses a list holds: published, those one takes, those one may edit with drafts."""

    ALL = "all"
    ENROLLED = "enrolled"
    TEACHING = "teaching"


class NewCourse(BaseModel):
    """A course to make, a draft at first; without a slug, one is made from the title."""

    title: Title
    slug: Slug | None = None
    description: Description = ""
    instructor_id: UUID | None = None
    category_id: UUID | None = None
    order_locked: bool = False


class CourseChange(BaseModel):
    """New values; what is absent stays as it is.

    A null category or instructor means none. Only admins name instructors.
    """

    title: Title | None = None
    slug: Slug | None = None
    description: Description | None = None
    published: bool | None = None
    category_id: UUID | None = None
    order_locked: bool | None = None
    instructor_id: UUID | None = None
    co_instructor_ids: Annotated[list[UUID], Field(max_length=MOST_INSTRUCTORS)] | None = None


class CourseCard(BaseModel):
    """A course as lists show it; `percent` is how far the viewer is, null for who is not in it.

    `duration_seconds` adds up what is known of the videos of its lessons.
    """

    id: UUID
    slug: str
    title: str
    description: str
    published: bool
    instructor: PersonLook | None
    category: CategoryRef | None
    lesson_count: int
    duration_seconds: int
    preview_thumbnail_url: str | None
    is_enrolled: bool
    percent: int | None
    can_edit: bool
    created_at: datetime


class CourseLesson(BaseModel):
    """A lesson in the curriculum of a course's page.

    `is_ready` says whether there is anything to take yet. A locked lesson opens once those
    before it are completed. `duration_seconds` is known of videos.
    """

    id: str
    title: str
    kind: LessonKind
    is_preview: bool
    duration_seconds: int | None
    is_ready: bool
    is_completed: bool
    is_locked: bool


class CourseSection(BaseModel):
    """Lessons under one heading."""

    id: str
    title: str
    lessons: list[CourseLesson]


class Resume(BaseModel):
    """Where to go on: the lesson, and the second of its video."""

    lesson_id: str
    at_seconds: int


class CoursePreview(BaseModel):
    """The preview video; `GET …/preview` says where it plays, `is_playable` whether it does yet."""

    video_id: str | None
    duration_seconds: int | None
    thumbnail_url: str | None
    is_playable: bool


class CoursePage(CourseCard):
    """A course as its own page shows it to one viewer.

    `resume` is null for who is not enrolled, and when there is no lesson. `certificate_code`
    is that of the viewer's own certificate.
    """

    order_locked: bool
    co_instructors: list[PersonLook]
    sections: list[CourseSection]
    completed_count: int
    preview: CoursePreview | None
    resume: Resume | None
    enrolled_at: datetime | None
    completed_at: datetime | None
    certificate_code: str | None
