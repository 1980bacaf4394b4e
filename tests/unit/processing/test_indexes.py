import struct
from pathlib import Path

import pytest

from lumenhall.domains.processing.encoder.mkv_index import matroska_cut_short
from lumenhall.domains.processing.encoder.mp4_index import read_mp4_index


def box(kind: bytes, *content: bytes) -> bytes:
    body = b"".join(content)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def table(kind: bytes, *numbers: int) -> bytes:
    return box(kind, bytes(4), struct.pack(f">{len(numbers)}I", *numbers))


def movie(chunks: list[int], sizes: list[int], per_chunk: int = 2, descriptions: int = 1) -> bytes:
    tables = [
        table(b"stsd", descriptions),
        table(b"stsc", 1, 1, per_chunk, 1),
        table(b"stco", len(chunks), *chunks),
        table(b"stsz", 0, len(sizes), *sizes),
    ]
    return box(b"moov", box(b"trak", box(b"mdia", box(b"minf", box(b"stbl", *tables)))))


def write(folder: Path, *boxes: bytes) -> Path:
    path = folder / "film.mp4"
    path.write_bytes(b"".join(boxes))
    return path


def test_a_whole_file_is_accepted(tmp_path: Path) -> None:
    path = write(tmp_path, box(b"mdat", bytes(100)), movie([8, 58], [25, 25, 25, 25]))

    assert not read_mp4_index(path).cut_short


def test_a_sample_beyond_the_end_is_found(tmp_path: Path) -> None:
    index = movie([8, 58], [25, 25, 25, 26])
    path = write(tmp_path, index, box(b"mdat", bytes(100)))
    size = path.stat().st_size
    far = movie([8, size - 50], [25, 25, 25, 26])
    path = write(tmp_path, far, box(b"mdat", bytes(100)))

    assert read_mp4_index(path).cut_short


def test_a_box_that_is_not_all_there_is_found(tmp_path: Path) -> None:
    path = write(tmp_path, movie([8], [25, 25]), box(b"mdat", bytes(100))[:-1])

    assert read_mp4_index(path).cut_short


def test_several_descriptions_of_samples_are_counted(tmp_path: Path) -> None:
    path = write(tmp_path, box(b"mdat", bytes(100)), movie([8], [25, 25], descriptions=2))

    assert read_mp4_index(path).descriptions == 2


def test_counts_that_lie_are_cut_to_the_bytes_there_are(tmp_path: Path) -> None:
    index = movie([8, 58], [25, 25, 25, 25])
    lying = index.replace(struct.pack(">II", 0, 4), struct.pack(">II", 0, 0xFFFFFFFF))
    path = write(tmp_path, box(b"mdat", bytes(100)), lying)

    assert not read_mp4_index(path).cut_short


@pytest.mark.parametrize("content", [b"", b"abc", bytes(64), b"\xff" * 64])
def test_nonsense_ends_the_search(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path, box(b"free"), content)

    assert not read_mp4_index(path).cut_short


EBML = b"\x1a\x45\xdf\xa3\x84\x42\x86\x81\x01"
SEGMENT = b"\x18\x53\x80\x67"


@pytest.mark.parametrize(
    ("length", "size", "cut"),
    [
        (b"\x01\x00\x00\x00\x00\x00\x00\x64", len(EBML) + 12 + 100, False),
        (b"\x01\x00\x00\x00\x00\x00\x00\x64", len(EBML) + 12 + 99, True),
        (b"\xe4", len(EBML) + 5 + 100, False),
        (b"\xe4", len(EBML) + 5 + 50, True),
        (b"\x01\xff\xff\xff\xff\xff\xff\xff", 20, False),
        (b"", 13, False),
    ],
)
def test_a_matroska_file_must_be_as_long_as_it_says(length: bytes, size: int, cut: bool) -> None:
    assert matroska_cut_short(EBML + SEGMENT + length, size) is cut


def test_other_elements_say_nothing() -> None:
    assert not matroska_cut_short(b"\x1a\x45\xdf\xa3", 4)
    assert not matroska_cut_short(EBML + b"\xec\x81\x00", 4)
