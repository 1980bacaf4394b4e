"""The storyboard: sheets of small pictures for the time bar, and the WebVTT that points at them."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.ladder import SEGMENT_SECONDS
from lumenhall.domains.processing.encoder.runner import (
    GIB,
    MIB,
    Limits,
    Source,
    open_source,
    run_ffmpeg,
)

VTT_FILE = "storyboard.vtt"
_SHEET_PATTERN = "storyboard-%03d.jpg"
_TILE_SIDE = 160
_COLUMNS = _ROWS = 10
_TILES_WANTED, _TILES_AT_MOST = 100, 500
_SECONDS_AT_MOST = 10


@dataclass(frozen=True, slots=True)
class StoryboardPlan:
    """Seconds between pictures, how many there are, and whether keyframes are enough."""

    every: int
    tiles: int
    keyframes_only: bool


def plan_storyboard(duration: float) -> StoryboardPlan:
    """Return about a hundred pictures, at least one every ten seconds of a long video."""
    every = max(1, min(_SECONDS_AT_MOST, math.ceil(duration / _TILES_WANTED)))
    every = max(every, math.ceil(duration / _TILES_AT_MOST))
    keyframes_only = every >= SEGMENT_SECONDS
    if keyframes_only:
        # The rungs have a keyframe at each multiple, and decoding only those is 20 times less.
        every = math.ceil(every / SEGMENT_SECONDS) * SEGMENT_SECONDS
    return StoryboardPlan(every, max(1, math.ceil(duration / every)), keyframes_only)


def storyboard_arguments(
    tools: Tools, source: Source, plan: StoryboardPlan, folder: Path
) -> list[str]:
    """Return the arguments that draw the sheets from a finished rung."""
    side = f"scale=w='if(gte(iw,ih),{_TILE_SIDE},-2)':h='if(gte(iw,ih),-2,{_TILE_SIDE})'"
    chain = [f"fps=1/{plan.every}:round=up", side, f"tile={_COLUMNS}x{_ROWS}", "format=yuvj420p"]
    return [
        *(["-skip_frame", "nokey"] if plan.keyframes_only else []),
        *source.arguments(tools),
        *("-map", "0:v:0", "-vf", ",".join(chain), "-c:v", "mjpeg", "-q:v", "5"),
        *("-f", "image2", "-start_number", "0", str(folder / _SHEET_PATTERN)),
    ]


async def make_storyboard(tools: Tools, rung: Path, duration: float, folder: Path) -> list[str]:
    """Draw the storyboard of a finished rung; return the names of the files, WebVTT first."""
    plan = plan_storyboard(duration)
    limits = Limits(120 + duration, 3 * GIB, 64 * MIB)
    with open_source(rung) as source:
        arguments = storyboard_arguments(tools, source, plan, folder)
        await run_ffmpeg(tools, arguments, limits, sources=[source])
    return _describe(plan, duration, folder)


def _describe(plan: StoryboardPlan, duration: float, folder: Path) -> list[str]:
    """Write the WebVTT of the sheets in the folder; return the names of all files."""
    sheets = sorted(path.name for path in folder.glob("storyboard-*.jpg"))
    with Image.open(folder / sheets[0]) as first:
        tile = first.width // _COLUMNS, first.height // _ROWS
    tiles = min(plan.tiles, len(sheets) * _COLUMNS * _ROWS)
    cues = "\n".join(_cues(tiles, plan.every, duration, tile))
    (folder / VTT_FILE).write_text(f"WEBVTT\n\n{cues}")
    return [VTT_FILE, *sheets]


def _cues(tiles: int, every: int, duration: float, tile: tuple[int, int]) -> Iterator[str]:
    """Yield cues whose address is the bare file name; whoever delivers them puts the path before.

    Players take such addresses as relative to the page, not to the WebVTT.
    """
    width, height = tile
    for number in range(tiles):
        start, end = number * every, min((number + 1) * every, max(duration, 0.001))
        sheet, place = divmod(number, _COLUMNS * _ROWS)
        row, column = divmod(place, _COLUMNS)
        box = f"{column * width},{row * height},{width},{height}"
        name = _SHEET_PATTERN % sheet
        yield f"{_stamp(start)} --> {_stamp(end)}\n{name}#xywh={box}\n"


def _stamp(seconds: float) -> str:
    whole, thousandths = divmod(round(seconds * 1000), 1000)
    minutes, whole = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours:02}:{minutes:02}:{whole:02}.{thousandths:03}"
