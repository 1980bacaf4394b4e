"""Reads what manifests need from fragmented MP4 files: `ftyp moov sidx (moof mdat)*`.

Such a file holds one track; its sidx names every segment by size and duration, so the same
byte ranges serve HLS and DASH. Only the boxes in front and the heads of the segments are read.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import BinaryIO

_HEAD = struct.Struct(">I4s")
_LARGEST_FRONT_BOX = 16 * 1024 * 1024
_VISUAL_ENTRY = 78
_AUDIO_ENTRY = 28
_EXTENDED_OBJECT_TYPE = 31


class NotFragmented(ValueError):
    """The file is not a single-track fragmented MP4 with an index in front."""


@dataclass(frozen=True, slots=True)
class Format:
    """What an init segment says: `codec` as in RFC 6381; sizes as displayed, 0 for audio."""

    codec: str
    width: int = 0
    height: int = 0
    channels: int = 0

    @property
    def is_video(self) -> bool:
        """Whether there is a picture."""
        return self.width > 0


@dataclass(frozen=True, slots=True)
class Segment:
    """Bytes that decode on their own; `duration` in ticks of the track's time scale."""

    offset: int
    size: int
    duration: int
    samples: int


@dataclass(frozen=True, slots=True)
class Track:
    """One file; the sizes and offsets are bytes."""

    name: str
    format: Format
    timescale: int
    init_size: int
    index_size: int
    segments: tuple[Segment, ...]

    @property
    def seconds(self) -> Fraction:
        """Length of the whole track."""
        return Fraction(sum(part.duration for part in self.segments), self.timescale)

    @property
    def frame_rate(self) -> Fraction:
        """Highest frame rate of any segment."""
        rates = (Fraction(part.samples * self.timescale, part.duration) for part in self.segments)
        return max(rates).limit_denominator(1001)


def read_track(path: Path) -> Track:
    """Read the file at `path`; raises NotFragmented when it has another shape."""
    try:
        with path.open("rb") as file:
            return _read_track(file, path.name)
    except (struct.error, IndexError) as error:
        raise NotFragmented(path.name) from error


def read_format(init: bytes) -> Format:
    """Read an init segment; raises NotFragmented when it has no track we know."""
    moov = _find(init, b"moov")
    entries = _find(moov, b"trak", b"mdia", b"minf", b"stbl", b"stsd")[8:]
    kind, entry = next(_boxes(entries))
    if kind in {b"avc1", b"avc3"}:
        profile = _find(entry[_VISUAL_ENTRY:], b"avcC")[1:4]
        width, height = _displayed(_find(moov, b"trak", b"tkhd"))
        return Format(f"{kind.decode()}.{profile.hex().upper()}", width, height)
    if kind == b"mp4a":
        object_type = _audio_object_type(_find(entry[_AUDIO_ENTRY:], b"esds"))
        return Format(f"mp4a.40.{object_type}", channels=int.from_bytes(entry[16:18], "big"))
    raise NotFragmented(f"A track of the unknown kind {kind!r}.")


def _read_track(file: BinaryIO, name: str) -> Track:
    front = b""
    while True:
        size, kind = _HEAD.unpack(file.read(_HEAD.size))
        if not _HEAD.size <= size <= _LARGEST_FRONT_BOX or kind in {b"moof", b"mdat"}:
            raise NotFragmented(f"{name} has no index in front.")
        body = file.read(size - _HEAD.size)
        if kind == b"sidx":
            break
        front += _HEAD.pack(size, kind) + body
    timescale, first, references = _read_index(body)
    segments = []
    offset = len(front) + size + first
    for length, duration in references:
        file.seek(offset)
        head_size, head_kind = _HEAD.unpack(file.read(_HEAD.size))
        if head_kind != b"moof":
            raise NotFragmented(f"The index of {name} does not lead to segments.")
        samples = _count_samples(file.read(head_size - _HEAD.size))
        segments.append(Segment(offset, length, max(duration, 1), samples))
        offset += length
    if not segments or offset > file.seek(0, 2):
        raise NotFragmented(f"{name} is shorter than its index says.")
    return Track(name, read_format(front), timescale, len(front), size, tuple(segments))


def _read_index(body: bytes) -> tuple[int, int, list[tuple[int, int]]]:
    version = body[0]
    (timescale,) = struct.unpack_from(">I", body, 8)
    (first,) = struct.unpack_from(">Q", body, 20) if version else struct.unpack_from(">I", body, 16)
    start = 28 if version else 20
    (count,) = struct.unpack_from(">H", body, start + 2)
    references = []
    for number in range(count):
        length, duration = struct.unpack_from(">II", body, start + 4 + 12 * number)
        if length >> 31:
            raise NotFragmented("The index leads to more indexes.")
        references.append((length, duration))
    return timescale, first, references


def _count_samples(moof: bytes) -> int:
    return sum(
        int.from_bytes(run[4:8], "big")
        for kind, part in _boxes(moof)
        if kind == b"traf"
        for name, run in _boxes(part)
        if name == b"trun"
    )


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    offset = 0
    while offset + _HEAD.size <= len(data):
        size, kind = _HEAD.unpack_from(data, offset)
        if size < _HEAD.size:
            raise NotFragmented("A box of no size.")
        yield kind, data[offset + _HEAD.size : offset + size]
        offset += size


def _find(data: bytes, *path: bytes) -> bytes:
    for name in path:
        data = next((body for kind, body in _boxes(data) if kind == name), b"")
        if not data:
            raise NotFragmented(f"There is no {name.decode()} box.")
    return data


def _displayed(tkhd: bytes) -> tuple[int, int]:
    # The last fields are a 3x3 matrix and the size, all in fixed-point numbers.
    matrix = struct.unpack(">9i", tkhd[-44:-8])
    width, height = (value / 65536 for value in struct.unpack(">II", tkhd[-8:]))
    turned = matrix[0] == 0 and matrix[4] == 0
    size = (height, width) if turned else (width, height)
    return round(size[0]), round(size[1])


def _audio_object_type(esds: bytes) -> int:
    data, offset = esds[4:], 0
    # ES descriptor (3 bytes of its own), decoder config (13 bytes), then the audio config.
    for own in (3, 13, 0):
        offset += 1
        while data[offset] & 0x80:
            offset += 1
        offset += 1 + own
    kind = data[offset] >> 3
    if kind == _EXTENDED_OBJECT_TYPE:
        return 32 + ((data[offset] & 7) << 3 | data[offset + 1] >> 5)
    return kind
