"""ffmpeg is closed in, limited, and never left behind."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from lumenhall.domains.processing.encoder import leash
from lumenhall.domains.processing.encoder.binaries import Tools, find_tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.progress import Progress
from lumenhall.domains.processing.encoder.runner import (
    GIB,
    MIB,
    Limits,
    open_source,
    run_ffmpeg,
    run_ffprobe,
)
from tests.factories.clips import make_clip
from tests.factories.processes import ffmpegs

ENDLESS = ["-re", "-f", "lavfi", "-i", "testsrc2", "-progress", "pipe:1", "-f", "null", "-"]
ROOMY = Limits(seconds=60, memory=4 * GIB, file_bytes=GIB)


async def started(parent: psutil.Process | None = None) -> psutil.Process:
    async with asyncio.timeout(30):
        while not (found := ffmpegs(parent)):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
    return found[0]


async def test_cancelling_ends_ffmpeg_before_it_returns(tools: Tools) -> None:
    run = asyncio.create_task(run_ffmpeg(tools, ENDLESS, ROOMY, sources=[]))
    process = await started()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run

    assert not process.is_running()


async def test_ffmpeg_that_ignores_the_polite_signal_is_killed(tools: Tools) -> None:
    run = asyncio.create_task(run_ffmpeg(tools, ENDLESS, ROOMY, sources=[]))
    process = await started()
    process.suspend()
    run.cancel()
    with pytest.raises(asyncio.CancelledError):
        await run

    assert not process.is_running()


async def test_running_out_of_time_ends_ffmpeg(tools: Tools) -> None:
    with pytest.raises(EncodingFailed) as caught:
        await run_ffmpeg(tools, ENDLESS, Limits(0.3, 4 * GIB, GIB), sources=[])

    assert caught.value.code == "timed_out"
    assert not ffmpegs()


async def test_an_error_while_progress_is_told_ends_ffmpeg(tools: Tools) -> None:
    async def fail(progress: Progress) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        await run_ffmpeg(tools, ENDLESS, ROOMY, sources=[], on_progress=fail)

    assert not ffmpegs()


async def test_output_beyond_the_limit_ends_ffmpeg(tools: Tools, tmp_path: Path) -> None:
    arguments = ["-f", "lavfi", "-i", "testsrc2=size=640x360", "-t", "5", "-f", "rawvideo"]
    with pytest.raises(EncodingFailed) as caught:
        await run_ffmpeg(
            tools, [*arguments, str(tmp_path / "raw")], Limits(60, 4 * GIB, MIB), sources=[]
        )

    assert caught.value.code == "output_too_large"
    assert (tmp_path / "raw").stat().st_size <= MIB


async def test_memory_beyond_the_limit_ends_ffmpeg(tools: Tools) -> None:
    arguments = ["-f", "lavfi", "-i", "testsrc2=size=8192x8192", "-t", "1", "-f", "null", "-"]
    with pytest.raises(EncodingFailed) as caught:
        await run_ffmpeg(tools, arguments, Limits(60, 64 * MIB, GIB), sources=[])

    assert caught.value.code == "out_of_memory"


async def test_a_missing_source_says_so(tools: Tools, tmp_path: Path) -> None:
    with pytest.raises(EncodingFailed) as caught, open_source(tmp_path / "gone.mp4"):
        pass

    assert caught.value.code == "source_missing"


@pytest.mark.parametrize("name", ["dash_manifest", "hls_playlist", "text"])
async def test_a_list_of_other_files_opens_none_of_them(tools: Tools, name: str) -> None:
    with open_source(make_clip(name)) as source, pytest.raises(EncodingFailed):
        await run_ffprobe(tools, ["-show_format"], ROOMY, source=source)
    with open_source(make_clip(name)) as source:
        arguments = [*source.arguments(tools), "-f", "null", "-"]
        with pytest.raises(EncodingFailed):
            await run_ffmpeg(tools, arguments, ROOMY, sources=[source])


async def test_ffmpeg_reaches_no_network(tools: Tools) -> None:
    server = await asyncio.start_server(lambda reader, writer: None, "127.0.0.1", 0)
    address = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/x.mp4"
    async with server:
        with pytest.raises(EncodingFailed) as caught:
            await run_ffmpeg(tools, ["-i", address, "-f", "null", "-"], ROOMY, sources=[])

    assert "Operation not permitted" in caught.value.log


@pytest.fixture
def worker() -> Iterator[subprocess.Popen[str]]:
    """A process that runs ffmpeg as a worker does."""
    program = textwrap.dedent(
        f"""
        import asyncio
        from lumenhall.domains.processing.encoder.binaries import find_tools
        from lumenhall.domains.processing.encoder.runner import Limits, run_ffmpeg

        asyncio.run(run_ffmpeg(find_tools(), {ENDLESS}, Limits(60, 4 << 30, 1 << 30), sources=[]))
        """
    )
    with subprocess.Popen([sys.executable, "-c", program], text=True) as process:
        yield process
        process.kill()


async def test_a_killed_worker_takes_its_ffmpeg_along(worker: subprocess.Popen[str]) -> None:
    ffmpeg = await started(psutil.Process(worker.pid))
    worker.send_signal(signal.SIGKILL)

    _, alive = psutil.wait_procs([ffmpeg], timeout=5)
    assert not alive


async def test_a_worker_that_died_before_the_leash_was_on_starts_nothing() -> None:
    nobody = "1" if os.getppid() != 1 else "2"
    command = [sys.executable, "-I", "-S", leash.__file__, nobody, str(GIB), "60", str(GIB), "0"]
    process = await asyncio.create_subprocess_exec(*command, sys.executable, "-c", "print(1)")

    assert await process.wait() == -signal.SIGKILL


def test_the_operators_ffmpeg_must_pass_the_check(tmp_path: Path) -> None:
    old = tmp_path / "ffmpeg"
    old.write_text("#!/bin/sh\necho ffmpeg version 4.4.2\n")
    old.chmod(0o755)
    with pytest.raises(EncodingFailed) as caught:
        find_tools(old)

    assert caught.value.code == "encoder_missing"
    assert "older" in caught.value.log


def test_an_ffmpeg_on_the_path_that_fails_the_check_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ffmpeg", "ffprobe"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    find_tools.cache_clear()
    try:
        assert find_tools().ffmpeg.parent != tmp_path
    finally:
        find_tools.cache_clear()
