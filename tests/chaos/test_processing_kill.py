"""Kill -9 of the worker at random moments of processing: every video still becomes ready."""

import asyncio
import os
import random
import secrets
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

import tests.chaos.video_worker as program
from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.manifests import read_track
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing import jobs, queries, service
from lumenhall.platform.db import Database
from lumenhall.platform.storage import FolderStorage
from tests.factories.clips import make_clip
from tests.factories.people import add_person
from tests.fixtures.postgres import dies_with_us

KILLS = 5
# One is copied first, the other needs the encoding ahead.
CLIPS = ("large", "hevc")
REGISTERED = (jobs,)

StartWorker = Callable[[], subprocess.Popen[str]]


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[StartWorker]:
    started: list[subprocess.Popen[str]] = []

    def run() -> subprocess.Popen[str]:
        worker = subprocess.Popen(
            [*dies_with_us("KILL"), sys.executable, program.__file__, database_url, tmp_path],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
            text=True,
        )
        started.append(worker)
        assert worker.stdout is not None
        assert worker.stdout.readline().startswith("ready")
        return worker

    yield run
    for worker in started:
        with suppress(ProcessLookupError):
            worker.kill()
        worker.communicate()


async def add_video(database: Database, storage: FolderStorage, clip: str) -> uuid.UUID:
    async with database.write() as session:
        owner = await add_person(session, f"owner{uuid.uuid4().hex[:8]}")
        asset = await media.create_asset(session, owner.id, original_filename=f"{clip}.mp4")
    key = f"{asset.folder}/source/upload"
    path = make_clip(clip)
    await storage.put_file(key, path)
    size = await storage.size(key)
    async with database.write() as session:
        await media.mark_uploaded(session, asset.id, source_key=key, file_size_bytes=size or 0)
        await service.start_processing(session, asset.id)
    return asset.id


async def the_assets(database: Database, ids: list[uuid.UUID]) -> list[Asset]:
    async with database.read() as session:
        found = await media_queries.find_assets(session, ids)
    return [found[asset_id] for asset_id in ids]


async def all_over(database: Database, ids: list[uuid.UUID]) -> None:
    async with asyncio.timeout(90):
        for asset_id in ids:
            unfinished = [asset_id]
            while unfinished:
                await asyncio.sleep(0.1)
                async with database.read() as session:
                    unfinished = list(await queries.list_unfinished_jobs(session, asset_id))


def ffmpegs(folder: Path) -> list[psutil.Process]:
    """Return every ffmpeg that still works on something in the folder."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if process.name().startswith("ffmpeg") and str(folder) in " ".join(process.cmdline()):
                found.append(process)
    return found


async def test_videos_survive_workers_that_are_killed_at_random_moments(
    database: Database, tmp_path: Path, start: StartWorker
) -> None:
    seed = secrets.randbits(32)
    print("seed", seed)  # noqa: T201 -- shown when the test fails
    dice = random.Random(seed)  # noqa: S311 -- it only picks moments
    storage = FolderStorage(tmp_path / "media")
    ids = [await add_video(database, storage, clip) for clip in CLIPS]
    ladders: set[str] = set()
    for _ in range(KILLS):
        worker = await asyncio.to_thread(start)
        await asyncio.sleep(dice.uniform(0.1, 2.5))
        worker.kill()
        await asyncio.to_thread(worker.wait)
        await asyncio.sleep(0.3)
        assert not ffmpegs(tmp_path)
        for asset in await the_assets(database, ids):
            if asset.published_prefix:
                ladders.add(asset.published_prefix)
                # What is published is whole, at any moment.
                published = storage.local_path(asset.published_prefix)
                assert published is not None
                for picture in asset.meta["ladder"]["pictures"]:
                    assert read_track(published / picture).seconds > 1

    await asyncio.to_thread(start)
    await all_over(database, ids)

    assets = await the_assets(database, ids)
    assert [(asset.status, asset.error_code) for asset in assets] == [(AssetStatus.READY, None)] * 2
    # Whatever was ready before a kill was not made again.
    assert ladders <= {asset.published_prefix for asset in assets}
    for asset in assets:
        kept = {asset.published_prefix, *asset.retired_prefixes}
        kept |= {f"{asset.folder}/source", f"{asset.folder}/posters"}
        folders = await storage.list_folders(asset.folder)
        assert {f"{asset.folder}/{name}" for name in folders} <= kept
