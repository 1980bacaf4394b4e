"""Schedules: one run per tick whatever the number of workers, and no storm after a pause."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobRun, claims, scheduled
from lumenhall.platform.jobs.models import Job, JobState
from lumenhall.platform.jobs.schedule import Schedule
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

NOON = datetime(2026, 11, 21, 12, 0, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def hourly(own_registry: None) -> None:
    @scheduled("0 * * * *", "tidy")
    async def tidy(run: JobRun) -> None: ...


async def made(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count(Job.id))) or 0


async def finish_all(database: Database) -> None:
    worker = new_id()
    async with database.write() as session:
        for claim in await claims.claim(session, worker, "default", ["tidy"], 10):
            await claims.finish(session, worker, claim, JobState.DONE, None)


async def test_a_new_schedule_first_runs_at_its_next_tick(database: Database) -> None:
    schedule = Schedule(database)
    with clock.freeze(NOON):
        await schedule.turn()
    assert await made(database) == 0
    with clock.freeze(NOON + timedelta(minutes=59)):
        await schedule.turn()
    assert await made(database) == 0
    with clock.freeze(NOON + timedelta(hours=1)):
        await schedule.turn()
        await schedule.turn()
    assert await made(database) == 1


async def test_many_workers_make_one_job_per_tick(database: Database) -> None:
    schedules = [Schedule(database) for _ in range(5)]
    for hours in range(3):
        with clock.freeze(NOON + timedelta(hours=hours)):
            await asyncio.gather(*(schedule.turn() for schedule in schedules))
            await finish_all(database)
    assert await made(database) == 2


async def test_ticks_missed_while_nothing_ran_are_made_good_by_one_run(database: Database) -> None:
    with clock.freeze(NOON):
        await Schedule(database).turn()
    with clock.freeze(NOON + timedelta(days=3)):
        await Schedule(database).turn()
        await finish_all(database)
        await Schedule(database).turn()
    assert await made(database) == 1


async def test_a_tick_is_skipped_while_the_run_before_it_is_unfinished(database: Database) -> None:
    schedule = Schedule(database)
    for hours in range(4):
        with clock.freeze(NOON + timedelta(hours=hours)):
            await schedule.turn()
    assert await made(database) == 1


async def test_a_tick_that_is_now_counts(database: Database) -> None:
    schedule = Schedule(database)
    with clock.freeze(NOON):
        await schedule.turn()
    with clock.freeze(NOON.replace(hour=13, second=0)):
        await schedule.turn()
    assert await made(database) == 1
