"""Bytes that arrive under bad circumstances: hang-ups, kills, two at once, a full disk."""

import asyncio
import errno
import os
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.service import create_asset
from lumenhall.domains.uploads.errors import (
    ClientGone,
    DiskFull,
    OffsetMismatch,
    UploadBusy,
    UploadGone,
    UploadStalled,
)
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import Checksum, Chunk, NewUpload
from lumenhall.domains.uploads.service import (
    ReadBody,
    cancel_upload,
    create_upload,
    discard_part,
    ending,
    intake,
    look_up,
    parts,
    receive,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import FolderStorage
from tests.medium.uploads.conftest import MP4, create, files_in, offset_of, send

SIZE = len(MP4)


@pytest.fixture
async def upload_id(app: AppContext, member: Actor) -> UUID:
    """An upload of MP4 that has no bytes yet."""
    return await make_upload(app, member, SIZE)


async def make_upload(app: AppContext, actor: Actor, size: int | None) -> UUID:
    async with app.database.write() as session:
        asset = await create_asset(session, actor.user_id, original_filename="talk.mp4")
        new = NewUpload(asset.id, "talk.mp4", size)
        return (await create_upload(session, app, actor, new)).id


def body(*pieces: bytes | BaseException | Callable[[], Awaitable[object]]) -> ReadBody:
    """A request's body; what can be called is waited for in between."""
    rest = list(pieces)

    async def read() -> bytes | None:
        while rest:
            piece = rest[0]
            if isinstance(piece, BaseException):
                raise piece
            if not isinstance(piece, bytes):
                await piece()
            rest.pop(0)
            if isinstance(piece, bytes):
                return piece
        return None

    return read


async def row(app: AppContext, upload_id: UUID) -> Upload:
    async with app.database.read() as session:
        return (await session.scalars(select(Upload).where(Upload.id == upload_id))).one()


async def source_of(app: AppContext, upload_id: UUID) -> bytes:
    upload = await row(app, upload_id)
    assert upload.status is UploadStatus.FINISHED
    return await app.storage.read_bytes(ending.source_key(upload))


async def finish(app: AppContext, upload_id: UUID) -> None:
    """Go on as a client does: ask for the offset, send the rest, and compare."""
    start = (await look_up(app, upload_id)).offset_bytes
    await receive(app, upload_id, Chunk(start), body(MP4[start:]))
    assert await source_of(app, upload_id) == MP4


async def test_what_came_before_a_hang_up_is_kept(app: AppContext, upload_id: UUID) -> None:
    with pytest.raises(ClientGone):
        await receive(app, upload_id, Chunk(0), body(MP4[:700], MP4[700:900], ClientGone()))
    assert (await row(app, upload_id)).offset_bytes == 900
    await finish(app, upload_id)


async def test_what_came_before_a_long_silence_is_kept(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_TICK_SECONDS", 0.02)
    monkeypatch.setattr(intake, "IDLE_SECONDS", 0.1)
    with pytest.raises(UploadStalled):
        await receive(app, upload_id, Chunk(0), body(MP4[:700], asyncio.Event().wait))
    assert (await row(app, upload_id)).offset_bytes == 700


async def test_a_hang_up_drops_bytes_that_have_a_checksum(app: AppContext, upload_id: UUID) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:100]))
    chunk = Chunk(100, checksum=Checksum("sha1", b"never known"))
    with pytest.raises(ClientGone):
        await receive(app, upload_id, chunk, body(MP4[100:900], ClientGone()))
    assert (await look_up(app, upload_id)).offset_bytes == 100
    await finish(app, upload_id)


