"""Who takes a course, how far they are, and what they write down."""

from datetime import UTC, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from lumenhall.domains.courses.models import NOTE_LENGTH
from lumenhall.domains.courses.schemas.curriculum import LessonKind, if_text
from lumenhall.domains.courses.schemas.quizzes import AttemptLook, QuestionResult, QuizToTake
from lumenhall.domains.engagement.schemas import MOST_RANGES, Moment, Seconds
from lumenhall.domains.identity.schemas import PersonLook

TEXT_LENGTH = 100_000


class EnrolmentLook(BaseModel):
    """That somebody takes a course, and how far they are."""

    course_id: UUID
    person: PersonLook
    enrolled_at: datetime
    percent: int
    completed_count: int
    lesson_count: int
    completed_at: datetime | None
    last_active_at: datetime | None


class LessonReport(BaseModel):
    """What the player of a lesson tells every few seconds.

    Only the `ranges` that were really played since the last report count: a lesson is
    completed by distinct seconds, and seeking to the end adds none. `at` is when
    `last_position` was true.
    """

    last_position: Seconds
    duration_seconds: Seconds
    ranges: Annotated[list[tuple[Moment, Moment]], Field(max_length=MOST_RANGES)] = []
    at: Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC))] | None = None

    @model_validator(mode="after")
    def _ranges_run_forwards(self) -> Self:
        if any(end < start for start, end in self.ranges):
            message = "A range ends before it starts."
            raise ValueError(message)
        return self


class CourseStanding(BaseModel):
    """How far somebody is with a whole course; `percent` is 100 only when all is done.

    `certificate_code` is there once they have a certificate.
    """

    percent: int
    completed_count: int
    lesson_count: int
    certificate_code: str | None


class LessonStanding(BaseModel):
    """How far somebody is with a lesson now, and with its course."""

    lesson_id: str
    watched_seconds: int
    last_position: int
    duration_seconds: int
    completed: bool
    course: CourseStanding


class AttemptMade(BaseModel):
    """An attempt at a quiz, question by question, and where the learner stands now."""

    attempt: AttemptLook
    questions: list[QuestionResult]
    standing: LessonStanding


class LessonRef(BaseModel):
    """A lesson beside the one that is shown."""

    id: str
    title: str
    kind: LessonKind
    is_locked: bool


class LessonVideoLook(BaseModel):
    """The video of a lesson; `…/playback` says where it plays, once `is_playable`."""

    asset_id: UUID
    description: str
    duration_seconds: int | None
    thumbnail_url: str | None
    is_playable: bool


class LessonPage(BaseModel):
    """A lesson as its page shows it to somebody who may take it.

    `text` is Markdown; HTML in it is text and must be shown as such. `quiz` has no answers.
    """

    course_id: UUID
    course_slug: str
    course_title: str
    section_title: str
    id: str
    title: str
    kind: LessonKind
    is_preview: bool
    is_enrolled: bool
    can_edit: bool
    text: str | None
    video: LessonVideoLook | None
    quiz: QuizToTake | None
    completed: bool
    watched_seconds: int
    last_position: int
    resume_at: int
    previous: LessonRef | None
    next: LessonRef | None


class LessonTextChange(BaseModel):
    """Another text for a lesson; `version` is that of the text it is made from, 0 for none."""

    text: Annotated[str, Field(max_length=TEXT_LENGTH)]
    version: Annotated[int, Field(ge=0, lt=2**31)]


class LessonTextLook(BaseModel):
    """The text of a lesson as its editors get it; version 0 before there is one."""

    text: str
    version: int


NoteText = Annotated[str, if_text(str.strip), Field(min_length=1, max_length=NOTE_LENGTH)]


class NewNote(BaseModel):
    """A note, at a second of the video or beside the lesson."""

    text: NoteText
    moment_seconds: Seconds | None = None


class NoteChange(BaseModel):
    """New values; what is absent stays as it is, a null moment takes it away."""

    text: NoteText | None = None
    moment_seconds: Seconds | None = None


class NoteLook(BaseModel):
    """A note, which only its author sees."""

    model_config = ConfigDict(from_attributes=True)

    id: UUID
    course_id: UUID
    lesson_id: str
    moment_seconds: int | None
    text: str
    created_at: datetime
    updated_at: datetime


class CertificateLook(BaseModel):
    """That somebody finished a course, for whoever has the code to check."""

    model_config = ConfigDict(from_attributes=True)

    code: str
    person_name: str
    course_title: str
    issued_at: datetime
