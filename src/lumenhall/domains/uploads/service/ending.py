"""The ends of an upload: whole, or given up. Each happens exactly once."""

import uuid
from typing import Any

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import asset_folder
from lumenhall.domains.processing import service as processing
from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import UploadBusy, UploadGone
from lumenhall.domains.uploads.events import UploadAbandoned, UploadFinished
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.service.parts import (
    Part,
    in_thread,
    no_room_is_disk_full,
    part_path,
    remove_part,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock

# What people read where the video would be. Who cancelled an upload knows.
_FAILURES = {
    UploadStatus.EXPIRED: (
        "upload_expired",
        "The upload was not finished within a day. Please upload it again.",
    ),
    UploadStatus.FAILED: (
        "unsupported_format",
        "This is not a video of a kind that is accepted here.",
    ),
}


def source_key(upload: Upload) -> str:
    """Return where the whole file of an upload lies in the storage."""
    if upload.asset_id is None:
        raise UploadGone("What it was for has been deleted.", reason=UploadStatus.CANCELLED)
    return f"{asset_folder(upload.asset_id)}/source/{upload.id}"


async def finish_upload(app: AppContext, upload: Upload, part: Part | None) -> Upload:
    """Move the whole file into the storage and hand the asset on to processing.

    `part` is None when the file has moved already: a crash in between is made good by doing
    the rest. Raises UploadGone when the upload was given up meanwhile.
    """
    key = source_key(upload)
    if part is not None:
        await _move_in(app, upload, part, key)
    async with app.database.write() as session:
        finished = await _end(
            session,
            upload.id,
            UploadStatus.FINISHED,
            offset_bytes=upload.size_bytes,
            reserved_bytes=upload.size_bytes,
            finished_at=clock.now(),
        )
        if finished is not None and finished.asset_id is not None:
            await media.mark_uploaded(
                session,
                finished.asset_id,
                source_key=key,
                file_size_bytes=finished.offset_bytes,
            )
            await processing.start_processing(session, finished.asset_id)
            await announce(
                session, UploadFinished(finished.id, finished.owner_id, finished.asset_id)
            )
            return finished
    # Somebody else ended it first: either the same way, or there is nobody left to keep it for.
    async with app.database.read() as session:
        try:
            return await queries.get_open(session, upload.id)
        except UploadGone:
            await app.storage.delete(key)
            raise


async def abandon_upload(session: AsyncSession, upload_id: uuid.UUID, status: UploadStatus) -> bool:
    """End an active upload without a file and give back what it reserved.

    Returns False when it had ended already. The part file stays: see `discard_part`.
    """
    upload = await _end(session, upload_id, status, reserved_bytes=0)
    if upload is None:
        return False
    if upload.asset_id is not None and status in _FAILURES:
        await media.mark_error(session, upload.asset_id, *_FAILURES[status])
    await announce(
        session, UploadAbandoned(upload.id, upload.owner_id, upload.asset_id, status.value)
    )
    return True


async def cancel_upload(session: AsyncSession, actor: Actor, upload_id: uuid.UUID) -> None:
    """End a member's own upload; raises UploadNotFound or UploadGone.

    A request that is still sending bytes ends within seconds; the part file is collected.
    """
    await queries.get_owned(session, actor.user_id, upload_id)
    await abandon_upload(session, upload_id, UploadStatus.CANCELLED)


async def cancel_uploads_of_asset(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """End whatever upload is under way for an asset that its domain is about to delete.

    Nothing is announced: who deletes the asset is the one who would want to know.
    """
    found = await queries.find_unfinished_of_assets(session, [asset_id])
    for upload in found.values():
        await _end(session, upload.id, UploadStatus.CANCELLED, reserved_bytes=0)


async def discard_part(app: AppContext, upload_id: uuid.UUID) -> None:
    """Delete what has arrived of an upload that was given up."""
    await in_thread(remove_part, part_path(app.settings.temp_folder, upload_id))


async def _move_in(app: AppContext, upload: Upload, part: Part, key: str) -> None:
    try:
        with no_room_is_disk_full():
            await app.storage.move_in(part.path, key)
    except FileNotFoundError as error:
        # Whoever gave the upload up has deleted its file.
        async with app.database.read() as session:
            await queries.get_open(session, upload.id)
        raise UploadBusy from error


async def _end(
    session: AsyncSession, upload_id: uuid.UUID, status: UploadStatus, **values: Any
) -> Upload | None:
    # Only one request finds the upload active, so each end happens once.
    statement = update(Upload).where(Upload.id == upload_id, Upload.status == UploadStatus.ACTIVE)
    if status is UploadStatus.EXPIRED:
        statement = statement.where(Upload.expires_at <= clock.now())
    return await session.scalar(
        statement.values(status=status, **values)
        .returning(Upload)
        .execution_options(populate_existing=True)
    )
