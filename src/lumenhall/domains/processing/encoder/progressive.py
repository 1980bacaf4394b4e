"""The downloadable MP4: the top rung and the sound in one file, without encoding again."""

from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.runner import (
    GIB,
    MIB,
    Limits,
    Source,
    open_source,
    run_ffmpeg,
)


def progressive_arguments(tools: Tools, sources: Sequence[Source], target: Path) -> list[str]:
    """Return the arguments that join a rung and, if there is one, the sound."""
    arguments: list[str] = []
    for source in sources:
        arguments += source.arguments(tools)
    for number in range(len(sources)):
        arguments += ["-map", str(number)]
    arguments += ["-c", "copy", "-map_metadata", "-1", "-movflags", "+faststart"]
    return [*arguments, "-f", "mp4", str(target)]


async def make_progressive(
    tools: Tools, rung: Path, sound: Path | None, target: Path, *, least_seconds: int
) -> None:
    """Write the joined file to `target`; it may take `least_seconds` and more if it is large."""
    inputs = [rung, sound] if sound else [rung]
    size = sum(path.stat().st_size for path in inputs)
    limits = Limits(least_seconds + size / (4 * MIB), GIB, 2 * size + 64 * MIB)
    with ExitStack() as stack:
        sources = [stack.enter_context(open_source(path)) for path in inputs]
        await run_ffmpeg(
            tools, progressive_arguments(tools, sources, target), limits, sources=sources
        )