async def test_a_second_writer_is_refused_at_once_and_changes_nothing(
    app: AppContext, upload_id: UUID
) -> None:
    go_on = asyncio.Event()
    first = asyncio.create_task(
        receive(app, upload_id, Chunk(0), body(MP4[:500], go_on.wait, MP4[500:]))
    )
    while not (app.settings.temp_folder / "uploads" / str(upload_id)).exists():  # noqa: ASYNC110
        await asyncio.sleep(0.01)
    started = time.monotonic()
    with pytest.raises(UploadBusy):
        await receive(app, upload_id, Chunk(0), body(b"x" * SIZE))
    assert time.monotonic() - started < 1
    # Who only asks is told what is certain.
    assert (await look_up(app, upload_id)).offset_bytes == 0
    go_on.set()
    await first
    assert await source_of(app, upload_id) == MP4


async def test_a_dead_connection_gives_way_to_its_successor(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "_TICK_SECONDS", 0.05)
    monkeypatch.setattr(intake, "SILENT_SECONDS", 0.1)
    monkeypatch.setattr(parts, "SILENT_SECONDS", 0.1)
    dead = asyncio.create_task(
        receive(app, upload_id, Chunk(0), body(MP4[:500], asyncio.Event().wait))
    )
    await asyncio.sleep(0.3)
    assert (await look_up(app, upload_id)).offset_bytes == 500
    with pytest.raises(UploadStalled):
        await dead
    await finish(app, upload_id)


class Killed(BaseException):
    """Ends a request as a killed process does: nothing more is done."""


async def test_after_a_kill_every_byte_the_system_took_counts(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:300]))
    monkeypatch.setattr(intake, "BATCH_BYTES", 1)
    with pytest.raises(Killed):
        await receive(app, upload_id, Chunk(300), body(MP4[300:700], b"", Killed()))
    assert (await row(app, upload_id)).offset_bytes == 300
    assert (await look_up(app, upload_id)).offset_bytes == 700
    assert (await row(app, upload_id)).offset_bytes == 700
    await finish(app, upload_id)


async def test_after_a_crash_of_the_machine_the_record_is_the_truth(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:300]))
    part = parts.part_path(app.settings.temp_folder, upload_id)
    # What the disk shows behind the record may be anything.
    part.write_bytes(MP4[:300] + b"\x00" * 400)
    monkeypatch.setattr("lumenhall.domains.uploads.service.receiving.machine_run", lambda: "next")
    assert (await look_up(app, upload_id)).offset_bytes == 300
    assert part.stat().st_size == 300
    await finish(app, upload_id)


async def test_bytes_that_were_not_checked_do_not_survive_a_kill(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:300]))
    monkeypatch.setattr(intake, "BATCH_BYTES", 1)
    chunk = Chunk(300, checksum=Checksum("sha1", b"never known"))
    with pytest.raises(Killed):
        await receive(app, upload_id, chunk, body(b"wrong bytes", b"", Killed()))
    assert (await look_up(app, upload_id)).offset_bytes == 300
    await finish(app, upload_id)


@pytest.mark.parametrize("moment", ["before the move", "after the move"])
async def test_a_kill_around_the_last_step_is_made_good(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    real = FolderStorage.move_in

    async def move_and_die(storage: FolderStorage, path: Path, key: str) -> None:
        if moment == "after the move":
            await real(storage, path, key)
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(FolderStorage, "move_in", move_and_die)
        with pytest.raises(Killed):
            await receive(app, upload_id, Chunk(0), body(MP4))
    assert (await row(app, upload_id)).status is UploadStatus.ACTIVE
    assert (await look_up(app, upload_id)).offset_bytes == SIZE
    assert await source_of(app, upload_id) == MP4


async def test_after_that_kill_sending_again_finishes_too(
    app: AppContext, upload_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def die(storage: FolderStorage, path: Path, key: str) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(FolderStorage, "move_in", die)
        with pytest.raises(Killed):
            await receive(app, upload_id, Chunk(0), body(MP4))
    with pytest.raises(OffsetMismatch):
        await receive(app, upload_id, Chunk(0), body(MP4))
    assert await source_of(app, upload_id) == MP4


async def test_many_last_requests_finish_an_upload_once(app: AppContext, upload_id: UUID) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:-1]))
    results = await asyncio.gather(
        *(receive(app, upload_id, Chunk(SIZE - 1), body(MP4[-1:])) for _ in range(6)),
        *(look_up(app, upload_id) for _ in range(6)),
        return_exceptions=True,
    )
    allowed = (Upload, UploadBusy, OffsetMismatch)
    assert [each for each in results if not isinstance(each, allowed)] == []
    assert await source_of(app, upload_id) == MP4


