"""The tables of the job queue: what is to be done, who is alive to do it, when it is due."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, UTCDateTime, WithId, enum_column
from lumenhall.platform.kit import clock

UNFINISHED = text("state IN ('queued', 'running')")


class JobState(StrEnum):
    """The life of a job; a job whose worker died or stopped is queued again."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


class Job(WithId, Base):
    """One piece of durable work; this row is the truth about it.

    `attempts` counts every start and so names what belongs to one start only; `failures`
    counts those that ended in an error, `crashes` those whose worker died since the last
    finished step.
    """

    __tablename__ = "jobs"
    __table_args__ = (
        Index(
            "uq_jobs_name_key",
            "name",
            "key",
            unique=True,
            postgresql_where=UNFINISHED,
            sqlite_where=UNFINISHED,
        ),
        Index(None, "state", "queue", "priority", "id"),
        Index(None, "claimed_by"),
        Index(None, "finished_at"),
        CheckConstraint("(state = 'running') = (claimed_by IS NOT NULL)", name="claimed"),
        CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)",
            name="finished",
        ),
    )

    name: Mapped[str] = mapped_column(String(100))
    queue: Mapped[str] = mapped_column(String(50))
    args: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    priority: Mapped[int]
    key: Mapped[str | None] = mapped_column(String(200))
    state: Mapped[JobState] = mapped_column(enum_column(JobState, "job_state"))
    attempts: Mapped[int]
    failures: Mapped[int]
    crashes: Mapped[int]
    available_at: Mapped[datetime]
    claimed_by: Mapped[uuid.UUID | None]
    cancel_requested: Mapped[bool]
    progress: Mapped[dict[str, Any] | None] = mapped_column(JSONDocument)
    error: Mapped[str | None] = mapped_column(Text)
    created_at: Mapped[datetime]
    started_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]


class WorkerRow(WithId, Base):
    """A worker that is alive, or that died and was not missed yet."""

    __tablename__ = "workers"

    kind: Mapped[str] = mapped_column(String(20))
    host: Mapped[str] = mapped_column(String(255))
    started_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=clock.now)


class ScheduleRow(Base):
    """The last tick of a schedule for which a job was made."""

    __tablename__ = "job_schedules"

    name: Mapped[str] = mapped_column(String(100), primary_key=True)
    last_tick_at: Mapped[datetime]
