"""The worker: jobs run once, in order, and end in a state that says what happened."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform import jobs
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import (
    FailedJob,
    JobRun,
    JobState,
    PermanentJobError,
    attempt,
    claims,
    job,
    worker,
)
from lumenhall.platform.jobs.models import Job, WorkerRow
from lumenhall.platform.jobs.worker import Worker
from lumenhall.platform.kit.ids import new_id
from tests.medium.jobs.conftest import StartWorker, wait_for_state

Add = Callable[..., Awaitable[UUID]]
Finished = Callable[[UUID], Awaitable[Job]]
NEVER = 3600.0


async def _double(number: int) -> int:
    return number * 2


async def test_a_job_starts_within_50_ms_of_its_commit(
    add: Add, finished: Finished, start_worker: StartWorker
) -> None:
    started = asyncio.Event()

    @job("look")
    async def look(run: JobRun) -> None:
        started.set()

    async with start_worker(turn_seconds=NEVER):
        await asyncio.sleep(0.2)
        took = []
        for _ in range(5):
            started.clear()
            job_id = await add("look")
            committed = time.perf_counter()
            await started.wait()
            took.append(time.perf_counter() - committed)
            await finished(job_id)
    assert min(took) < 0.05  # The best of five: the machine may be busy with something else.


async def test_a_finished_job_says_so(
    add: Add, finished: Finished, start_worker: StartWorker
) -> None:
    results = []

    @job("sum")
    async def add_up(run: JobRun, number: int) -> None:
        results.append(await run.step("double", _double, number))
        await run.report(percent=100)

    async with start_worker():
        row = await finished(await add("sum", number=21))
    assert results == [42]
    assert (row.state, row.attempts, row.progress, row.error) == (
        JobState.DONE,
        1,
        {"percent": 100},
        None,
    )


async def test_places_limit_how_many_run_at_once(
    add: Add, finished: Finished, start_worker: StartWorker
) -> None:
    running = most = 0

    @job("encode", queue="encode")
    async def encode(run: JobRun) -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.02)
        running -= 1

    ids = [await add("encode") for _ in range(6)]
    async with start_worker(concurrency={"encode": 2}):
        for job_id in ids:
            await finished(job_id)
    assert most == 2


async def test_another_attempt_keeps_the_steps_that_finished(
    add: Add, finished: Finished, start_worker: StartWorker
) -> None:
    done: list[tuple[str, int]] = []

    async def note(name: str, attempt: int) -> None:
        done.append((name, attempt))
        if name == "second" and attempt < 3:
            raise OSError("busy")

    @job("steps", retry_seconds=0.01)
    async def steps(run: JobRun) -> None:
        await run.step("first", note, "first", run.attempt)
        await run.step("second", note, "second", run.attempt)

    async with start_worker():
        row = await finished(await add("steps"))
    assert done == [("first", 1), ("second", 1), ("second", 2), ("second", 3)]
    assert (row.state, row.attempts, row.failures) == (JobState.DONE, 3, 2)


@pytest.mark.parametrize(
    ("error", "attempts"), [(OSError("busy"), 2), (PermanentJobError("not a video"), 1)]
)
async def test_a_job_that_gives_up_tells_its_owner_in_the_same_transaction(
    add: Add,
    database: Database,
    finished: Finished,
    start_worker: StartWorker,
    error: Exception,
    attempts: int,
) -> None:
    told: list[FailedJob] = []

    async def on_failed(session: AsyncSession, failed: FailedJob) -> None:
        state = await session.scalar(select(Job.state).where(Job.id == failed.id))
        assert state is JobState.FAILED
        told.append(failed)

    @job("break", max_attempts=2, retry_seconds=0.01, on_failed=on_failed)
    async def break_(run: JobRun, name: str) -> None:
        raise error

    async with start_worker():
        row = await finished(await add("break", name="it"))
    assert (row.state, row.attempts) == (JobState.FAILED, attempts)
    assert row.error == f"{type(error).__name__}: {error}"
    assert [(each.args, each.attempts, each.error) for each in told] == [
        ({"name": "it"}, attempts, error)
    ]


@pytest.mark.parametrize(
    "error", [LookupError(), OperationalError("SELECT", {}, Exception("no such column"))]
)
async def test_a_job_fails_also_when_its_owner_can_not_be_told(
    add: Add,
    finished: Finished,
    start_worker: StartWorker,
    error: Exception,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(attempt, "LONGEST_PAUSE_SECONDS", 0.01)

    async def on_failed(session: AsyncSession, failed: FailedJob) -> None:
        raise error

    @job("break", on_failed=on_failed)
    async def break_(run: JobRun) -> None:
        raise PermanentJobError

    async with start_worker():
        assert (await finished(await add("break"))).state is JobState.FAILED


async def test_cancelling_a_running_job_interrupts_its_step(
    add: Add, database: Database, finished: Finished, start_worker: StartWorker
) -> None:
    interrupted = asyncio.Event()

    async def sleep_long() -> None:
        try:
            await asyncio.sleep(NEVER)
        finally:
            interrupted.set()

    @job("sleep")
    async def sleep(run: JobRun) -> None:
        await run.step("sleep", sleep_long)

    async with start_worker(turn_seconds=NEVER):
        job_id = await add("sleep")
        await wait_for_state(database, job_id, JobState.RUNNING)
        async with database.write() as session:
            assert await jobs.cancel(session, job_id)
        await asyncio.wait_for(interrupted.wait(), 1)
        assert (await finished(job_id)).state is JobState.CANCELLED


async def test_a_worker_that_stops_leaves_its_jobs_to_the_next_one(
    add: Add, database: Database, finished: Finished, start_worker: StartWorker
) -> None:
    starts: list[int] = []

    @job("sleep")
    async def sleep(run: JobRun) -> None:
        starts.append(run.attempt)
        if run.attempt == 1:
            await asyncio.sleep(NEVER)

    async with start_worker():
        job_id = await add("sleep")
        await wait_for_state(database, job_id, JobState.RUNNING)
    row = await wait_for_state(database, job_id, JobState.QUEUED)
    assert (row.failures, row.crashes) == (0, 0)
    async with database.read() as session:
        assert (await session.scalars(select(WorkerRow))).all() == []
    async with start_worker():
        assert (await finished(job_id)).state is JobState.DONE
    assert starts == [1, 2]


async def test_the_jobs_of_a_silent_worker_go_on_here(
    add: Add, database: Database, finished: Finished, start_worker: StartWorker
) -> None:
    starts: list[int] = []

    @job("look")
    async def look(run: JobRun) -> None:
        starts.append(run.attempt)

    job_id = await add("look")
    dead = new_id()
    async with database.write() as session:
        session.add(WorkerRow(id=dead, kind="worker", host="elsewhere"))
        assert len(await claims.claim(session, dead, "default", ["look"], 1)) == 1
    async with start_worker():
        row = await finished(job_id)
    assert (starts, row.crashes, row.attempts) == ([2], 1, 2)


async def test_a_worker_that_was_declared_dead_drops_what_it_was_doing(
    add: Add, database: Database, start_worker: StartWorker
) -> None:
    interrupted = asyncio.Event()

    @job("sleep")
    async def sleep(run: JobRun) -> None:
        try:
            await asyncio.sleep(NEVER)
        finally:
            interrupted.set()

    async with start_worker() as zombie:
        job_id = await add("sleep")
        await wait_for_state(database, job_id, JobState.RUNNING)
        heir = new_id()
        async with database.write() as session:
            await claims.give_back(session, zombie._presence.id, crashed=True)
            assert len(await claims.claim(session, heir, "default", ["sleep"], 1)) == 1
        await asyncio.wait_for(interrupted.wait(), 5)
        row = await wait_for_state(database, job_id, JobState.RUNNING)
        assert row.claimed_by == heir


async def test_a_job_that_keeps_killing_its_worker_fails(
    add: Add, database: Database, finished: Finished, start_worker: StartWorker
) -> None:
    told: list[FailedJob] = []

    async def on_failed(session: AsyncSession, failed: FailedJob) -> None:
        told.append(failed)

    @job("poison", on_failed=on_failed)
    async def poison(run: JobRun) -> None:
        pytest.fail("It must not start a fifth time.")

    job_id = await add("poison")
    for _ in range(4):
        dead = new_id()
        async with database.write() as session:
            assert len(await claims.claim(session, dead, "default", ["poison"], 1)) == 1
            await claims.give_back(session, dead, crashed=True)
    async with start_worker():
        row = await finished(job_id)
    assert row.state is JobState.FAILED
    assert row.error is not None
    assert row.error.startswith("JobCrashed")
    assert len(told) == 1


async def test_a_step_forward_after_a_crash_clears_the_suspicion(
    add: Add, database: Database, finished: Finished, start_worker: StartWorker
) -> None:
    @job("hard")
    async def hard(run: JobRun) -> None:
        await run.step("double", _double, 1)

    job_id = await add("hard")
    for _ in range(3):
        dead = new_id()
        async with database.write() as session:
            assert len(await claims.claim(session, dead, "default", ["hard"], 1)) == 1
            await claims.give_back(session, dead, crashed=True)
    async with start_worker():
        row = await finished(job_id)
    assert (row.state, row.crashes, row.attempts) == (JobState.DONE, 0, 4)


async def test_a_worker_survives_a_database_that_is_away(
    add: Add,
    finished: Finished,
    start_worker: StartWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    @job("look")
    async def look(run: JobRun) -> None: ...

    turns = 0
    turn = Worker._turn

    async def broken_turn(self: Worker) -> None:
        nonlocal turns
        turns += 1
        if turns < 4:
            raise OSError("The database is away.")
        await turn(self)

    monkeypatch.setattr(worker.Worker, "_turn", broken_turn)
    async with start_worker():
        assert (await finished(await add("look"))).state is JobState.DONE
