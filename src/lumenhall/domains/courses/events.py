"""What happened to courses and to those who take them."""

import uuid
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class CourseChanged(Event):
    """What a course's page shows, or to whom, has changed."""

    course_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CourseDeleted(Event):
    """A course is gone, with its videos and with what people did in it."""

    course_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CourseVideoChanged(Event):
    """The video of a lesson, or a newer upload for it, has come to another state."""

    course_id: uuid.UUID
    course_video_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CourseVideoFailed(Event):
    """Processing of an upload was given up; what played before still plays.

    Without a lesson's video it was the preview of the course.
    """

    course_id: uuid.UUID
    course_video_id: uuid.UUID | None
    error_code: str
    error_message: str


@dataclass(frozen=True, slots=True)
class EnrolmentStarted(Event):
    """Somebody takes a course; `by` is who enrolled them, perhaps themselves."""

    course_id: uuid.UUID
    user_id: uuid.UUID
    by: uuid.UUID


@dataclass(frozen=True, slots=True)
class EnrolmentEnded(Event):
    """Somebody no longer takes a course; what they did is kept."""

    course_id: uuid.UUID
    user_id: uuid.UUID
    by: uuid.UUID


@dataclass(frozen=True, slots=True)
class LessonCompleted(Event):
    """Somebody has completed a lesson for the first time."""

    course_id: uuid.UUID
    lesson_id: str
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CourseCompleted(Event):
    """Somebody has completed all that a course has, for the first time."""

    course_id: uuid.UUID
    user_id: uuid.UUID
