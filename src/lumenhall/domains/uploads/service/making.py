"""Making uploads and fixing their length."""

import uuid

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor, may_upload
from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import (
    FileTooLarge,
    LengthExceeded,
    TusHeaderInvalid,
    UploadsNotAllowed,
)
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.policy import EXPIRES_AFTER
from lumenhall.domains.uploads.schemas import FILENAME_LENGTH, NewUpload
from lumenhall.domains.uploads.service.parts import machine_run
from lumenhall.domains.uploads.service.quota import check_quota
from lumenhall.domains.uploads.service.room import check_disk
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.text import one_line

# How far ahead of its bytes an upload of unknown length reserves, so that it asks rarely.
GROWTH_BYTES = 64 * 1024 * 1024


async def create_upload(
    session: AsyncSession, app: AppContext, actor: Actor, new: NewUpload
) -> Upload:
    """Make an upload for an asset that waits for one, and reserve its size in the member's week.

    Raises UploadsNotAllowed, FileTooLarge, QuotaExceeded or DiskFull.
    """
    if not may_upload(actor.role, await options.get(session)):
        raise UploadsNotAllowed
    reserved = new.size_bytes or 0
    await _check_file_size(session, reserved)
    await check_quota(session, actor.user_id, reserved)
    await check_disk(session, app, new.asset_id, reserved)
    upload = Upload(
        owner_id=actor.user_id,
        asset_id=new.asset_id,
        purpose=new.purpose,
        filename=one_line(new.filename)[:FILENAME_LENGTH] or "untitled",
        size_bytes=new.size_bytes,
        offset_bytes=0,
        reserved_bytes=reserved,
        metadata_header=new.metadata_header,
        written_on=machine_run(),
        expires_at=clock.now() + EXPIRES_AFTER,
    )
    session.add(upload)
    await session.flush()
    return upload


async def declare_size(
    session: AsyncSession, app: AppContext, upload_id: uuid.UUID, size: int
) -> Upload:
    """Fix the length of an upload that was made without one.

    Raises TusHeaderInvalid when it is known already and another one.
    """
    upload = await queries.get_open(session, upload_id)
    if upload.size_bytes is not None and upload.size_bytes != size:
        raise TusHeaderInvalid("The length of this upload is known already.")
    if upload.size_bytes is None:
        if size < upload.offset_bytes:
            raise LengthExceeded("More bytes are here already than it is said to have.")
        await _reserve(session, app, upload, size)
        upload.size_bytes = upload.reserved_bytes = size
        await session.flush()
    return upload


async def grow_reservation(
    session: AsyncSession, app: AppContext, upload_id: uuid.UUID, end: int
) -> int:
    """Reserve for an upload of unknown length up to `end`, or further where that fits.

    Returns up to which byte it may now grow; raises FileTooLarge, QuotaExceeded or DiskFull.
    """
    upload = await queries.get_open(session, upload_id)
    if end > upload.reserved_bytes:
        quota = await _reserve(session, app, upload, end)
        site = await options.get(session)
        ahead = min(end + GROWTH_BYTES, site.max_file_size_bytes)
        ahead = min(ahead, upload.reserved_bytes + quota)
        await session.execute(
            update(Upload).where(Upload.id == upload_id).values(reserved_bytes=max(ahead, end))
        )
        return max(ahead, end)
    return upload.reserved_bytes


async def _reserve(session: AsyncSession, app: AppContext, upload: Upload, size: int) -> int:
    more = max(size - upload.reserved_bytes, 0)
    await _check_file_size(session, size)
    quota = await check_quota(session, upload.owner_id, more)
    await check_disk(session, app, upload.asset_id, more)
    return quota.remaining_bytes


async def _check_file_size(session: AsyncSession, size: int) -> None:
    largest = (await options.get(session)).max_file_size_bytes
    if size > largest:
        raise FileTooLarge(
            f"It has {size} bytes and files may have {largest}.", max_file_size_bytes=largest
        )
