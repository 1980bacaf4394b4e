"""Files in an S3-compatible store."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import obstore
from obstore.store import S3Store

from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.storage.port import CHUNK, check_key, content_type
from lumenhall.platform.storage.signing import sign_with

PART = 8 * 1024 * 1024
_MOST_PARTS = 9_000
_PARTS_AT_ONCE = 4
_CACHE_CONTROL = "private, max-age=31536000, immutable"
_TIMEOUT = "120s"
_OPTIONS = {"endpoint", "public_endpoint", "region"}


class _PutCancelled(Exception):
    """Raised inside the stream of an upload to make the store's client abort it."""


class S3Storage:
    """A bucket, or a prefix in one.

    The address is `s3://bucket/prefix?endpoint=…&region=…`; credentials come from the usual
    environment. `public_endpoint` is the address browsers reach the store at, where it is not
    the one this machine uses.
    """

    def __init__(self, address: str, temp_folder: Path) -> None:
        url = urlsplit(address)
        options = dict(parse_qsl(url.query))
        if url.scheme != "s3" or not url.hostname or not options.keys() <= _OPTIONS:
            message = f"Not an address of a store: {address}. Write s3://bucket/prefix?endpoint=…"
            raise ValueError(message)
        self._temp_folder = temp_folder
        prefix = url.path.strip("/") or None
        region = options.get("region", "us-east-1")
        endpoint = options.get("endpoint", f"https://s3.{region}.amazonaws.com")
        public = options.get("public_endpoint", endpoint)
        self._store = _store(url.hostname, prefix, region, endpoint)
        self._signer = _store(url.hostname, prefix, region, public)
        where = urlsplit(public)
        self.public_origin: str | None = f"{where.scheme}://{where.netloc}"

    async def put_bytes(self, key: str, data: bytes) -> None:
        await obstore.put_async(
            self._store, check_key(key), data, attributes=_attributes(key), use_multipart=False
        )

    async def put_file(self, key: str, path: Path) -> None:
        size = (await asyncio.to_thread(path.stat)).st_size
        if size <= PART:
            await self.put_bytes(key, await asyncio.to_thread(path.read_bytes))
            return
        cancelled = asyncio.Event()
        put = asyncio.ensure_future(
            obstore.put_async(
                self._store,
                check_key(key),
                _stream(path, cancelled),
                attributes=_attributes(key),
                chunk_size=max(PART, size // _MOST_PARTS),
                max_concurrency=_PARTS_AT_ONCE,
            )
        )
        try:
            await asyncio.shield(put)
        except asyncio.CancelledError:
            # A put that is just dropped leaves its parts in the bucket, unseen and paid for;
            # one whose stream fails is aborted by the client.
            cancelled.set()
            with suppress(Exception):
                await put
            raise

    async def move_in(self, path: Path, key: str) -> None:
        await self.put_file(key, path)
        await asyncio.to_thread(path.unlink)

    async def read_bytes(self, key: str) -> bytes:
        result = await obstore.get_async(self._store, check_key(key))
        return bytes(await result.bytes_async())

    async def open_range(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        if start >= end:
            return
        result = await obstore.get_async(
            self._store, check_key(key), options={"range": (start, end)}
        )
        async for chunk in result.stream(min_chunk_size=CHUNK):
            yield bytes(chunk)

    async def size(self, key: str) -> int | None:
        try:
            return (await obstore.head_async(self._store, check_key(key)))["size"]
        except FileNotFoundError:
            return None

    async def exists(self, key: str) -> bool:
        return await self.size(key) is not None

    async def delete(self, key: str) -> None:
        with suppress(FileNotFoundError):
            await obstore.delete_async(self._store, check_key(key))

    async def delete_prefix(self, prefix: str) -> None:
        if keys := await self.list_prefix(prefix):
            await obstore.delete_async(self._store, keys)

    async def list_prefix(self, prefix: str) -> list[str]:
        found = await obstore.list(self._store, check_key(prefix)).collect_async()
        return sorted(item["path"] for item in found)

    async def list_folders(self, prefix: str) -> list[str]:
        found = await obstore.list_with_delimiter_async(self._store, check_key(prefix))
        return sorted(folder.rsplit("/", 1)[-1] for folder in found["common_prefixes"])

    def local_path(self, key: str) -> Path | None:
        check_key(key)
        return None

    @asynccontextmanager
    async def as_local_file(self, key: str) -> AsyncIterator[Path]:
        path = self._temp_folder / f"fetched-{new_id().hex}{Path(key).suffix}"
        result = await obstore.get_async(self._store, check_key(key))
        await asyncio.to_thread(self._temp_folder.mkdir, parents=True, exist_ok=True)
        try:
            with await asyncio.to_thread(path.open, "wb") as file:
                async for chunk in result.stream(min_chunk_size=PART):
                    await asyncio.to_thread(file.write, chunk)
            yield path
        finally:
            await asyncio.to_thread(path.unlink, missing_ok=True)

    async def presigned_url(
        self, key: str, seconds: int, disposition: str | None = None
    ) -> str | None:
        address = await obstore.sign_async(
            self._signer, "GET", check_key(key), timedelta(seconds=seconds)
        )
        return sign_with(address, "response-content-disposition", disposition or "")


def _store(bucket: str, prefix: str | None, region: str, endpoint: str) -> S3Store:
    return S3Store(
        bucket,
        prefix=prefix,
        config={"region": region, "endpoint": endpoint},
        client_options={"allow_http": endpoint.startswith("http://"), "timeout": _TIMEOUT},
    )


def _attributes(key: str) -> dict[str, str]:
    # Browsers read these objects straight from the store, so it must send the right headers.
    return {"Content-Type": content_type(key), "Cache-Control": _CACHE_CONTROL}


async def _stream(path: Path, cancelled: asyncio.Event) -> AsyncIterator[bytes]:
    with await asyncio.to_thread(path.open, "rb") as file:
        while chunk := await asyncio.to_thread(file.read, PART):
            if cancelled.is_set():
                raise _PutCancelled
            yield chunk
