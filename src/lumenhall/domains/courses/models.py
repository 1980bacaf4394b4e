"""Courses, the videos of their lessons, who takes them, and what they have done."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.domains.engagement.models import Spans
from lumenhall.domains.library.models import DESCRIPTION_LENGTH, TITLE_LENGTH
from lumenhall.domains.media.models import MESSAGE_LENGTH
from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

SLUG_LENGTH = 100
LESSON_ID_LENGTH = 255
URL_LENGTH = 500
UID_LENGTH = 255
NOTE_LENGTH = 5000
CODE_LENGTH = 20
HAS_NEXT = text("preview_next_asset_id IS NOT NULL")
IS_NEXT = text("retired_at IS NULL")


class CourseVideoStatus(StrEnum):
    """The life of a lesson's video, in the words of Cloudflare Stream."""

    QUEUED = "queued"
    IN_PROGRESS = "inprogress"
    READY = "ready"
    ERROR = "error"


class Course(WithId, WithTimestamps, Base):
    """A course. `curriculum` is a `schemas.Curriculum`; its version grows with every change.

    The preview video is what people see who are not enrolled. Its four columns say what
    lasts at its provider: for a local one the address is made for each viewer, so there is
    none. `preview_next_asset_id` is a newer upload that takes its place once it is ready.
    """

    __tablename__ = "courses"
    __table_args__ = (
        CheckConstraint("preview_video_duration >= 0", name="preview_video_duration"),
        CheckConstraint("curriculum_version >= 0", name="curriculum_version"),
        Index(None, "instructor_id"),
        Index(None, "category_id"),
        Index(None, "preview_video_id"),
        # The catalogue walks this one.
        Index(None, "published", "id"),
        # Hardly a course has one, so the unique index seems of no use where nulls are counted.
        Index(
            "ix_courses_preview_next",
            "preview_next_asset_id",
            postgresql_where=HAS_NEXT,
            sqlite_where=HAS_NEXT,
        ),
    )

    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    slug: Mapped[str] = mapped_column(String(SLUG_LENGTH), unique=True)
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LENGTH), default="")
    published: Mapped[bool] = mapped_column(default=False)
    instructor_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
    category_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("categories.id", ondelete="SET NULL"), default=None
    )
    preview_video_url: Mapped[str | None] = mapped_column(String(URL_LENGTH), default=None)
    preview_video_id: Mapped[str | None] = mapped_column(String(UID_LENGTH), default=None)
    preview_video_thumbnail: Mapped[str | None] = mapped_column(String(URL_LENGTH), default=None)
    preview_video_duration: Mapped[int | None] = mapped_column(default=None)
    preview_asset_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True, default=None
    )
    preview_next_asset_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True, default=None
    )
    curriculum: Mapped[dict[str, Any]] = mapped_column(JSONDocument, default=dict)
    curriculum_version: Mapped[int] = mapped_column(default=0)
    order_locked: Mapped[bool] = mapped_column(default=False)


class CourseInstructor(Base):
    """Somebody who teaches a course beside its instructor, and may do as much."""

    __tablename__ = "course_instructors"
    __table_args__ = (Index(None, "user_id"),)

    course_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


class CourseVideo(WithId, WithTimestamps, Base):
    """The video of a lesson that learners see, as far as it is.

    It follows its asset; the two addresses and the picture are what lasts at its provider, so
    a local one has none. `cloudflare_video_id` is the uid of any provider.
    """

    __tablename__ = "course_videos"
    __table_args__ = (
        UniqueConstraint("course_id", "lesson_id"),
        CheckConstraint("processing_progress BETWEEN 0 AND 100", name="processing_progress"),
        CheckConstraint("duration >= 0", name="duration"),
        Index(None, "course_id"),
        Index(None, "lesson_id"),
        Index(None, "cloudflare_video_id"),
        Index(None, "status"),
        Index(None, "created_at"),
    )

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH))
    cloudflare_video_id: Mapped[str] = mapped_column(String(UID_LENGTH), unique=True)
    provider: Mapped[str] = mapped_column(String(20))
    asset_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True
    )
    title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(String(DESCRIPTION_LENGTH), default="")
    duration: Mapped[int | None] = mapped_column(default=None)
    thumbnail_url: Mapped[str | None] = mapped_column(String(URL_LENGTH), default=None)
    status: Mapped[CourseVideoStatus] = mapped_column(
        enum_column(CourseVideoStatus, "course_video_status"), default=CourseVideoStatus.QUEUED
    )
    playback_hls_url: Mapped[str | None] = mapped_column(String(URL_LENGTH), default=None)
    playback_dash_url: Mapped[str | None] = mapped_column(String(URL_LENGTH), default=None)
    processing_progress: Mapped[int] = mapped_column(default=0)
    error_message: Mapped[str | None] = mapped_column(String(MESSAGE_LENGTH), default=None)
    meta: Mapped[dict[str, Any]] = mapped_column("metadata", JSONDocument, default=dict)


