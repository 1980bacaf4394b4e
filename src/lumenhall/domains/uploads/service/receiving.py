"""Taking the bytes of an upload, and saying how many are here.

The order never changes: lock the part file, find the true offset, compare, write, sync,
record, answer. No session of the database is open while bytes flow.
"""

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from lumenhall.domains.processing.encoder.sniff import container_of
from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import (
    ChecksumMismatch,
    DiskFull,
    LengthExceeded,
    OffsetMismatch,
    UnsupportedFormat,
    UploadBusy,
    UploadGone,
)
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.policy import EXPIRES_AFTER
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.domains.uploads.service.ending import (
    abandon_upload,
    discard_part,
    finish_upload,
    source_key,
)
from lumenhall.domains.uploads.service.intake import HEAD_BYTES, Intake, ReadBody
from lumenhall.domains.uploads.service.making import declare_size, grow_reservation
from lumenhall.domains.uploads.service.parts import (
    Part,
    in_thread,
    machine_run,
    part_path,
    take_part,
)
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import AppError
from lumenhall.platform.kit import clock


async def look_up(app: AppContext, upload_id: uuid.UUID) -> Upload:
    """Return an upload with its true offset; one that turns out to be whole is finished.

    While another request writes, the offset is what is certain to be on the disk.
    """
    try:
        async with _part(app, upload_id, create=False) as part:
            return await _settle(app, upload_id, part)
    except UploadBusy:
        async with app.database.read() as session:
            return await queries.get_open(session, upload_id)


async def receive(app: AppContext, upload_id: uuid.UUID, chunk: Chunk, read: ReadBody) -> Upload:
    """Write the bytes of one request behind those that are here; the last ones finish the upload.

    Nothing is read before the request is known to fit. What arrives is kept, also when
    the connection breaks; only bytes that fail their checksum or run over the announced
    length are dropped. Raises UploadBusy while another request writes.
    """
    async with _part(app, upload_id, create=False) as part:
        upload = await _settle(app, upload_id, part)
        if upload.status is UploadStatus.FINISHED or part is not None:
            return await _receive(app, upload, part, chunk, read)
    async with _part(app, upload_id, create=True) as part:
        if part is not None and part.end:
            raise UploadBusy
        return await _receive(app, upload, part, chunk, read)


async def start_over(app: AppContext, upload_id: uuid.UUID) -> None:
    """Throw away what has arrived, for a client that can only send a file as a whole.

    Raises UploadBusy while another request writes, UploadGone when it is over, and
    OffsetMismatch when the file is whole already.
    """
    async with _part(app, upload_id, create=False) as part:
        upload = await _settle(app, upload_id, part)
        if upload.status is UploadStatus.FINISHED:
            raise OffsetMismatch(offset_bytes=upload.offset_bytes)
        if part is not None:
            await in_thread(part.cut, 0)
        await _record(app, upload_id, 0, machine_run())


async def end_here(app: AppContext, upload_id: uuid.UUID) -> Upload:
    """Finish an upload of unknown length with the bytes that are here."""
    async with _part(app, upload_id, create=False) as part:
        upload = await _settle(app, upload_id, part)
        if upload.status is UploadStatus.FINISHED:
            return upload
        async with app.database.write() as session:
            await declare_size(session, app, upload_id, upload.offset_bytes)
        return await _settle(app, upload_id, part)


@asynccontextmanager
async def _part(
    app: AppContext, upload_id: uuid.UUID, *, create: bool
) -> AsyncIterator[Part | None]:
    part = await take_part(part_path(app.settings.temp_folder, upload_id), create=create)
    try:
        yield part
    finally:
        if part is not None:
            await asyncio.shield(in_thread(part.close))


async def _settle(app: AppContext, upload_id: uuid.UUID, part: Part | None) -> Upload:
    """Make file and record agree, and finish what is whole; needs the lock, or no file."""
    async with app.database.read() as session:
        upload = await queries.get_open(session, upload_id)
    if upload.status is UploadStatus.FINISHED:
        return upload
    if part is None and await _has_moved(app, upload):
        return await finish_upload(app, upload, None)
    true_end = _true_end(upload, part)
    if part is not None:
        await in_thread(part.cut, true_end)
    if true_end != upload.offset_bytes:
        upload.offset_bytes = await _keep(app, upload_id, part)
    if part is not None and true_end == upload.size_bytes:
        receiving = _Receiving(app, upload)
        await receiving.look_at(await in_thread(part.head, HEAD_BYTES))
        return await finish_upload(app, upload, part)
    return upload


