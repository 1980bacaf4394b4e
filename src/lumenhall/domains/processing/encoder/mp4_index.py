"""A quick look into the index of an MP4: what it points at must be inside the file.

ffprobe and ffmpeg both accept a file that was cut off and answer success, so we look
ourselves. Every count comes from the file and is checked against the bytes there are.
"""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_MOST_BOXES = 100_000
_MOST_INDEX_BYTES = 64 * 1024**2
_STRUCTURAL = {b"mdat", b"moov", b"moof"}


@dataclass(frozen=True, slots=True)
class Mp4Index:
    """What the index says: data lies beyond the end; sample descriptions of one track at most."""

    cut_short: bool
    descriptions: int = 1


def read_mp4_index(path: Path) -> Mp4Index:
    """Check the boxes and the sample tables of an MP4 or QuickTime file."""
    size = path.stat().st_size
    with path.open("rb") as file:
        index = Mp4Index(cut_short=False)
        for kind, start, end in _top_boxes(file.fileno(), size):
            if end > size and kind in _STRUCTURAL:
                return Mp4Index(cut_short=True)
            if kind == b"moov" and end - start <= _MOST_INDEX_BYTES:
                index = _read_tables(os.pread(file.fileno(), end - start, start), size)
            if index.cut_short:
                break
    return index


def _top_boxes(handle: int, size: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start of content and end of the boxes of a file."""
    at = 0
    for _ in range(_MOST_BOXES):
        head = os.pread(handle, 16, at)
        if len(head) < 8:  # noqa: PLR2004 -- a box begins with four bytes of size, four of kind
            return
        length, kind = struct.unpack_from(">I4s", head)
        start = at + 8
        if length == 1 and len(head) == 16:  # noqa: PLR2004 -- eight more bytes of size
            (length,) = struct.unpack_from(">Q", head, 8)
            start = at + 16
        elif length == 0:
            length = size - at
        if at + length < start:
            return
        yield kind, start, at + length
        at += length


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield kind, start of content and end of the boxes between two places of the index."""
    while start + 8 <= end:
        length, kind = struct.unpack_from(">I4s", data, start)
        if length < 8 or start + length > end:  # noqa: PLR2004
            return
        yield kind, start + 8, start + length
        start += length


def _read_tables(moov: bytes, size: int) -> Mp4Index:
    descriptions = 1
    for kind, start, end in _boxes(moov, 0, len(moov)):
        if kind != b"trak":
            continue
        tables = _tables(moov, start, end)
        if (place := tables.get(b"stsd")) and place[1] - place[0] >= 8:  # noqa: PLR2004
            descriptions = max(descriptions, struct.unpack_from(">I", moov, place[0] + 4)[0])
        if _last_byte(moov, tables) > size:
            return Mp4Index(cut_short=True)
    return Mp4Index(cut_short=False, descriptions=descriptions)


def _tables(moov: bytes, start: int, end: int) -> dict[bytes, tuple[int, int]]:
    """Return where the sample tables of one track lie."""
    for parent in (b"mdia", b"minf", b"stbl"):
        inside = [box for box in _boxes(moov, start, end) if box[0] == parent]
        if not inside:
            return {}
        _, start, end = inside[0]
    return {kind: (begin, stop) for kind, begin, stop in _boxes(moov, start, end)}


def _last_byte(moov: bytes, tables: dict[bytes, tuple[int, int]]) -> int:
    """Return the place in the file after the last sample of the chunk that lies furthest back."""
    if b"co64" in tables:
        offsets = _numbers(moov, tables[b"co64"], 4, "Q")
    else:
        offsets = _numbers(moov, tables.get(b"stco"), 4, "I")
    if not offsets:
        return 0
    furthest = max(offsets)
    first, count = _samples_of_chunk(
        _numbers(moov, tables.get(b"stsc"), 4, "III"), offsets.index(furthest) + 1
    )
    return furthest + _bytes_of_samples(moov, tables.get(b"stsz"), first, count)


def _samples_of_chunk(runs: tuple[int, ...], chunk: int) -> tuple[int, int]:
    """Return the first sample and the number of samples of a chunk, which count from 1."""
    sample, starts, per_chunk = 0, runs[0::3], runs[1::3]
    for number, (start, each) in enumerate(zip(starts, per_chunk, strict=True)):
        following = starts[number + 1] if number + 1 < len(starts) else None
        if following is None or chunk < following:
            return sample + (chunk - start) * each, each
        sample += (following - start) * each
    return 0, 0


def _bytes_of_samples(moov: bytes, place: tuple[int, int] | None, first: int, count: int) -> int:
    if not place or place[1] - place[0] < 12:  # noqa: PLR2004
        return 0
    (same,) = struct.unpack_from(">I", moov, place[0] + 4)
    if same:
        return int(same) * count
    return sum(_numbers(moov, place, 8, "I")[max(first, 0) : first + count])


def _numbers(
    moov: bytes, place: tuple[int, int] | None, count_at: int, row: str
) -> tuple[int, ...]:
    """Return a table as flat numbers, cut to the bytes that are really there."""
    if not place or place[1] - place[0] < count_at + 4:
        return ()
    start = place[0] + count_at + 4
    (count,) = struct.unpack_from(">I", moov, place[0] + count_at)
    count = min(count, (place[1] - start) // struct.calcsize(">" + row))
    return struct.unpack_from(f">{count * len(row)}{row[0]}", moov, start)