class CourseVideoVersion(WithId, WithTimestamps, Base):
    """Another file of a lesson's video than the one that learners get.

    Either a newer upload, at most one, that takes its place once it is ready; or with
    `retired_at` the one before, for those who are still watching it.
    """

    __tablename__ = "course_video_versions"
    __table_args__ = (
        Index(None, "course_video_id"),
        Index(None, "retired_at"),
        Index(
            "uq_course_video_versions_next",
            "course_video_id",
            unique=True,
            postgresql_where=IS_NEXT,
            sqlite_where=IS_NEXT,
        ),
    )

    course_video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("course_videos.id", ondelete="CASCADE")
    )
    asset_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True
    )
    retired_at: Mapped[datetime | None] = mapped_column(default=None)


class LessonText(WithTimestamps, Base):
    """What a text lesson says, and what stands below a video; Markdown without HTML."""

    __tablename__ = "lesson_texts"

    course_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int] = mapped_column(default=1)


class Enrolment(WithTimestamps, Base):
    """Somebody takes a course. What they have done stays when they stop, see LessonProgress."""

    __tablename__ = "enrolments"
    __table_args__ = (
        # Who takes a course, and what somebody takes, the newest first.
        Index(None, "course_id", "created_at", "user_id"),
        Index(None, "user_id", "created_at", "course_id"),
    )

    course_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    last_lesson_id: Mapped[str | None] = mapped_column(String(LESSON_ID_LENGTH), default=None)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)


class LessonProgress(WithTimestamps, Base):
    """How far one person is with one lesson, also of one that is no longer in the curriculum.

    The figures of a video are those of WatchProgress; other lessons are only completed.
    """

    __tablename__ = "lesson_progress"
    __table_args__ = (
        CheckConstraint("watched_seconds >= 0", name="watched_seconds"),
        CheckConstraint("last_position >= 0", name="last_position"),
        CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
        CheckConstraint("completed = (completed_at IS NOT NULL)", name="completed_at"),
        Index(None, "course_id", "user_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    course_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH), primary_key=True)
    watched_seconds: Mapped[int] = mapped_column(default=0)
    last_position: Mapped[int] = mapped_column(default=0)
    duration_seconds: Mapped[int] = mapped_column(default=0)
    completed: Mapped[bool] = mapped_column(default=False)
    completed_at: Mapped[datetime | None] = mapped_column(default=None)
    spans: Mapped[Spans] = mapped_column(JSONDocument, default=list)
    position_at: Mapped[datetime] = mapped_column(default=clock.now)


class Quiz(WithTimestamps, Base):
    """The questions of a quiz lesson, a list of `schemas.Question`; right answers included."""

    __tablename__ = "quizzes"
    __table_args__ = (CheckConstraint("pass_percent BETWEEN 1 AND 100", name="pass_percent"),)

    course_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("courses.id", ondelete="CASCADE"), primary_key=True
    )
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH), primary_key=True)
    pass_percent: Mapped[int]
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSONDocument)
    version: Mapped[int] = mapped_column(default=1)


class QuizAttempt(WithId, Base):
    """What somebody answered, and what it came to."""

    __tablename__ = "quiz_attempts"
    __table_args__ = (
        CheckConstraint("score_percent BETWEEN 0 AND 100", name="score_percent"),
        Index(None, "course_id"),
        Index(None, "user_id", "course_id", "lesson_id", "id"),
    )

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    answers: Mapped[dict[str, list[str]]] = mapped_column(JSONDocument)
    score_percent: Mapped[int]
    passed: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class LessonNote(WithId, WithTimestamps, Base):
    """What a learner wrote down for themselves, at a second of the video or beside the lesson."""

    __tablename__ = "lesson_notes"
    __table_args__ = (
        CheckConstraint("moment_seconds >= 0", name="moment_seconds"),
        Index(None, "course_id"),
        Index(None, "user_id", "course_id", "lesson_id", "id"),
    )

    course_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("courses.id", ondelete="CASCADE"))
    lesson_id: Mapped[str] = mapped_column(String(LESSON_ID_LENGTH))
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    moment_seconds: Mapped[int | None] = mapped_column(default=None)
    text: Mapped[str] = mapped_column(String(NOTE_LENGTH))


class Certificate(WithId, Base):
    """That somebody finished a course, as it was then; it outlives the course."""

    __tablename__ = "certificates"
    __table_args__ = (UniqueConstraint("user_id", "course_id"), Index(None, "course_id"))

    code: Mapped[str] = mapped_column(String(CODE_LENGTH), unique=True)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    course_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("courses.id", ondelete="SET NULL"), default=None
    )
    person_name: Mapped[str] = mapped_column(String(100))
    course_title: Mapped[str] = mapped_column(String(TITLE_LENGTH))
    issued_at: Mapped[datetime] = mapped_column(default=clock.now)
