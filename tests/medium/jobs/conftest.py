"""A worker in the test's own process, on a real database, with steps kept in memory."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID

import pytest

from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobState, registry
from lumenhall.platform.jobs.engine import MemoryEngine
from lumenhall.platform.jobs.models import Job
from lumenhall.platform.jobs.worker import Worker
from lumenhall.platform.realtime import MemoryBus

StartWorker = Callable[..., AbstractAsyncContextManager[Worker]]


@pytest.fixture(autouse=True)
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    """Jobs that a test registers are gone after it."""
    monkeypatch.setattr(registry, "_handlers", {})


@pytest.fixture
async def app(database: Database, tmp_path: Path) -> AsyncIterator[AppContext]:
    async with MemoryBus() as bus:
        parts = SimpleNamespace(
            database=database, bus=bus, settings=SimpleNamespace(data_path=tmp_path)
        )
        yield cast("AppContext", parts)


@pytest.fixture
def engine() -> MemoryEngine:
    return MemoryEngine()


@pytest.fixture
def start_worker(app: AppContext, engine: MemoryEngine) -> StartWorker:
    """Run a worker for as long as a block lasts."""

    @asynccontextmanager
    async def start(**options: Any) -> AsyncIterator[Worker]:
        worker = Worker(app, engine, **{"turn_seconds": 0.05, **options})
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return start


@pytest.fixture
def finished(database: Database) -> Callable[[UUID], Awaitable[Job]]:
    """Wait until a job has ended and return its row."""

    async def wait(job_id: UUID) -> Job:
        return await wait_for_state(
            database, job_id, JobState.DONE, JobState.FAILED, JobState.CANCELLED
        )

    return wait


async def wait_for_state(database: Database, job_id: UUID, *states: JobState) -> Job:
    async with asyncio.timeout(10):
        while True:
            async with database.read() as session:
                row = await jobs.get(session, job_id)
            if row is not None and row.state in states:
                return row
            await asyncio.sleep(0.01)


@pytest.fixture
def add(database: Database) -> Callable[..., Awaitable[UUID]]:
    """Queue a job and commit."""

    async def enqueue(name: str, /, **arguments: Any) -> UUID:
        async with database.write() as session:
            return await jobs.enqueue(session, name, **arguments)

    return enqueue
