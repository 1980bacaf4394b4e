"""Voice notes: small AAC files that every browser plays, with the shape of their sound."""

import asyncio
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.runner import (
    GIB,
    MIB,
    Limits,
    Source,
    open_source,
    run_ffmpeg,
)

LONGEST_SECONDS = 60
PEAKS = 64

_LIMITS = Limits(seconds=30, memory=2 * GIB, file_bytes=8 * MIB)
_RATE = 8000
_LOUDEST = 32768
# A recorder stops a moment late; ffmpeg reads no further than it takes to notice.
_READ_SECONDS = LONGEST_SECONDS + 2


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice note: an AAC file, its length, and `PEAKS` numbers from 0 to 100."""

    data: bytes
    duration_ms: int
    waveform: list[int]


async def make_voice(tools: Tools, data: bytes, folder: Path) -> Voice:
    """Encode a recording anew, without whatever else it holds; raises EncodingFailed.

    What is longer than a voice note may be comes back longer than `LONGEST_SECONDS`. `folder`
    is for scratch files, of which none stays.
    """
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        source, sound, samples = (Path(scratch) / name for name in ("in", "out.m4a", "out.raw"))
        await asyncio.to_thread(source.write_bytes, data)
        with open_source(source) as opened:
            arguments = _arguments(tools, opened, sound, samples)
            await run_ffmpeg(tools, arguments, _LIMITS, sources=[opened])
        heard = await asyncio.to_thread(samples.read_bytes)
        encoded = await asyncio.to_thread(sound.read_bytes)
    if not heard:
        raise EncodingFailed("damaged", "there is no sound")
    duration_ms = len(heard) * 1000 // (2 * _RATE)
    return Voice(encoded, duration_ms, _peaks(heard))


def _arguments(tools: Tools, source: Source, sound: Path, samples: Path) -> list[str]:
    one = ("-map", "0:a:0", "-t", str(_READ_SECONDS), "-map_metadata", "-1", "-ac", "1")
    return [
        *source.arguments(tools),
        *one,
        *("-c:a", "aac", "-b:a", "48k", "-movflags", "+faststart", str(sound)),
        *one,
        *("-ar", str(_RATE), "-c:a", "pcm_s16le", "-f", "s16le", str(samples)),
    ]


def _peaks(heard: bytes) -> list[int]:
    """Return the loudest sample of each part, the loudest of all being 100."""
    samples = struct.unpack(f"<{len(heard) // 2}h", heard[: len(heard) // 2 * 2])
    step = max(1, -(-len(samples) // PEAKS))
    loud = [
        max(map(abs, samples[start : start + step]), default=0)
        for start in range(0, len(samples), step)
    ]
    most = max(*loud, _LOUDEST // 50)
    return [round(100 * peak / most) for peak in loud]
