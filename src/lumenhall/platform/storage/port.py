"""What every place for files promises, and the rules for keys."""

import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path, PurePosixPath
from typing import Protocol

CHUNK = 256 * 1024
_PART = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
_LONGEST_KEY = 500
_CONTENT_TYPES = {
    ".jpg": "image/jpeg",
    ".m3u8": "application/vnd.apple.mpegurl",
    ".m4a": "audio/mp4",
    ".m4s": "video/iso.segment",
    ".mp4": "video/mp4",
    ".mpd": "application/dash+xml",
    ".png": "image/png",
    ".vtt": "text/vtt; charset=utf-8",
    ".webp": "image/webp",
}


class KeyRefused(ValueError):
    """A key that could reach outside its store, or that some store would not take."""


def check_key(key: str) -> str:
    """Return `key` if it is plain names joined by slashes; raise KeyRefused otherwise."""
    if len(key) > _LONGEST_KEY or not all(_PART.fullmatch(part) for part in key.split("/")):
        raise KeyRefused(key)
    return key


def content_type(key: str) -> str:
    """Return the media type that belongs to the suffix of a key."""
    return _CONTENT_TYPES.get(PurePosixPath(key).suffix, "application/octet-stream")


class Storage(Protocol):
    """Files under keys of ours, such as `assets/<id>/<attempt>/v1080.mp4`.

    A key appears whole or not at all. Reading what is not there raises FileNotFoundError,
    deleting it does nothing. A prefix means whole names: `a/1` does not cover `a/10`.
    """

    @property
    def public_origin(self) -> str | None:
        """The other origin (`https://host`) that presigned addresses lead to, if there is one."""
        ...

    async def put_bytes(self, key: str, data: bytes) -> None:
        """Store `data`, replacing what was there."""
        ...

    async def put_file(self, key: str, path: Path) -> None:
        """Store a copy of the file at `path`, replacing what was there."""
        ...

    async def move_in(self, path: Path, key: str) -> None:
        """Store the file at `path` and remove it there; a rename where that is possible."""
        ...

    async def read_bytes(self, key: str) -> bytes:
        """Return the whole content."""
        ...

    def open_range(self, key: str, start: int, end: int) -> AsyncIterator[bytes]:
        """Yield the bytes from `start` up to, not including, `end`."""
        ...

    async def size(self, key: str) -> int | None:
        """Return the size in bytes, or None when there is nothing."""
        ...

    async def exists(self, key: str) -> bool:
        """Say whether there is something under the key."""
        ...

    async def delete(self, key: str) -> None:
        """Remove one key."""
        ...

    async def delete_prefix(self, prefix: str) -> None:
        """Remove everything below `prefix`."""
        ...

    async def list_prefix(self, prefix: str) -> list[str]:
        """Return the keys below `prefix`, sorted."""
        ...

    async def list_folders(self, prefix: str) -> list[str]:
        """Return the names of the folders directly below `prefix`, sorted."""
        ...

    def local_path(self, key: str) -> Path | None:
        """Return where the key or prefix lies on this machine, None if it does not; no I/O."""
        ...

    def as_local_file(self, key: str) -> AbstractAsyncContextManager[Path]:
        """Give a path with the content, fetched for the length of the block if need be."""
        ...

    async def presigned_url(
        self, key: str, seconds: int, disposition: str | None = None
    ) -> str | None:
        """Return an address that reads the key for `seconds`, None where files are local.

        The store sends `disposition` as the Content-Disposition of the file.
        """
        ...
