import asyncio
import fcntl
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lumenhall.domains.uploads.errors import DiskFull, UploadBusy
from lumenhall.domains.uploads.service import parts
from lumenhall.domains.uploads.service.parts import Part, open_part, remove_part, take_part


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "uploads" / "one"


async def until(condition: Callable[[], object]) -> None:
    for _ in range(500):
        if condition():
            return
        await asyncio.sleep(0.01)
    pytest.fail("it never came true")


def opened(path: Path, *, create: bool = True) -> Part:
    part = open_part(path, create=create)
    assert part is not None
    return part


def test_there_is_no_part_until_one_is_made(path: Path) -> None:
    assert open_part(path, create=False) is None
    opened(path).close()
    opened(path, create=False).close()


def test_bytes_go_behind_the_end(path: Path) -> None:
    part = opened(path)
    part.append([b"abc"])
    part.append([b"d"])
    assert (part.end, path.read_bytes()) == (4, b"abcd")
    part.close()
    part = opened(path)
    part.append([b"e"])
    part.close()
    assert path.read_bytes() == b"abcde"


def test_what_lies_behind_the_true_end_is_cut_off(path: Path) -> None:
    part = opened(path)
    part.append([b"abcdef"])
    part.cut(2)
    part.append([b"X"])
    part.close()
    assert path.read_bytes() == b"abX"


def test_a_write_that_takes_only_a_part_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.pwritev

    def stingy(handle: int, data: list[memoryview], offset: int) -> int:
        return real(handle, [b"".join(data)[:3]], offset)

    part = opened(path)
    monkeypatch.setattr(os, "pwritev", stingy)
    part.append([b"ab", b"", b"cdef", b"g"])
    part.close()
    assert path.read_bytes() == b"abcdefg"


def test_a_full_disk_keeps_what_fitted(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room, real = 4, os.pwritev

    def small_disk(handle: int, data: list[memoryview], offset: int) -> int:
        if offset >= room:
            raise OSError(28, "No space left on device")
        return real(handle, [b"".join(data)[: room - offset]], offset)

    part = opened(path)
    monkeypatch.setattr(os, "pwritev", small_disk)
    with pytest.raises(DiskFull):
        part.append([b"abcdef"])
    assert (part.end, path.read_bytes()) == (4, b"abcd")
    part.close()


def test_other_failures_of_the_disk_are_not_taken_for_a_full_one(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(handle: int) -> None:
        raise OSError(5, "Input/output error")

    part = opened(path)
    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(OSError, match="Input/output"):
        part.sync()
    part.close()


def test_one_writer_at_a_time(path: Path) -> None:
    part = opened(path)
    with pytest.raises(UploadBusy):
        open_part(path, create=True)
    part.close()
    opened(path).close()


def test_a_file_that_moved_away_is_not_written_to(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened(path).close()
    target = path.with_name("source")
    real_lock = fcntl.flock

    def lock_after_the_move(handle: int, operation: int) -> None:
        if not target.exists():
            path.rename(target)
        real_lock(handle, operation)

    monkeypatch.setattr(fcntl, "flock", lock_after_the_move)
    assert open_part(path, create=False) is None


def test_removing_works_beside_a_writer_and_twice(path: Path) -> None:
    part = opened(path)
    remove_part(path)
    part.append([b"late"])
    part.close()
    remove_part(path)
    assert list(path.parent.iterdir()) == []


async def test_a_busy_writer_is_left_alone_at_once(path: Path) -> None:
    part = opened(path)
    started = time.monotonic()
    with pytest.raises(UploadBusy):
        await take_part(path, create=True)
    assert time.monotonic() - started < 0.5
    assert not part.handover_wanted()
    part.close()


async def test_a_silent_writer_is_asked_to_give_way(path: Path) -> None:
    part = opened(path)
    os.utime(path, (time.time() - 60, time.time() - 60))
    taking = asyncio.create_task(take_part(path, create=True))
    await until(part.handover_wanted)
    part.close()
    taken = await taking
    assert taken is not None
    assert not taken.handover_wanted()
    taken.close()


async def test_a_silent_writer_that_does_not_give_way_keeps_the_lock(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "HANDOVER_SECONDS", 0.2)
    part = opened(path)
    os.utime(path, (time.time() - 60, time.time() - 60))
    with pytest.raises(UploadBusy):
        await take_part(path, create=True)
    part.close()


def test_the_run_of_the_machine_is_known_here() -> None:
    assert parts.machine_run()


HOLDER = """
import sys, time
from pathlib import Path
from lumenhall.domains.uploads.service.parts import open_part
part = open_part(Path(sys.argv[1]), create=True)
print("locked", flush=True)
time.sleep(60)
"""


def test_another_process_holds_its_lock_until_it_dies(path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"locked\n"
        with pytest.raises(UploadBusy):
            open_part(path, create=False)
        holder.kill()
    opened(path).close()
