"""Runs a worker beside whatever else a process does, and carries wake-ups between processes."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from lumenhall.platform.jobs.dbos_engine import DbosEngine
from lumenhall.platform.jobs.worker import Worker

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext


@asynccontextmanager
async def working(
    app: "AppContext", *, kind: str = "worker", concurrency: Mapping[str, int] | None = None
) -> AsyncIterator[None]:
    """Do jobs while the block runs; `concurrency` is how many of each queue at once.

    On leaving, jobs under way are interrupted and go on in another worker or at the next start.
    """
    engine = DbosEngine(app.database, app.settings.data_path)
    await engine.start()
    worker = Worker(app, engine, kind=kind, concurrency=concurrency)
    task = asyncio.create_task(worker.run(), name="worker")
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await engine.stop()
