"""Files in a folder of this machine."""

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.storage.port import CHUNK, check_key

_HIDDEN = ".part-"


class FolderStorage:
    """Every write goes to a hidden file beside its place, is synced, and is then renamed."""

    public_origin: str | None = None

    def __init__(self, root: Path) -> None:
        self._root = root.absolute()

    async def put_bytes(self, key: str, data: bytes) -> None:
        await asyncio.to_thread(_write, self._path(key), data)

    async def put_file(self, key: str, path: Path) -> None:
        await asyncio.to_thread(_copy, path, self._path(key))

    async def move_in(self, path: Path, key: str) -> None:
        await asyncio.to_thread(_move, path, self._path(key))

    async def read_bytes(self, key: str) -> bytes:
        return await asyncio.to_thread(self._path(key).read_bytes)

    async def open_range(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        file = await asyncio.to_thread(self._path(key).open, "rb")
        try:
            await asyncio.to_thread(file.seek, start)
            while start < end:
                chunk = await asyncio.to_thread(file.read, min(CHUNK, end - start))
                if not chunk:
                    return
                start += len(chunk)
                yield chunk
        finally:
            file.close()

    async def size(self, key: str) -> int | None:
        return await asyncio.to_thread(_size, self._path(key))

    async def exists(self, key: str) -> bool:
        return await self.size(key) is not None

    async def delete(self, key: str) -> None:
        await asyncio.to_thread(self._path(key).unlink, missing_ok=True)

    async def delete_prefix(self, prefix: str) -> None:
        await asyncio.to_thread(_remove_tree, self._path(prefix))

    async def list_prefix(self, prefix: str) -> list[str]:
        return await asyncio.to_thread(_list, self._root, self._path(prefix))

    async def list_folders(self, prefix: str) -> list[str]:
        return await asyncio.to_thread(_folders, self._path(prefix))

    def local_path(self, key: str) -> Path | None:
        return self._path(key)

    @asynccontextmanager
    async def as_local_file(self, key: str) -> AsyncIterator[Path]:
        path = self._path(key)
        if not await self.exists(key):
            raise FileNotFoundError(key)
        yield path

    async def presigned_url(
        self, key: str, seconds: int, disposition: str | None = None
    ) -> str | None:
        return None

    def _path(self, key: str) -> Path:
        return self._root / check_key(key)


def _write(path: Path, data: bytes) -> None:
    part = _part_beside(path)
    try:
        part.write_bytes(data)
        _publish(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _copy(source: Path, path: Path) -> None:
    part = _part_beside(path)
    try:
        shutil.copyfile(source, part)
        _publish(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _move(source: Path, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if source.stat().st_dev == path.parent.stat().st_dev:
        _publish(source, path)
    else:
        _copy(source, path)
        source.unlink()


def _part_beside(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.parent / f"{_HIDDEN}{new_id().hex}"


def _publish(part: Path, path: Path) -> None:
    # Content first, then the name: after a power cut the name never leads to half a file.
    _sync(part)
    part.replace(path)
    _sync(path.parent)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None


def _remove_tree(path: Path) -> None:
    with suppress(FileNotFoundError):
        shutil.rmtree(path)


def _list(root: Path, folder: Path) -> list[str]:
    # os.walk passes over folders that somebody deletes in the meantime.
    files = (Path(place, name) for place, _, names in os.walk(folder) for name in names)
    return sorted(
        path.relative_to(root).as_posix() for path in files if not path.name.startswith(_HIDDEN)
    )


def _folders(folder: Path) -> list[str]:
    if not folder.is_dir():
        return []
    return sorted(path.name for path in folder.iterdir() if path.is_dir())