def _true_end(upload: Upload, part: Part | None) -> int:
    if part is None:
        return 0
    # What was written in this run of the machine is here whatever happened to the process.
    is_same_run = upload.written_on is not None and upload.written_on == machine_run()
    end = part.end if is_same_run else min(part.end, upload.offset_bytes)
    return end if upload.size_bytes is None else min(end, upload.size_bytes)


async def _has_moved(app: AppContext, upload: Upload) -> bool:
    if upload.size_bytes is None:
        return False
    if upload.size_bytes == 0:
        await app.storage.put_bytes(source_key(upload), b"")
        return True
    return await app.storage.size(source_key(upload)) == upload.size_bytes


async def _receive(
    app: AppContext, upload: Upload, part: Part | None, chunk: Chunk, read: ReadBody
) -> Upload:
    if chunk.offset != upload.offset_bytes:
        raise OffsetMismatch(offset_bytes=upload.offset_bytes)
    if chunk.size is not None:
        async with app.database.write() as session:
            upload = await declare_size(session, app, upload.id, chunk.size)
    receiving = _Receiving(app, upload)
    room = await receiving.make_room(chunk.offset + (chunk.content_length or 0))
    if part is None:
        while (data := await read()) is not None:
            await receiving.make_room(chunk.offset + len(data))
        return upload
    digest = hashlib.new(chunk.checksum.algorithm) if chunk.checksum else None
    if digest is not None:
        # After a crash, bytes that were not checked must not count.
        await _record(app, upload.id, part.end, None)
    intake = Intake(part, receiving, room, digest)
    try:
        await intake.take(read)
        if chunk.checksum and digest and digest.digest() != chunk.checksum.digest:
            raise ChecksumMismatch
        await intake.look(0 if part.end == upload.size_bytes else HEAD_BYTES)
    except AppError as error:
        await _after_error(app, upload, intake, error)
        raise
    if part.end == upload.size_bytes:
        return await finish_upload(app, upload, part)
    upload.offset_bytes = await _keep(app, upload.id, part)
    return upload


async def _after_error(app: AppContext, upload: Upload, intake: Intake, error: AppError) -> None:
    """Keep what arrived before an error, or drop it where it can't be trusted."""
    if isinstance(error, UploadGone | UnsupportedFormat):
        return
    if intake.digest is not None or isinstance(error, LengthExceeded):
        await in_thread(intake.part.cut, intake.recorded)
    # On a full disk the database may have no room either; the file's size tells as well.
    with suppress(SQLAlchemyError) if isinstance(error, DiskFull) else nullcontext():
        await _keep(app, upload.id, intake.part)


async def _keep(app: AppContext, upload_id: uuid.UUID, part: Part | None) -> int:
    """Sync what is here, record it and return its end."""
    if part is None:
        await _record(app, upload_id, 0, machine_run())
        return 0
    await in_thread(part.sync)
    await _record(app, upload_id, part.end, machine_run())
    return part.end


async def _record(app: AppContext, upload_id: uuid.UUID, end: int, run: str | None) -> None:
    async with app.database.write() as session:
        found = await session.execute(
            update(Upload)
            .where(Upload.id == upload_id, Upload.status == UploadStatus.ACTIVE)
            .values(offset_bytes=end, written_on=run, expires_at=clock.now() + EXPIRES_AFTER)
            .returning(Upload.id)
        )
        if found.first() is None:
            await queries.get_open(session, upload_id)
            raise UploadBusy


@dataclass(frozen=True, slots=True)
class _Receiving:
    """What the intake of one request asks of the rest (see `intake.Progress`)."""

    app: AppContext
    upload: Upload

    async def make_room(self, end: int) -> int:
        size = self.upload.size_bytes
        if size is not None:
            if end > size:
                raise LengthExceeded
            return size
        async with self.app.database.write() as session:
            return await grow_reservation(session, self.app, self.upload.id, end)

    async def look_at(self, head: bytes) -> None:
        async with self.app.database.read() as session:
            accepted = (await options.get(session)).accepted_video_formats
        # An empty file has no kind; processing says what is wrong with it.
        if not head or container_of(head) in accepted:
            return
        async with self.app.database.write() as session:
            await abandon_upload(session, self.upload.id, UploadStatus.FAILED)
        await discard_part(self.app, self.upload.id)
        raise UnsupportedFormat(f"Accepted are {', '.join(accepted)}.", accepted_formats=accepted)

    async def record(self, end: int) -> None:
        await _record(self.app, self.upload.id, end, machine_run())
