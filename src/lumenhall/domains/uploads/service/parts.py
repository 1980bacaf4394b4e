"""The file that an upload grows in, until it is whole and moves into the storage.

The lock on it is the kernel's (`flock`): it holds across processes and ends with its holder,
so a killed process blocks nobody. Who holds it may write; nobody else does.

After a crash of the process the file's size is the truth, because the kernel still has
every byte that was written. After a crash of the machine only the recorded offset is,
because only that was synced. The two are told apart by the identity of the machine's run.
"""

import asyncio
import errno
import fcntl
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import ParamSpec, TypeVar
from uuid import UUID

from lumenhall.domains.uploads.errors import DiskFull, UploadBusy

SILENT_SECONDS = 2.0
HANDOVER_SECONDS = 3.0
_WRITERS = 8

P = ParamSpec("P")
R = TypeVar("R")

_pool = ThreadPoolExecutor(_WRITERS, thread_name_prefix="upload")


async def in_thread(function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run blocking work on files in threads of its own, so that slow disks hold up no others."""
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_pool, lambda: function(*args, **kwargs))


@lru_cache(maxsize=1)
def machine_run() -> str | None:
    """Return what identifies this run of the machine, None where the system does not tell."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return None


def parts_folder(temp_folder: Path) -> Path:
    """Return the folder of all part files."""
    return temp_folder / "uploads"


def part_path(temp_folder: Path, upload_id: UUID) -> Path:
    """Return where the part file of an upload lies; the name is ours, never the client's."""
    return parts_folder(temp_folder) / str(upload_id)


@contextmanager
def no_room_is_disk_full() -> Iterator[None]:
    """Raise DiskFull where the operating system says that there is no room."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise DiskFull from error
        raise


class Part:
    """An open, locked part file; `end` is where its bytes end. Its methods block."""

    def __init__(self, path: Path, handle: int) -> None:
        self.path = path
        self._handle = handle
        self.end = os.fstat(handle).st_size

    def cut(self, end: int) -> None:
        """Drop everything behind `end`."""
        if end < self.end:
            os.ftruncate(self._handle, end)
        self.end = end

    def append(self, pieces: Sequence[bytes]) -> None:
        """Write behind the end; `end` is right also when this raises DiskFull."""
        rest = [memoryview(piece) for piece in pieces if piece]
        with no_room_is_disk_full():
            while rest:
                count = os.pwritev(self._handle, rest, self.end)
                self.end += count
                while rest and count >= len(rest[0]):
                    count -= len(rest.pop(0))
                if count:
                    rest[0] = rest[0][count:]

    def head(self, count: int) -> bytes:
        """Return the first bytes of the file."""
        return os.pread(self._handle, count, 0)

    def sync(self) -> None:
        """Return when everything written so far is on the disk; raises DiskFull."""
        with no_room_is_disk_full():
            os.fsync(self._handle)

    def handover_wanted(self) -> bool:
        """Say whether somebody else waits for the lock."""
        return _wish(self.path).exists()

    def close(self) -> None:
        """Give up the lock."""
        os.close(self._handle)


def open_part(path: Path, *, create: bool) -> Part | None:
    """Open and lock the part file; None when there is none and none is to be made.

    Raises UploadBusy at once when somebody else has it locked.
    """
    while True:
        handle = _open(path, create=create)
        if handle is None:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(handle)
            raise UploadBusy from None
        # Between opening and locking, the file may have moved into the storage.
        if _is_still(path, handle):
            # A writer counts as busy from its first moment, not from its first byte.
            os.utime(handle)
            _wish(path).unlink(missing_ok=True)
            return Part(path, handle)
        os.close(handle)


async def take_part(path: Path, *, create: bool) -> Part | None:
    """Do as `open_part`, but first ask a writer whose client has fallen silent to give way.

    Such a writer waits on a connection that is dead without knowing it.
    """
    deadline = time.monotonic() + HANDOVER_SECONDS
    while True:
        try:
            return await in_thread(open_part, path, create=create)
        except UploadBusy:
            asked = await in_thread(_ask_if_silent, path)
            if not asked or time.monotonic() > deadline:
                raise
        await asyncio.sleep(0.1)


def remove_part(path: Path) -> None:
    """Delete a part file, also one that is being written to."""
    path.unlink(missing_ok=True)
    _wish(path).unlink(missing_ok=True)


def _open(path: Path, *, create: bool) -> int | None:
    flags = os.O_RDWR | os.O_CLOEXEC
    try:
        return os.open(path, flags)
    except FileNotFoundError:
        if not create:
            return None
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, flags | os.O_CREAT, 0o666)
    # The name must survive a power cut as well as the content.
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return handle


def _is_still(path: Path, handle: int) -> bool:
    try:
        named = path.stat()
    except FileNotFoundError:
        return False
    opened = os.fstat(handle)
    return (named.st_dev, named.st_ino) == (opened.st_dev, opened.st_ino)


def _ask_if_silent(path: Path) -> bool:
    try:
        silence = time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return True
    if silence < SILENT_SECONDS:
        return False
    _wish(path).touch()
    return True


def _wish(path: Path) -> Path:
    return path.with_name(f"{path.name}.wanted")
