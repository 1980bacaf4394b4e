"""CPU seconds of the whole encoding job against one raw ffmpeg command for the same ladder.

Promised: at most 1.05 times. The job, from its start in the queue, encodes, packages, draws
the storyboard and publishes, with its database and its record of steps; the raw command writes
plain MP4 files with the same encoder settings. Both run in turns, and the cheapest of each counts.
"""

import asyncio
import resource
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from benchmarks.clips import long_clip
from benchmarks.report import Figure, report
from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import jobs as registered
from lumenhall.domains.processing import queries, service
from lumenhall.domains.processing.encoder.binaries import find_tools
from lumenhall.domains.processing.encoder.ladder import LadderPlan, choose_rungs, ladder_arguments
from lumenhall.domains.processing.encoder.probe import Probe, probe_file
from lumenhall.domains.processing.encoder.runner import open_source
from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.jobs.working import working
from lumenhall.platform.realtime import MemoryBus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import FolderStorage
from tests.factories.people import add_person

ROUNDS = 2
HEIGHTS = (1080, 720, 480, 360)
REGISTERED = (registered,)


def main() -> None:
    if len(sys.argv) > 1:
        asyncio.run(_job(Path(sys.argv[1]), Path(sys.argv[2])))
        return
    clip = _twenty_seconds()
    probe = asyncio.run(probe_file(find_tools(), clip, ["mp4"]))
    raw, job = [], []
    for _ in range(ROUNDS):
        raw.append(_cpu_of(_raw_command(clip, probe)))
        with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
            here = [sys.executable, "-m", "benchmarks.ladder_cpu", folder, str(clip)]
            job.append(float(subprocess.check_output(here)))
    figures = [
        Figure("raw ffmpeg command", min(raw), "s"),
        Figure("whole encoding job", min(job), "s"),
        Figure("ratio", min(job) / min(raw), "x", 1.05),
    ]
    report("ladder_cpu", figures)


def _twenty_seconds() -> Path:
    path = Path(tempfile.gettempdir()) / "lumenhall-bench-clips" / "ladder-20s.mp4"
    if not path.exists():
        source = long_clip(1, "mp4_moov_first")
        cut = ["-i", str(source), "-t", "20", "-c", "copy", str(path)]
        subprocess.run([find_tools().ffmpeg, "-v", "error", "-y", *cut], check=True)
    return path


def _raw_command(clip: Path, probe: Probe) -> list[str]:
    """Return our own command without what makes its outputs fit for streaming."""
    plan = LadderPlan(probe, tuple(choose_rungs(probe.video, HEIGHTS)), "veryfast")
    with open_source(clip) as source:
        ours = ladder_arguments(find_tools(), source, plan, Path(tempfile.mkdtemp()))
    arguments = ours[ours.index("-i") + 2 :]
    for option in ("-movflags", "-frag_duration"):
        while option in arguments:
            at = arguments.index(option)
            del arguments[at : at + 2]
    return [str(find_tools().ffmpeg), "-v", "error", "-y", "-i", str(clip), *arguments]


def _cpu_of(command: list[str]) -> float:
    before = _cpu_so_far()
    subprocess.run(command, check=True)
    return _cpu_so_far() - before


def _cpu_so_far() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


async def _job(folder: Path, clip: Path) -> None:
    """Do the whole job on a database and a storage of its own; print the CPU seconds it took."""
    url = f"sqlite:///{folder}/bench.sqlite"
    await asyncio.to_thread(upgrade, url)
    database = Database(url)
    async with MemoryBus() as bus:
        parts = SimpleNamespace(
            settings=Settings(_env_file=None, data_path=folder),
            database=database,
            bus=bus,
            storage=FolderStorage(folder / "media"),
        )
        app = cast("AppContext", parts)
        async with working(app, concurrency={queries.ENCODE_QUEUE: 1}):
            asset_id = await _add(app, clip)
            before = _cpu_so_far()
            async with database.write() as session:
                key = str(asset_id)
                await jobs.enqueue(session, queries.ENCODE, key=key, asset_id=key)
            while True:
                async with database.read() as session:
                    asset = await media_queries.get_asset(session, asset_id)
                if asset.status in {AssetStatus.READY, AssetStatus.ERROR}:
                    break
                await asyncio.sleep(0.2)
            print(_cpu_so_far() - before)
    await database.dispose()
    assert asset.status is AssetStatus.READY, asset.error_message


async def _add(app: AppContext, clip: Path) -> uuid.UUID:
    async with app.database.write() as session:
        owner = await add_person(session)
        asset = await media.create_asset(session, owner.id, original_filename=clip.name)
    key = f"{asset.folder}/source/bench"
    await app.storage.put_file(key, clip)
    async with app.database.write() as session:
        await media.mark_uploaded(session, asset.id, source_key=key, file_size_bytes=1)
    async with service.working(app, asset.id, "bench") as work:
        await service.probe_source(work)
    return asset.id


if __name__ == "__main__":
    main()
