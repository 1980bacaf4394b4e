"""Putting jobs in the queue, taking them back, and saying where they stand."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.platform.db import on_commit
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.jobs import registry
from lumenhall.platform.jobs.models import UNFINISHED, Job, JobState
from lumenhall.platform.jobs.notices import send_notice
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import bus

_listeners: list[Callable[[], None]] = []
_NOW = timedelta(0)
TOPIC = "jobs"


async def enqueue(
    session: AsyncSession,
    name: str,
    /,
    *,
    key: str | None = None,
    priority: int = 0,
    delay: timedelta = _NOW,
    **args: Any,
) -> UUID:
    """Queue the job `name` with `args`, which go through JSON, and return its id.

    It exists once the session's work is committed and starts at once where a place is free.
    Higher priorities go first, then older jobs. While a job with the same name and `key` is
    unfinished no second one is made: the id of the existing one is returned.
    Raises UnknownJob when nothing handles the name.
    """
    now = clock.now()
    values = {
        "name": name,
        "queue": registry.handler(name).queue,
        "args": args,
        "priority": priority,
        "key": key,
        "state": JobState.QUEUED,
        "attempts": 0,
        "failures": 0,
        "crashes": 0,
        "available_at": now + delay,
        "cancel_requested": False,
        "created_at": now,
    }
    insert = insert_into(session, Job).on_conflict_do_nothing(
        index_elements=["name", "key"], index_where=UNFINISHED
    )
    made: UUID | None = None
    while made is None:
        made = await session.scalar(insert.values(id=new_id(), **values).returning(Job.id))
        # The job in the way may have finished in between, then the next turn makes ours.
        made = made or await session.scalar(
            select(Job.id).where(Job.name == name, Job.key == key, UNFINISHED)
        )
    await send_notice(session)
    on_commit(session, wake_workers)
    return made


async def cancel(session: AsyncSession, job_id: UUID) -> bool:
    """Cancel a job; False when it had already finished or does not exist.

    A queued job is cancelled with the session's work; in a running one the step under way
    gets CancelledError after the commit, within two seconds wherever it runs.
    """
    # The first statement also locks the row, so its state stands still for the second.
    asked = await session.execute(
        update(Job)
        .where(Job.id == job_id, UNFINISHED)
        .values(cancel_requested=True)
        .returning(Job.id)
    )
    await session.execute(
        update(Job)
        .where(Job.id == job_id, Job.state == JobState.QUEUED)
        .values(state=JobState.CANCELLED, finished_at=clock.now())
    )
    await send_notice(session)
    on_commit(session, wake_workers)
    return asked.first() is not None


async def get(session: AsyncSession, job_id: UUID) -> Job | None:
    """Return the row of a job, or None when it does not exist or was forgotten."""
    return await session.get(Job, job_id, populate_existing=True)


async def queue_position(session: AsyncSession, job_id: UUID) -> int | None:
    """Return 1 for the job that is next in its queue, 2 for the one after; None if not queued."""
    this, other = aliased(Job), aliased(Job)
    return await session.scalar(
        select(func.count(other.id))
        .select_from(this)
        .join(
            other,
            and_(
                other.state == JobState.QUEUED,
                other.queue == this.queue,
                or_(
                    other.priority > this.priority,
                    and_(other.priority == this.priority, other.id <= this.id),
                ),
            ),
        )
        .where(this.id == job_id, this.state == JobState.QUEUED)
        .having(func.count(other.id) > 0)
    )


def listen(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` whenever this process committed something for workers; returns how to stop."""
    _listeners.append(wake)
    return lambda: _listeners.remove(wake)


def wake_workers() -> None:
    """Make workers, here and where the bus reaches, look at the queue now, not at their turn."""
    for wake in _listeners:
        wake()
    bus.publish(TOPIC, b"")
