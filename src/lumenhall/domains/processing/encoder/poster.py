"""The poster: one frame of the video as a JPEG."""

from pathlib import Path

from lumenhall.domains.processing.encoder import filters
from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.encoder.runner import (
    GIB,
    MIB,
    Limits,
    Source,
    open_source,
    run_ffmpeg,
)

_LIMITS = Limits(seconds=120, memory=3 * GIB, file_bytes=64 * MIB)
_MOST_WIDTH = 1280
_AT_SECONDS = 1.0


def poster_arguments(
    tools: Tools, source: Source, probe: Probe, at: float, target: Path
) -> list[str]:
    """Return the arguments that write the frame at `at` seconds to `target`."""
    chain = [*filters.ordinary(probe.video), f"scale='min({_MOST_WIDTH},iw)':-2"]
    chain += [*filters.tones(probe.video, tools.maps_tones), "format=yuvj420p"]
    return [
        *(["-ss", f"{at:.3f}"] if at else []),
        *source.arguments(tools),
        *("-map", f"0:{probe.video.index}", "-frames:v", "1", "-vf", ",".join(chain)),
        *("-map_metadata", "-1", "-c:v", "mjpeg", "-q:v", "3", "-f", "image2", "-update", "1"),
        str(target),
    ]


async def make_poster(
    tools: Tools, path: Path, probe: Probe, target: Path, at: float | None = None
) -> None:
    """Write the poster to `target`: the frame that shows at `at` seconds, None for a good one."""
    moments = _near_start(probe) if at is None else _showing_at(probe, at)
    for moment in dict.fromkeys(moments):
        try:
            with open_source(path) as source:
                arguments = poster_arguments(tools, source, probe, moment, target)
                await run_ffmpeg(tools, arguments, _LIMITS, sources=[source])
        except EncodingFailed:
            if moment == 0:
                raise
        if _is_made(target):
            return
    raise EncodingFailed("damaged", "no frame could be decoded")


def _near_start(probe: Probe) -> list[float]:
    # The last try is the first frame: some clips have only that one.
    return [min(_AT_SECONDS, (probe.duration or 0) / 2), 0.0]


def _showing_at(probe: Probe, at: float) -> list[float]:
    """Return where to look for the frame that a player shows at `at`.

    ffmpeg gives the first frame that begins at a moment or after it. The one that shows began
    up to a frame's length before, or long before where the picture seldom changes.
    """
    frame = 1 / probe.video.fps if probe.video.fps else 0.0
    return [max(0.0, at - frame * back + 0.001) if at else 0.0 for back in (1, 2, 10, 60, 600)]


def _is_made(target: Path) -> bool:
    return target.exists() and target.stat().st_size > 0
