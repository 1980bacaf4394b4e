"""Runs ffmpeg and ffprobe closed in: no shell, limits on everything, never left behind."""

import asyncio
import contextlib
import os
import signal
import sys
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from lumenhall.domains.processing.encoder import leash
from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed, failure
from lumenhall.domains.processing.encoder.progress import Progress, ProgressReader

MIB = 1024**2
GIB = 1024**3

# What a demuxer may be. Everything that opens further files (playlists, manifests, image
# sequences, lists of parts) is missing on purpose; see the measured attacks in the guide.
FORMATS = "mov,matroska,webm,avi,mpegts,mpeg,flv,asf,ogg"
MAX_STREAMS = 64
MAX_PIXELS = 8192 * 4352

_GRACE_SECONDS = 3
_LOG_LINES = 60

OnProgress = Callable[[Progress], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use: wall seconds, bytes of memory, bytes of the largest output file."""

    seconds: float
    memory: int
    file_bytes: int
    nice: int = 0

    @property
    def cpu_seconds(self) -> int:
        """Processor time that no honest run reaches within its wall time."""
        return int(self.seconds * (os.cpu_count() or 1)) + 10


def encoding_limits(
    duration: float | None, size: int, *, least_seconds: int, nice: int = 0
) -> Limits:
    """Return limits for a run over a whole source of `duration` seconds and `size` bytes.

    Measured on two busy cores the ladder needs about twice the length of the video; slow
    machines get ten times the length on top of `least_seconds`.
    """
    length = duration or 0
    return Limits(
        seconds=least_seconds + 10 * length,
        # The ladder maps 2.1 GiB on two cores, and every core adds threads and their frames.
        memory=4 * GIB + (os.cpu_count() or 1) * 256 * MIB,
        file_bytes=256 * MIB + 2 * size + int(length) * MIB,
        nice=nice,
    )


GLANCE = Limits(seconds=60, memory=GIB, file_bytes=64 * MIB)


@dataclass(frozen=True, slots=True)
class Source:
    """A file opened for ffmpeg, which gets the open handle and never a name to open."""

    path: Path
    handle: int

    def arguments(self, tools: Tools) -> list[str]:
        """Return the input options and the input itself."""
        closed = ["-format_whitelist", FORMATS, "-max_streams", str(MAX_STREAMS)]
        closed += ["-max_pixels", str(MAX_PIXELS)]
        if tools.reads_handles:
            return ["-protocol_whitelist", "fd", *closed, "-fd", str(self.handle), "-i", "fd:"]
        return ["-protocol_whitelist", "file", *closed, "-i", f"file:{self.path.absolute()}"]


@contextmanager
def open_source(path: Path) -> Iterator[Source]:
    """Open a file for one run; raise EncodingFailed when it is gone.

    Each run needs its own: the position in an open file is shared with the child.
    """
    try:
        handle = os.open(path, os.O_RDONLY)
    except OSError as error:
        raise EncodingFailed("source_missing", str(error)) from error
    try:
        yield Source(path, handle)
    finally:
        os.close(handle)


async def run_ffmpeg(
    tools: Tools,
    arguments: Sequence[str],
    limits: Limits,
    *,
    sources: Sequence[Source],
    duration: float | None = None,
    on_progress: OnProgress | None = None,
) -> float:
    """Run ffmpeg to its end and return the seconds of output it made.

    `arguments` come after the global ones. Raises EncodingFailed. Cancelling the task, like
    running out of time, ends ffmpeg before this returns.
    """
    reader = ProgressReader(duration, asyncio.get_running_loop().time)
    command = [str(tools.ffmpeg), "-nostdin", "-hide_banner", "-v", "error", "-y", *arguments]
    async with _running(command, limits, sources) as output:
        async for line in output:
            progress = reader.feed(line.decode(errors="replace"))
            if progress and on_progress:
                await on_progress(progress)
    return reader.out_seconds


async def run_ffprobe(
    tools: Tools, arguments: Sequence[str], limits: Limits, *, source: Source, most: int = 16 * MIB
) -> bytes:
    """Run ffprobe over a source and return what it printed, at most `most` bytes."""
    command = [str(tools.ffprobe), "-v", "error", *arguments, *source.arguments(tools)]
    printed = bytearray()
    async with _running(command, limits, [source]) as output:
        while chunk := await output.read(64 * 1024):
            printed += chunk
            if len(printed) > most:
                raise EncodingFailed("too_many_streams", "ffprobe prints without end")
    return bytes(printed)


@asynccontextmanager
async def _running(
    command: list[str], limits: Limits, sources: Sequence[Source]
) -> AsyncIterator[asyncio.StreamReader]:
    """Start a command on the leash and give what it prints.

    Leaving the block waits for its end; leaving it by an error, or too late, ends it.
    """
    numbers = [limits.memory, limits.cpu_seconds, limits.file_bytes, limits.nice]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-S", leash.__file__, str(os.getpid())),
        *(str(number) for number in numbers),
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
        pass_fds=[source.handle for source in sources],
        start_new_session=True,
        env={"LC_ALL": "C", "PATH": os.defpath},
    )
    output, errors = process.stdout, process.stderr
    if output is None or errors is None:
        raise EncodingFailed("encoder_failed", "the program started without its pipes")
    log: deque[str] = deque(maxlen=_LOG_LINES)
    listener = asyncio.create_task(_listen(errors, log))
    try:
        async with asyncio.timeout(limits.seconds):
            yield output
            await process.wait()
        await listener
    except TimeoutError as error:
        raise EncodingFailed("timed_out", "\n".join(log)) from error
    finally:
        await _end(process)
        listener.cancel()
    if failed := failure(process.returncode or 0, "\n".join(log)):
        raise failed


async def _listen(errors: asyncio.StreamReader, log: deque[str]) -> None:
    """Keep the last lines of the error output; reading also keeps the pipe from filling up."""
    while chunk := await errors.read(8192):
        log.extend(chunk.decode(errors="replace").splitlines())


async def _end(process: asyncio.subprocess.Process) -> None:
    """End the process and its group if it still runs: politely, then for certain."""
    if process.returncode is not None:
        return
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGTERM)
        try:
            async with asyncio.timeout(_GRACE_SECONDS):
                await asyncio.shield(process.wait())
        except (TimeoutError, asyncio.CancelledError):
            os.killpg(process.pid, signal.SIGKILL)
            await process.wait()
