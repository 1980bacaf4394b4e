"""What every step works with: the source as a local file, a place of its own, the tools."""

import asyncio
import os
import shutil
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.manifests import MASTER
from lumenhall.domains.media.models import Asset, asset_folder
from lumenhall.domains.processing.encoder.binaries import Tools, find_tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.encoder.progress import Progress
from lumenhall.domains.processing.encoder.runner import Limits, encoding_limits
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import Storage

_UPLOADS_AT_ONCE = 8
_REPORT_SECONDS = 0.5


class Work:
    """One attempt at a job for one asset; `name` belongs to this attempt alone."""

    def __init__(
        self, app: AppContext, asset_id: uuid.UUID, name: str, tools: Tools, stack: AsyncExitStack
    ) -> None:
        self.app = app
        self.asset_id = asset_id
        self.name = name
        self.tools = tools
        self._stack = stack
        self._source: Path | None = None

    @property
    def prefix(self) -> str:
        """Where in the storage this attempt puts what it makes."""
        return f"{asset_folder(self.asset_id)}/{self.name}"

    @property
    def scratch(self) -> Path:
        """A folder of this machine for what is not stored yet; it need not exist."""
        return scratch_root(self.app) / self.name

    async def asset(self) -> Asset:
        """Return the asset as it is now."""
        async with self.app.database.read() as session:
            return await media_queries.get_asset(session, self.asset_id)

    async def source(self) -> Path:
        """Return the source as a local file; it is fetched at most once in an attempt."""
        if self._source is None:
            key = (await self.asset()).source_key
            if key is None:
                raise EncodingFailed("source_missing", "the source was dropped")
            self._source = await self.local(key)
        return self._source

    async def local(self, key: str) -> Path:
        """Return a stored file as a local one until the attempt ends."""
        try:
            return await self._stack.enter_async_context(self.app.storage.as_local_file(key))
        except FileNotFoundError as error:
            raise EncodingFailed("source_missing", f"{key} is not in the storage") from error

    def limits(self, probe: Probe, *, nice: int = 0) -> Limits:
        """Return what a run over the whole source may use."""
        least = self.app.settings.video_processing_timeout
        return encoding_limits(probe.duration, probe.size, least_seconds=least, nice=nice)


@asynccontextmanager
async def working(app: AppContext, asset_id: uuid.UUID, name: str) -> AsyncIterator[Work]:
    """Give what the steps of one attempt need; fetched files are removed at the end."""
    tools = await asyncio.to_thread(find_tools, app.settings.ffmpeg_path)
    async with AsyncExitStack() as stack:
        yield Work(app, asset_id, name, tools, stack)


def scratch_root(app: AppContext) -> Path:
    """Return the folder of this machine that holds the scratch folders of all attempts."""
    return app.settings.temp_folder / "processing"


@dataclass(frozen=True, slots=True)
class Place:
    """A local folder whose files end up under one prefix of the storage.

    `live` means that they are there the moment they are written.
    """

    folder: Path
    live: bool


@asynccontextmanager
async def place_for(work: Work, prefix: str) -> AsyncIterator[Place]:
    """Give a folder to write to; leaving the block stores its files, an error does not."""
    direct = work.app.storage.local_path(prefix)
    folder = direct or work.scratch
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    try:
        yield Place(folder, live=direct is not None)
        if direct is None:
            await _store(work.app.storage, folder, prefix)
    finally:
        if direct is None:
            await asyncio.to_thread(shutil.rmtree, folder, ignore_errors=True)


async def sync(folder: Path) -> None:
    """Make the files in a folder survive a power cut."""
    await asyncio.to_thread(_sync, folder)


def _sync(folder: Path) -> None:
    for path in [*folder.iterdir(), folder]:
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


async def _store(storage: Storage, folder: Path, prefix: str) -> None:
    """Store the files of a folder, and the master only when all that it leads to is there."""
    names = sorted(path.name for path in await asyncio.to_thread(_files, folder))
    places = asyncio.Semaphore(_UPLOADS_AT_ONCE)

    async def move(name: str) -> None:
        async with places:
            await storage.move_in(folder / name, f"{prefix}/{name}")

    async with asyncio.TaskGroup() as group:
        for name in names:
            if name != MASTER:
                group.create_task(move(name))
    if MASTER in names:
        await move(MASTER)


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.is_file()]


class Reporter:
    """Notes progress of one step, scaled into its share of the whole, at most twice a second."""

    def __init__(self, work: Work, step: str, *, share: tuple[float, float]) -> None:
        self._work = work
        self._step = step
        self._start, self._end = share
        self._next = 0.0

    async def __call__(self, progress: Progress) -> None:
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + _REPORT_SECONDS
        percent = self._start + (self._end - self._start) * progress.percent / 100
        await report(self._work, self._step, percent, progress.eta_seconds)


async def report(work: Work, step: str, percent: float, eta_seconds: int | None = None) -> None:
    """Note how far processing of the asset is."""
    async with work.app.database.write() as session:
        await media.record_progress(
            session, work.asset_id, percent, step=step, eta_seconds=eta_seconds
        )
