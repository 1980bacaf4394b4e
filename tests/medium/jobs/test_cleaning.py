"""Cleaning: finished jobs are forgotten with their steps, each kind after its time."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobRun, claims, enqueue, job
from lumenhall.platform.jobs.cleaning import forget_finished
from lumenhall.platform.jobs.engine import MemoryEngine
from lumenhall.platform.jobs.models import Job, JobState
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture(autouse=True)
def known_job(own_registry: None) -> None:
    @job("encode")
    async def encode(run: JobRun) -> None: ...


async def test_old_jobs_are_forgotten_with_their_steps(
    database: Database, engine: MemoryEngine
) -> None:
    kept = set()
    for state, days, is_kept in (
        (JobState.DONE, 6, True),
        (JobState.DONE, 8, False),
        (JobState.CANCELLED, 8, False),
        (JobState.FAILED, 8, True),
        (JobState.FAILED, 31, False),
    ):
        worker = new_id()
        with clock.freeze(NOW - timedelta(days=days)):
            async with database.write() as session:
                job_id = await enqueue(session, "encode")
                (claim,) = await claims.claim(session, worker, "default", ["encode"], 1)
                await claims.finish(session, worker, claim, state, None)
        engine.steps[job_id] = {"probe": 1}
        kept |= {job_id} if is_kept else set()
    with clock.freeze(NOW - timedelta(days=90)):
        async with database.write() as session:
            kept.add(await enqueue(session, "encode"))
    with clock.freeze(NOW):
        assert await forget_finished(database, engine) == 3
    async with database.read() as session:
        assert set(await session.scalars(select(Job.id))) == kept
    assert set(engine.steps) <= kept
