import asyncio
import hashlib
import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typing_extensions import override

from lumenhall.domains.uploads.errors import ClientGone, DiskFull, LengthExceeded, UploadStalled
from lumenhall.domains.uploads.service import intake as module
from lumenhall.domains.uploads.service.intake import HEAD_BYTES, Intake, ReadBody
from lumenhall.domains.uploads.service.parts import Part, open_part, parts_folder


@dataclass
class Record:
    """A progress that remembers, with room up to `most`."""

    most: int = 2**40
    recorded: list[int] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)

    async def make_room(self, end: int) -> int:
        if end > self.most:
            raise LengthExceeded
        return end

    async def look_at(self, head: bytes) -> None:
        self.heads.append(head)

    async def record(self, end: int) -> None:
        self.recorded.append(end)


@pytest.fixture
def part(tmp_path: Path) -> Iterator[Part]:
    part = open_part(parts_folder(tmp_path) / "one", create=True)
    assert part is not None
    yield part
    part.close()


def body(*pieces: bytes | Exception, pause: float = 0.0) -> ReadBody:
    rest = list(pieces)

    async def read() -> bytes | None:
        await asyncio.sleep(pause)
        if not rest:
            return None
        piece = rest.pop(0)
        if isinstance(piece, Exception):
            raise piece
        return piece

    return read


async def until(condition: Callable[[], object]) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came true")


async def silence() -> bytes | None:
    await asyncio.Event().wait()
    return None


@given(pieces=st.lists(st.binary(max_size=50)), batch=st.integers(1, 100))
def test_every_byte_arrives_once_and_in_order(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], batch: int
) -> None:
    part = open_part(tmp_path_factory.mktemp("part") / "one", create=True)
    assert part is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "BATCH_BYTES", batch)
        asyncio.run(Intake(part, Record(), 0).take(body(*pieces)))
    assert part.path.read_bytes() == b"".join(pieces)
    assert part.end == sum(map(len, pieces))
    part.close()


async def test_what_came_before_a_hang_up_is_written(part: Part) -> None:
    with pytest.raises(ClientGone):
        await Intake(part, Record(), 0).take(body(b"abc", b"de", ClientGone()))
    assert part.path.read_bytes() == b"abcde"


async def test_more_than_there_is_room_for_is_not_written(part: Part) -> None:
    with pytest.raises(LengthExceeded):
        await Intake(part, Record(most=4), 4).take(body(b"abcd", b"e"))
    assert part.path.read_bytes() == b"abcd"


async def test_few_bytes_reach_the_disk_soon(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TICK_SECONDS", 0.02)
    rest = [b"abc"]

    async def read() -> bytes | None:
        return rest.pop() if rest else await silence()

    taking = asyncio.create_task(Intake(part, Record(), 0).take(read))
    await until(lambda: part.path.read_bytes() == b"abc")
    taking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await taking


async def test_a_trickle_reaches_the_disk_too(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TICK_SECONDS", 0.05)
    taking = asyncio.create_task(Intake(part, Record(), 0).take(body(*[b"a"] * 50, pause=0.01)))
    await until(lambda: part.path.stat().st_size)
    assert not taking.done()
    await taking


async def test_silence_ends_the_request(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TICK_SECONDS", 0.01)
    monkeypatch.setattr(module, "IDLE_SECONDS", 0.05)
    with pytest.raises(UploadStalled):
        await Intake(part, Record(), 0).take(silence)


async def test_a_silent_request_gives_way_to_another(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TICK_SECONDS", 0.01)
    monkeypatch.setattr(module, "SILENT_SECONDS", 0.02)
    part.path.with_name("one.wanted").touch()
    with pytest.raises(UploadStalled):
        await Intake(part, Record(), 0).take(silence)


async def test_progress_is_recorded_on_the_way(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BATCH_BYTES", 10)
    monkeypatch.setattr(module, "RECORD_BYTES", 40)
    monkeypatch.setattr(module, "SYNC_BYTES", 20)
    record = Record()
    await Intake(part, record, 0).take(body(*[b"0123456789"] * 30, pause=0.005))
    assert record.recorded
    assert record.recorded == sorted(set(record.recorded))
    assert record.recorded[-1] <= 300


async def test_time_alone_is_a_reason_to_record(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_BYTES", 1)
    monkeypatch.setattr(module, "RECORD_SECONDS", 0.0)
    record = Record()
    await Intake(part, record, 0).take(body(*[b"a"] * 20, pause=0.01))
    assert record.recorded


async def test_nothing_is_recorded_before_a_checksum_is_known(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH_BYTES", 10)
    monkeypatch.setattr(module, "RECORD_SECONDS", 0.0)
    record, digest = Record(), hashlib.sha256()
    await Intake(part, record, 0, digest).take(body(*[b"0123456789"] * 30, pause=0.001))
    assert record.recorded == []
    assert digest.digest() == hashlib.sha256(b"0123456789" * 30).digest()


async def test_who_records_can_stop_the_request(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Unwanted(Record):
        @override
        async def record(self, end: int) -> None:
            raise LengthExceeded

    monkeypatch.setattr(module, "BATCH_BYTES", 1)
    monkeypatch.setattr(module, "RECORD_BYTES", 1)
    with pytest.raises(LengthExceeded):
        await Intake(part, Unwanted(), 0).take(body(*[b"a"] * 1000, pause=0.001))
    assert part.end < 1000


async def test_the_first_bytes_are_looked_at_once_they_are_here(part: Part) -> None:
    record = Record()
    await Intake(part, record, 0).take(body(b"a" * (HEAD_BYTES - 1)))
    assert record.heads == []
    await Intake(part, record, 0).take(body(b"b" * module.BATCH_BYTES, b"c"))
    assert record.heads == [b"a" * (HEAD_BYTES - 1) + b"b"]
    await Intake(part, record, 0).take(body(b"d" * module.BATCH_BYTES))
    assert len(record.heads) == 1


async def test_a_full_disk_ends_the_request(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(handle: int, data: list[memoryview], offset: int) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "pwritev", full)
    with pytest.raises(DiskFull):
        await Intake(part, Record(), 0).take(body(b"abc"))
    assert part.end == 0


async def test_a_sync_that_failed_is_not_forgotten(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(os, "fsync", broken)
    monkeypatch.setattr(module, "SYNC_BYTES", 1)
    monkeypatch.setattr(module, "BATCH_BYTES", 1)
    with pytest.raises(OSError, match="Input/output"):
        await Intake(part, Record(), 0).take(body(b"a", b"b"))


async def test_a_request_that_is_cancelled_leaves_no_thread_behind(
    part: Part, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, go_on = threading.Event(), threading.Event()
    real = os.pwritev

    def slow(handle: int, data: list[memoryview], offset: int) -> int:
        writing.set()
        go_on.wait(10)
        return real(handle, data, offset)

    monkeypatch.setattr(os, "pwritev", slow)
    monkeypatch.setattr(module, "BATCH_BYTES", 3)
    taking = asyncio.create_task(Intake(part, Record(), 0).take(body(b"abc", b"de", pause=0.01)))
    await asyncio.to_thread(writing.wait, 10)
    taking.cancel()
    await asyncio.sleep(0.05)
    assert not taking.done()
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await taking
    assert part.path.read_bytes() == b"abc"