async def test_a_cancelled_upload_is_never_finished(
    app: AppContext, upload_id: UUID, member: Actor
) -> None:
    async def cancel() -> None:
        async with app.database.write() as session:
            await cancel_upload(session, member, upload_id)
        await discard_part(app, upload_id)

    with pytest.raises(UploadGone):
        await receive(app, upload_id, Chunk(0), body(MP4[:500], cancel, MP4[500:]))
    upload = await row(app, upload_id)
    assert upload.status is UploadStatus.CANCELLED
    assert not await app.storage.exists(ending.source_key(upload))


async def test_a_file_that_was_wiped_starts_over(app: AppContext, upload_id: UUID) -> None:
    await receive(app, upload_id, Chunk(0), body(MP4[:500]))
    await discard_part(app, upload_id)
    assert (await look_up(app, upload_id)).offset_bytes == 0
    await finish(app, upload_id)


@contextmanager
def small_disk(room: int) -> Iterator[None]:
    """Let part files grow no further than `room` bytes."""
    real = os.pwritev

    def write(handle: int, data: list[memoryview], offset: int) -> int:
        if offset >= room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(handle, [b"".join(data)[: room - offset]], offset)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "pwritev", write)
        yield


async def test_a_full_disk_keeps_what_came(app: AppContext, upload_id: UUID) -> None:
    with small_disk(800), pytest.raises(DiskFull):
        await receive(app, upload_id, Chunk(0), body(MP4))
    assert (await row(app, upload_id)).offset_bytes == 800
    await finish(app, upload_id)


async def test_a_full_disk_is_told_as_such(client: httpx.AsyncClient) -> None:
    url = await create(client, SIZE)
    with small_disk(800):
        reply = await send(client, url, 0, MP4)
    assert (reply.status_code, reply.json()["code"]) == (507, "disk_full")
    assert await offset_of(client, url) == 800


async def test_no_session_is_open_while_bytes_flow(app: AppContext, upload_id: UUID) -> None:
    pool = app.database.engine.pool

    async def look() -> None:
        assert pool.checkedout() == 0  # type: ignore[attr-defined]
        async with app.database.write() as session:
            await session.execute(update(Upload).values(filename="other"))

    await receive(app, upload_id, Chunk(0), body(MP4[:100], look, MP4[100:]))
    assert (await row(app, upload_id)).filename == "other"


@pytest.mark.parametrize("size", [10, 4000])
async def test_what_is_no_video_is_refused_early(
    client: httpx.AsyncClient, app: AppContext, folder: Path, web: FastAPI, size: int
) -> None:
    url = await create(client, size)
    reply = await send(client, url, 0, b"#!/bin/sh\n" * (size // 10))
    assert (reply.status_code, reply.json()["code"]) == (415, "unsupported_format")
    assert reply.json()["accepted_formats"] == ["mp4", "mov", "avi", "mkv", "webm"]
    assert files_in(folder) == []
    async with app.database.read() as session:
        upload = (await session.scalars(select(Upload))).one()
        asset = (await session.scalars(select(Asset))).one()
    assert (upload.status, upload.reserved_bytes) == (UploadStatus.FAILED, 0)
    assert (asset.status, asset.error_code) == (AssetStatus.ERROR, "unsupported_format")
    assert (await send(client, url, 0, MP4)).status_code == 410


async def test_a_tiny_first_piece_does_not_hide_what_follows(client: httpx.AsyncClient) -> None:
    url = await create(client, 4000)
    assert (await send(client, url, 0, b"#!/b")).status_code == 204
    assert (await send(client, url, 4, b"x" * 2000)).status_code == 415
