"""Every statement by which workers take, keep, return and finish jobs.

All of them are guarded: whoever lost a job to another worker changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.jobs.models import Job, JobState, WorkerRow
from lumenhall.platform.kit import clock

LONGEST_ERROR = 2000


@dataclass(frozen=True, slots=True)
class Claim:
    """A job taken by this worker: the right to run its attempt number `attempt`."""

    id: UUID
    name: str
    queue: str
    args: dict[str, Any]
    attempt: int
    failures: int
    crashes: int


async def queues_with_work(session: AsyncSession, names: Sequence[str]) -> Sequence[str]:
    """Return the queues in which a job waits that this process can do."""
    due = select(Job.queue).where(
        Job.state == JobState.QUEUED, Job.available_at <= clock.now(), Job.name.in_(names)
    )
    return (await session.scalars(due.distinct())).all()


async def claim(
    session: AsyncSession, worker: UUID, queue: str, names: Sequence[str], limit: int
) -> list[Claim]:
    """Take up to `limit` jobs of a queue: highest priority first, then oldest."""
    due = (
        select(Job.id)
        .where(
            Job.state == JobState.QUEUED,
            Job.queue == queue,
            Job.available_at <= clock.now(),
            Job.name.in_(names),
        )
        .order_by(Job.priority.desc(), Job.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
        # Not as a subquery: PostgreSQL may run that once per row, and so take more than `limit`.
        .cte("due")
    )
    taken = await session.execute(
        update(Job)
        .where(Job.id.in_(select(due.c.id)), Job.state == JobState.QUEUED)
        .values(
            state=JobState.RUNNING,
            claimed_by=worker,
            attempts=Job.attempts + 1,
            started_at=clock.now(),
        )
        .returning(Job.id, Job.name, Job.queue, Job.args, Job.attempts, Job.failures, Job.crashes)
    )
    return [Claim(*row) for row in taken]


async def finish(
    session: AsyncSession, worker: UUID, done: Claim, state: JobState, error: Exception | None
) -> bool:
    """End a job; False when it is no longer this worker's."""
    return await _change(
        session,
        worker,
        done,
        state=state,
        claimed_by=None,
        finished_at=clock.now(),
        error=error and _describe(error),
    )


async def retry_later(
    session: AsyncSession, worker: UUID, failed: Claim, error: Exception, delay: timedelta
) -> bool:
    """Queue a job again for its next attempt; False when it is no longer this worker's."""
    return await _change(
        session,
        worker,
        failed,
        state=JobState.QUEUED,
        claimed_by=None,
        failures=Job.failures + 1,
        available_at=clock.now() + delay,
        error=_describe(error),
    )


async def requests_to_cancel(session: AsyncSession, worker: UUID) -> Sequence[UUID]:
    """Return the running jobs of a worker that someone wants cancelled."""
    asked = select(Job.id).where(Job.claimed_by == worker, Job.cancel_requested)
    return (await session.scalars(asked)).all()


async def give_back(session: AsyncSession, worker: UUID, *, crashed: bool) -> int:
    """Remove a worker and queue what it was running; returns how many jobs that were."""
    await session.execute(delete(WorkerRow).where(WorkerRow.id == worker))
    running = (Job.claimed_by == worker, Job.state == JobState.RUNNING)
    now = clock.now()
    await session.execute(
        update(Job)
        .where(*running, Job.cancel_requested)
        .values(state=JobState.CANCELLED, finished_at=now, claimed_by=None)
    )
    returned = await session.execute(
        update(Job)
        .where(*running)
        .values(
            state=JobState.QUEUED,
            claimed_by=None,
            available_at=now,
            crashes=Job.crashes + int(crashed),
        )
        .returning(Job.id)
    )
    return len(returned.all())


async def _change(session: AsyncSession, worker: UUID, claimed: Claim, **values: Any) -> bool:
    changed = await session.execute(
        update(Job)
        .where(
            Job.id == claimed.id,
            Job.claimed_by == worker,
            Job.attempts == claimed.attempt,
            Job.state == JobState.RUNNING,
        )
        .values(**values)
        .returning(Job.id)
    )
    return changed.first() is not None


def _describe(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:LONGEST_ERROR]
