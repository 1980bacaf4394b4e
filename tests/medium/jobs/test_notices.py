"""Workers on PostgreSQL hear at once of jobs that other processes commit, without Redis."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from uuid import UUID

import psycopg
import pytest

from lumenhall.platform import jobs
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobRun, job, notices, queue
from lumenhall.platform.jobs.notices import hear_notices, send_notice
from tests.medium.jobs.conftest import StartWorker

NEVER = 3600.0
SOON = 5.0
Add = Callable[..., Awaitable[UUID]]


@pytest.fixture
def database_url(postgres_url: str) -> str:
    """Only this engine has notices."""
    return postgres_url


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """What this process commits wakes no worker by itself, as if another process had done it."""
    monkeypatch.setattr(queue, "wake_workers", lambda: None)


@pytest.fixture
async def woken(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[asyncio.Event]:
    """Set at every wake-up; the first one, at the start, has been heard already."""
    monkeypatch.setattr(notices, "RECONNECT_SECONDS", 0.05)
    woken = asyncio.Event()
    task = asyncio.create_task(hear_notices(database.url, woken.set))
    await _heard(woken)
    yield woken
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def _heard(woken: asyncio.Event) -> None:
    async with asyncio.timeout(SOON):
        await woken.wait()
    woken.clear()


@pytest.mark.usefixtures("elsewhere")
async def test_a_job_that_another_process_commits_starts_at_once(
    add: Add, start_worker: StartWorker
) -> None:
    started = asyncio.Event()

    @job("look")
    async def look(run: JobRun) -> None:
        started.set()

    async with start_worker(turn_seconds=NEVER):
        for _ in range(7):
            await asyncio.sleep(0.2)
            started.clear()
            await add("look")
            async with asyncio.timeout(SOON):
                await started.wait()


@pytest.mark.usefixtures("elsewhere")
async def test_a_job_that_another_process_cancels_stops_at_once(
    add: Add, database: Database, start_worker: StartWorker
) -> None:
    started, stopped = asyncio.Event(), asyncio.Event()

    @job("long")
    async def long(run: JobRun) -> None:
        started.set()
        try:
            await asyncio.sleep(NEVER)
        finally:
            stopped.set()

    async with start_worker(turn_seconds=NEVER):
        job_id = await add("long")
        async with asyncio.timeout(SOON):
            await started.wait()
            async with database.write() as session:
                await jobs.cancel(session, job_id)
            await stopped.wait()


async def test_what_is_rolled_back_wakes_nobody(database: Database, woken: asyncio.Event) -> None:
    async with database.read() as session:
        await send_notice(session)
    await asyncio.sleep(0.2)
    assert not woken.is_set()


async def test_a_broken_connection_is_made_again_and_what_was_missed_is_looked_for(
    database: Database, postgres_url: str, woken: asyncio.Event
) -> None:
    listening = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
    for _ in range(2):
        async with await psycopg.AsyncConnection.connect(postgres_url) as connection:
            await connection.execute(listening + " AND datname = current_database()")
        await _heard(woken)
        async with database.write() as session:
            await send_notice(session)
        await _heard(woken)


async def test_a_database_that_is_not_there_is_waited_for(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notices, "RECONNECT_SECONDS", 0.01)
    gone = database.url.set(database="lumenhall_nowhere")
    task = asyncio.create_task(hear_notices(gone, lambda: None))
    await asyncio.sleep(0.3)
    assert not task.done()
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
