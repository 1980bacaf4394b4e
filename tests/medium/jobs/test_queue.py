"""The queue: what is committed is there once, in order, and can be taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import UUID

import pytest

from lumenhall.platform import jobs
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobRun, JobState, UnknownJob, claims, job
from lumenhall.platform.kit.ids import new_id

Add = Callable[..., Awaitable[UUID]]


@pytest.fixture(autouse=True)
def known_job(own_registry: None) -> None:
    @job("encode", queue="encode")
    async def encode(run: JobRun, number: int = 0) -> None: ...

    @job("tidy")
    async def tidy(run: JobRun) -> None: ...


async def test_a_job_of_a_rolled_back_unit_of_work_does_not_exist(database: Database) -> None:
    job_id = None
    with pytest.raises(RuntimeError):
        async with database.write() as session:
            job_id = await jobs.enqueue(session, "encode")
            raise RuntimeError
    assert job_id is not None
    async with database.read() as session:
        assert await jobs.get(session, job_id) is None


async def test_a_name_without_handler_is_refused_when_it_is_queued(database: Database) -> None:
    async with database.write() as session:
        with pytest.raises(UnknownJob):
            await jobs.enqueue(session, "unheard_of")


async def test_a_key_is_unique_while_its_job_is_unfinished(add: Add, database: Database) -> None:
    first = await add("encode", key="asset 1")
    assert await add("encode", key="asset 1") == first
    assert await add("encode", key="asset 2") != first
    assert await add("tidy", key="asset 1") != first
    async with database.write() as session:
        await jobs.cancel(session, first)
    assert await add("encode", key="asset 1") != first


async def test_two_who_queue_the_same_key_at_once_get_the_same_job(add: Add) -> None:
    ids = await asyncio.gather(*(add("encode", key="asset 1") for _ in range(8)))
    assert len(set(ids)) == 1


async def test_the_position_counts_who_goes_first(add: Add, database: Database) -> None:
    first, second = await add("encode"), await add("encode")
    urgent = await add("encode", priority=5)
    await add("tidy")

    async with database.read() as session:
        positions = [await jobs.queue_position(session, job) for job in (urgent, first, second)]
        assert positions == [1, 2, 3]
        assert await jobs.queue_position(session, new_id()) is None
    async with database.write() as session:
        taken = await claims.claim(session, new_id(), "encode", ["encode"], 2)
        assert {each.id for each in taken} == {urgent, first}
    async with database.read() as session:
        assert await jobs.queue_position(session, urgent) is None
        assert await jobs.queue_position(session, second) == 1


async def test_workers_that_claim_at_once_never_share_a_job(add: Add, database: Database) -> None:
    queued = {await add("encode", number=number) for number in range(12)}

    async def claim_some() -> list[UUID]:
        async with database.write() as session:
            taken = await claims.claim(session, new_id(), "encode", ["encode"], 3)
            await asyncio.sleep(0.01)
        return [each.id for each in taken]

    taken = [
        job for some in await asyncio.gather(*(claim_some() for _ in range(6))) for job in some
    ]
    assert len(taken) == len(set(taken))
    assert set(taken) <= queued


async def test_a_delayed_job_waits(add: Add, database: Database) -> None:
    await add("encode", delay=timedelta(minutes=1))
    async with database.write() as session:
        assert await claims.queues_with_work(session, ["encode"]) == []
        assert await claims.claim(session, new_id(), "encode", ["encode"], 1) == []


async def test_a_worker_leaves_jobs_that_it_does_not_know(add: Add, database: Database) -> None:
    await add("encode")
    async with database.write() as session:
        assert await claims.queues_with_work(session, ["tidy"]) == []
        assert await claims.claim(session, new_id(), "encode", ["tidy"], 1) == []


async def test_cancelling_says_whether_there_was_something_to_cancel(
    add: Add, database: Database
) -> None:
    job_id = await add("encode")
    async with database.write() as session:
        assert await jobs.cancel(session, job_id)
    async with database.write() as session:
        assert not await jobs.cancel(session, job_id)
        assert not await jobs.cancel(session, new_id())
        row = await jobs.get(session, job_id)
        assert row is not None
        assert row.state is JobState.CANCELLED
