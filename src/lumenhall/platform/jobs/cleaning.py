"""Forgets jobs that finished long ago, with the steps that were recorded of them."""

from datetime import timedelta

from sqlalchemy import and_, delete, or_, select

from lumenhall.platform.db import Database
from lumenhall.platform.jobs.engine import Engine
from lumenhall.platform.jobs.models import Job, JobState
from lumenhall.platform.kit import clock

KEEP_DONE = timedelta(days=7)
KEEP_FAILED = timedelta(days=30)
BATCH = 100


async def forget_finished(database: Database, engine: Engine) -> int:
    """Delete old jobs, done and cancelled after a week, failed after 30 days; return how many."""
    now = clock.now()
    old = (
        select(Job.id, Job.attempts)
        .where(
            or_(
                and_(
                    Job.state.in_([JobState.DONE, JobState.CANCELLED]),
                    Job.finished_at < now - KEEP_DONE,
                ),
                and_(Job.state == JobState.FAILED, Job.finished_at < now - KEEP_FAILED),
            )
        )
        .limit(BATCH)
    )
    forgotten = 0
    while True:
        async with database.read() as session:
            jobs = [(row.id, row.attempts) for row in await session.execute(old)]
        if not jobs:
            return forgotten
        # The steps first: a row that is left over is found again, a lone step never.
        await engine.forget(jobs)
        async with database.write() as session:
            await session.execute(delete(Job).where(Job.id.in_([job for job, _ in jobs])))
        forgotten += len(jobs)
