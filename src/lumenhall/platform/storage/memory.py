"""The twin for tests: files in a dictionary, behaving like a store on another machine."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from lumenhall.platform.storage.port import CHUNK, check_key


class MemoryStorage:
    """Nothing is on the local disk, and presigned addresses name the key and the seconds."""

    public_origin: str | None = "memory://store"

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def put_bytes(self, key: str, data: bytes) -> None:
        self.files[check_key(key)] = data

    async def put_file(self, key: str, path: Path) -> None:
        self.files[check_key(key)] = await asyncio.to_thread(path.read_bytes)

    async def move_in(self, path: Path, key: str) -> None:
        await self.put_file(key, path)
        await asyncio.to_thread(path.unlink)

    async def read_bytes(self, key: str) -> bytes:
        if check_key(key) not in self.files:
            raise FileNotFoundError(key)
        return self.files[key]

    async def open_range(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        data = (await self.read_bytes(key))[start:end]
        for offset in range(0, len(data), CHUNK):
            yield data[offset : offset + CHUNK]

    async def size(self, key: str) -> int | None:
        data = self.files.get(check_key(key))
        return None if data is None else len(data)

    async def exists(self, key: str) -> bool:
        return check_key(key) in self.files

    async def delete(self, key: str) -> None:
        self.files.pop(check_key(key), None)

    async def delete_prefix(self, prefix: str) -> None:
        for key in await self.list_prefix(prefix):
            del self.files[key]

    async def list_prefix(self, prefix: str) -> list[str]:
        below = f"{check_key(prefix)}/"
        return sorted(key for key in self.files if key.startswith(below))

    async def list_folders(self, prefix: str) -> list[str]:
        below = [key.removeprefix(f"{prefix}/") for key in await self.list_prefix(prefix)]
        return sorted({name.partition("/")[0] for name in below if "/" in name})

    def local_path(self, key: str) -> Path | None:
        check_key(key)
        return None

    @asynccontextmanager
    async def as_local_file(self, key: str) -> AsyncIterator[Path]:
        data = await self.read_bytes(key)
        with TemporaryDirectory() as folder:
            path = Path(folder) / Path(key).name
            await asyncio.to_thread(path.write_bytes, data)
            yield path

    async def presigned_url(
        self, key: str, seconds: int, disposition: str | None = None
    ) -> str | None:
        named = f"&disposition={quote(disposition)}" if disposition else ""
        return f"{self.public_origin}/{check_key(key)}?seconds={seconds}{named}"
