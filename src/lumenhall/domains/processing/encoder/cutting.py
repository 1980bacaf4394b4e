"""A piece of a video as a file of its own, cut to the frame."""

from pathlib import Path

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.runner import Limits, Source, open_source, run_ffmpeg

# What is cut is encoded once more afterwards, so this has to be quick and nearly without loss.
_PICTURE = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "16", "-pix_fmt", "yuv420p")
_SOUND = ("-c:a", "aac", "-b:a", "192k")


def cutting_arguments(
    tools: Tools, source: Source, start: float, seconds: float, target: Path
) -> list[str]:
    """Return the arguments that write `seconds` of a source from `start` on."""
    return [
        *("-ss", f"{start:.3f}", *source.arguments(tools), "-t", f"{seconds:.3f}"),
        *("-map", "0:v:0", "-map", "0:a:0?", "-map_metadata", "-1", "-sn", "-dn"),
        *_PICTURE,
        *_SOUND,
        *("-movflags", "+faststart", "-f", "mp4", str(target)),
    ]


async def cut_piece(
    tools: Tools, path: Path, piece: tuple[float, float], target: Path, limits: Limits
) -> None:
    """Write a piece, its start and its length in seconds, to `target`; raises EncodingFailed."""
    with open_source(path) as source:
        arguments = cutting_arguments(tools, source, *piece, target)
        await run_ffmpeg(tools, arguments, limits, sources=[source])
