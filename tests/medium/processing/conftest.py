import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing import jobs, queries, service, subscribers
from lumenhall.domains.processing.encoder.binaries import Tools, find_tools
from lumenhall.domains.processing.encoder.probe import Probe, probe_file
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import registry
from lumenhall.platform.jobs.engine import MemoryEngine
from lumenhall.platform.jobs.worker import Worker
from lumenhall.platform.realtime import MemoryBus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import FolderStorage
from tests.factories.clips import make_clip
from tests.factories.people import add_person

ACCEPTED = ("mp4", "mov", "avi", "mkv", "webm")
# Importing these registers what the tests rely on.
REGISTERED = (jobs, subscribers)

Upload = Callable[[str], Awaitable[uuid.UUID]]
Await = Callable[..., Awaitable[Asset]]
StartWorker = Callable[[], AbstractAsyncContextManager[Worker]]


@pytest.fixture(scope="session")
def tools() -> Tools:
    return find_tools()


@pytest.fixture
def probe(tools: Tools) -> Callable[[str], Awaitable[tuple[Path, Probe]]]:
    async def ask(name: str) -> tuple[Path, Probe]:
        path = make_clip(name)
        return path, await probe_file(tools, path, ACCEPTED)

    return ask


@pytest.fixture
async def app(database: Database, tmp_path: Path) -> AsyncIterator[AppContext]:
    """What jobs need of a process, with a folder as storage."""
    settings = Settings(_env_file=None, data_path=tmp_path)
    async with MemoryBus() as bus:
        parts = SimpleNamespace(
            settings=settings, database=database, bus=bus, storage=FolderStorage(tmp_path / "media")
        )
        yield cast("AppContext", parts)


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Attempts follow each other at once."""
    for name in (queries.PREPARE, queries.PREVIEW, queries.ENCODE):
        handler = replace(registry.handler(name), retry_seconds=0.01)
        monkeypatch.setitem(registry._handlers, name, handler)


@pytest.fixture
def upload(app: AppContext) -> Upload:
    """Do what the end of an upload does with a clip, and return the asset's id."""

    async def add(name: str) -> uuid.UUID:
        async with app.database.write() as session:
            owner = await add_person(session, f"owner{uuid.uuid4().hex[:8]}")
            asset = await media.create_asset(session, owner.id, original_filename=f"{name}.mp4")
        clip = make_clip(name)
        key = f"{asset.folder}/source/upload"
        await app.storage.put_file(key, clip)
        async with app.database.write() as session:
            size = clip.stat().st_size
            await media.mark_uploaded(session, asset.id, source_key=key, file_size_bytes=size)
            await service.start_processing(session, asset.id)
        return asset.id

    return add


@pytest.fixture
def worker(app: AppContext) -> StartWorker:
    """Run a worker for as long as a block lasts; steps are remembered between blocks."""
    engine = MemoryEngine()

    @asynccontextmanager
    async def start() -> AsyncIterator[Worker]:
        worker = Worker(app, engine, turn_seconds=0.05, concurrency={"encode": 1, "preview": 1})
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return start


@pytest.fixture
def until(app: AppContext) -> Await:
    """Wait until an asset fulfils a condition and return it."""

    async def wait(asset_id: uuid.UUID, condition: Callable[[Asset], Any]) -> Asset:
        async with asyncio.timeout(60):
            while True:
                async with app.database.read() as session:
                    asset = await media_queries.get_asset(session, asset_id)
                if condition(asset):
                    return asset
                await asyncio.sleep(0.02)

    return wait


def is_over(asset: Asset) -> bool:
    return asset.status in {AssetStatus.READY, AssetStatus.ERROR}


async def all_jobs_done(app: AppContext, asset_id: uuid.UUID) -> None:
    async with asyncio.timeout(30):
        while True:
            async with app.database.read() as session:
                if not await queries.list_unfinished_jobs(session, asset_id):
                    return
            await asyncio.sleep(0.02)
