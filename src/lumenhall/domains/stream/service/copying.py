"""Copying a video from an address: a durable job that goes on where it stopped.

The bytes go into an upload like any other, so quotas, limits and what survives a crash are the
same. What differs is who asks for the next bytes: we do, from the byte at which we stand.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.errors import AssetNotFound
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.errors import StreamFieldInvalid, StreamVideoUnknown
from lumenhall.domains.stream.models import StreamOrigin, StreamVideo
from lumenhall.domains.stream.schemas import NewStreamVideo, Shown, VideoFields, read_fields
from lumenhall.domains.stream.service.making import make_video
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.errors import (
    QuotaExceeded,
    UnsupportedFormat,
    UploadGone,
    UploadStalled,
)
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import TooLarge
from lumenhall.platform.jobs import FailedJob
from lumenhall.platform.kit import clock
from lumenhall.platform.outside import (
    AddressRefused,
    Outside,
    OutsideError,
    Reply,
    check_address,
)

COPY = "stream.copy"
_PIECES_AHEAD = 8
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)", re.ASCII)
_OK, _PART, _BEYOND = 200, 206, 416
_LATER = {408, 425, 429, 500, 502, 503, 504}
_REASONS = {
    "source_address_refused": "The address of the video leads where nothing may be copied from.",
    "source_failed": "The site that has the video did not give it.",
    "source_too_slow": "The site that has the video took too long to give it.",
    "source_unreachable": "The site that has the video could not be reached.",
    "file_too_large": "The video is larger than files may be here.",
    "quota_exceeded": "The video does not fit into the uploads of this week.",
    "unsupported_format": "This is not a video of a kind that is accepted here.",
}


class SourceFailed(Exception):
    """The source did not give its bytes; another attempt helps unless it is `permanent`."""

    def __init__(self, code: str, said: str, *, permanent: bool = True) -> None:
        super().__init__(f"{code}: {said}")
        self.code = code
        self.permanent = permanent


class _Source:
    """The pieces of an answer; waiting for the next may be broken off without harm.

    The upload looks up every second when nothing comes, and breaking off a read of the network
    would end the connection. So a task of its own reads, a little ahead.
    """

    def __init__(self, pieces: AsyncIterator[bytes], deadline: datetime) -> None:
        self._pieces = pieces
        self._deadline = deadline
        self._kept = b""
        self._ahead: asyncio.Queue[bytes | Exception | None] = asyncio.Queue(_PIECES_AHEAD)
        self._task = asyncio.create_task(self._run())

    async def read(self) -> bytes | None:
        """Return the next bytes, None after the last; raises SourceFailed or OutsideError."""
        if clock.now() > self._deadline:
            raise SourceFailed("source_too_slow", "the time is over")
        if self._kept:
            kept, self._kept = self._kept, b""
            return kept
        found = await self._ahead.get()
        if isinstance(found, Exception):
            raise found
        return found

    async def skip(self, count: int) -> None:
        """Read past bytes that are here already; what came with the last of them is read next."""
        while count > 0:
            data = await self.read()
            if data is None:
                raise SourceFailed("source_failed", "the file has become shorter")
            self._kept = data[count:]
            count -= len(data)

    async def stop(self) -> None:
        """Read no further."""
        self._task.cancel()
        with suppress(asyncio.CancelledError):
            await self._task

    async def _run(self) -> None:
        try:
            async for piece in self._pieces:
                await self._ahead.put(piece)
        except Exception as error:  # noqa: BLE001 Whoever reads is told, whatever it was.
            await self._ahead.put(error)
        else:
            await self._ahead.put(None)


async def copy_video(
    session: AsyncSession, app: AppContext, actor: Actor, account_id: str, said: dict[str, Any]
) -> Shown:
    """Make a video of a file that lies elsewhere; it is fetched after the answer.

    Raises StreamFieldInvalid, AddressRefused and whatever `make_video` refuses.
    """
    url = said.get("input") or said.get("url")
    if not isinstance(url, str):
        raise StreamFieldInvalid("input is required: the address of the video")
    check_address(url)
    fields = _fields(said, url)
    name = PurePosixPath(unquote(urlsplit(url).path)).name or "untitled"
    new = NewStreamVideo(account_id, StreamOrigin.COPY, fields, name, source_url=url)
    shown = await make_video(session, app, actor, new)
    await jobs.enqueue(session, COPY, uid=shown.video.uid)
    return shown


async def fetch(app: AppContext, uid: str) -> None:
    """Fetch what is missing of a video; raises SourceFailed, or what an upload may be refused for.

    Doing it again after a crash goes on at the byte that is certain to be there.
    """
    async with app.database.read() as session:
        try:
            video, asset = await queries.get_by_uid(session, uid)
        except StreamVideoUnknown:
            return
    if asset.status is not AssetStatus.PENDING_UPLOAD or video.upload_id is None:
        return
    outside = Outside(private=app.settings.stream_allow_private_addresses)
    try:
        await _fetch(app, outside, video, await uploads.look_up(app, video.upload_id))
    except AddressRefused as error:
        raise SourceFailed("source_address_refused", str(error)) from error
    except OutsideError as error:
        raise SourceFailed("source_unreachable", str(error), permanent=False) from error
    except UploadStalled as error:
        raise SourceFailed("source_too_slow", str(error), permanent=False) from error
    except (QuotaExceeded, TooLarge, UnsupportedFormat) as error:
        raise SourceFailed(error.code, str(error)) from error
    except UploadGone:
        # Somebody has deleted the video, or it was refused for what it is.
        return
    finally:
        await outside.close()


async def give_up_copying(session: AsyncSession, failed: FailedJob) -> None:
    """Say in words for people why a video could not be copied."""
    try:
        video, _ = await queries.get_by_uid(session, failed.args["uid"])
        reason = _reason(failed.error)
        # The reason comes first: an upload that is given up is one of its own.
        await media.mark_error(session, video.asset_id, *reason)
        if video.upload_id is not None:
            await uploads.abandon_upload(session, video.upload_id, UploadStatus.CANCELLED)
    except (StreamVideoUnknown, AssetNotFound):
        return


def _reason(error: Exception) -> tuple[str, str]:
    if isinstance(error, EncodingFailed):
        return error.code, error.message
    code = getattr(error, "code", None)
    code = code if code in _REASONS else "source_failed"
    return code, _REASONS[code]


async def _fetch(app: AppContext, outside: Outside, video: StreamVideo, upload: Upload) -> None:
    deadline = video.created_at + timedelta(seconds=app.settings.stream_copy_seconds)
    start = upload.offset_bytes
    headers = {"Accept-Encoding": "identity", "Accept": "*/*"}
    if start:
        headers["Range"] = f"bytes={start}-"
    async with outside.ask("GET", video.source_url or "", headers) as reply:
        whole = _whole(reply, start)
        source = _Source(reply.pieces, deadline)
        try:
            if reply.status == _OK:
                # A site that gives no parts begins at the beginning.
                await source.skip(start)
            await uploads.receive(app, upload.id, Chunk(start, whole), source.read)
        finally:
            await source.stop()
    await uploads.end_here(app, upload.id)


def _whole(reply: Reply, start: int) -> int | None:
    """Return how long the whole file is, None if nobody says; raises SourceFailed."""
    if reply.status == _PART:
        found = _RANGE.fullmatch(reply.headers.get("content-range", ""))
        if found is None or int(found[1]) != start:
            raise SourceFailed("source_failed", "it gave another part than was asked for")
        return None if found[2] == "*" else int(found[2])
    if reply.status == _BEYOND and start:
        raise SourceFailed("source_failed", "the file has changed meanwhile")
    if reply.status != _OK:
        raise SourceFailed(
            "source_failed", f"it answered {reply.status}", permanent=reply.status not in _LATER
        )
    length = reply.headers.get("content-length", "")
    return int(length) if length.isdecimal() else None


def _fields(said: dict[str, Any], url: str) -> VideoFields:
    meta = said.get("meta") or {}
    if not isinstance(meta, dict):
        raise StreamFieldInvalid("meta: an object")
    named = {"name": said["name"]} if isinstance(said.get("name"), str) else {}
    return read_fields({**said, "meta": {**named, **meta, "downloaded-from": url}})
