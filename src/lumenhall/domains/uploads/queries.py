"""Every SELECT of uploads."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import Select, false, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.uploads.errors import UploadGone, UploadNotFound
from lumenhall.domains.uploads.models import QuotaRefusal, Upload, UploadStatus, UploadWeek
from lumenhall.domains.uploads.policy import Room, made_of, room_for, week_of
from lumenhall.domains.uploads.schemas import Quota, UploadOut, upload_out
from lumenhall.platform import options
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import Page, decode_cursor, encode_cursor


async def get_open(session: AsyncSession, upload_id: uuid.UUID) -> Upload:
    """Return an upload that is active or finished, as the database has it now.

    Raises UploadNotFound, or UploadGone for one that ended without a file or whose time is up.
    """
    upload = await session.get(Upload, upload_id, populate_existing=True)
    if upload is None:
        raise UploadNotFound
    if upload.status is UploadStatus.ACTIVE and upload.expires_at <= clock.now():
        raise UploadGone(reason=UploadStatus.EXPIRED)
    if upload.status not in {UploadStatus.ACTIVE, UploadStatus.FINISHED}:
        raise UploadGone(reason=upload.status)
    return upload


async def get_owned(session: AsyncSession, user_id: uuid.UUID, upload_id: uuid.UUID) -> Upload:
    """Return a member's upload as `get_open` does; UploadNotFound for one of somebody else."""
    owner = await session.scalar(select(Upload.owner_id).where(Upload.id == upload_id))
    if owner != user_id:
        raise UploadNotFound
    return await get_open(session, upload_id)


async def page_unfinished(
    session: AsyncSession, user_id: uuid.UUID, cursor: str | None, limit: int
) -> Page[UploadOut]:
    """Return a member's uploads that can go on, newest first."""
    query = _can_go_on().where(Upload.owner_id == user_id).limit(limit + 1)
    if cursor is not None:
        query = query.where(Upload.id < decode_cursor(cursor, uuid.UUID)[0])
    found = (await session.scalars(query.order_by(Upload.id.desc()))).all()
    return Page[UploadOut](
        items=[upload_out(upload) for upload in found[:limit]],
        next_cursor=encode_cursor(found[limit - 1].id) if len(found) > limit else None,
    )


async def find_unfinished(session: AsyncSession, user_id: uuid.UUID) -> Sequence[Upload]:
    """Return all of a member's uploads that can go on, newest first."""
    query = _can_go_on().where(Upload.owner_id == user_id)
    return (await session.scalars(query.order_by(Upload.id.desc()))).all()


async def find_unfinished_of_assets(
    session: AsyncSession, asset_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Upload]:
    """Return the uploads that can go on, by the asset they are for, in one statement."""
    if not asset_ids:
        return {}
    found = await session.scalars(_can_go_on().where(Upload.asset_id.in_(asset_ids)))
    return {upload.asset_id: upload for upload in found if upload.asset_id is not None}


async def list_active_ids(session: AsyncSession) -> set[uuid.UUID]:
    """Return the ids of all uploads that may still have a part file."""
    found = await session.scalars(select(Upload.id).where(Upload.status == UploadStatus.ACTIVE))
    return set(found)


async def list_expired_ids(session: AsyncSession, limit: int) -> Sequence[uuid.UUID]:
    """Return uploads whose time is up and that nobody has ended yet."""
    found = await session.scalars(
        select(Upload.id)
        .where(Upload.status == UploadStatus.ACTIVE, Upload.expires_at <= clock.now())
        .order_by(Upload.expires_at)
        .limit(limit)
    )
    return found.all()


async def room_promised(session: AsyncSession) -> Room:
    """Return the disk that uploads under way and videos that wait to be encoded still take."""
    with_download = func.coalesce(Asset.allow_download, false())
    uploads = (
        select(
            func.sum(Upload.reserved_bytes),
            func.sum(Upload.reserved_bytes - Upload.offset_bytes),
            with_download,
        )
        .outerjoin(Asset, Asset.id == Upload.asset_id)
        .where(Upload.status == UploadStatus.ACTIVE)
        .group_by(with_download)
    )
    # Of what is made, the share that progress tells of is on the disk already.
    to_make = Asset.file_size_bytes * (100 - Asset.processing_progress) / 100
    encoding = (
        select(func.sum(to_make), Asset.allow_download)
        .where(Asset.status.in_((AssetStatus.QUEUED, AssetStatus.IN_PROGRESS)))
        .group_by(Asset.allow_download)
    )
    room = Room(0, 0, 0)
    for size, arriving, downloads in await session.execute(uploads):
        room += room_for(int(size), max(int(arriving), 0), with_download=downloads)
    for whole, downloads in await session.execute(encoding):
        room += Room(0, 0, made_of(int(whole or 0), with_download=downloads))
    return room


async def offers_download(session: AsyncSession, asset_id: uuid.UUID | None) -> bool:
    """Say whether a file for downloading will be made of an asset."""
    found = select(Asset.allow_download).where(Asset.id == asset_id)
    return bool(await session.scalar(found))


async def get_quota(session: AsyncSession, user_id: uuid.UUID) -> Quota:
    """Return where a member stands in the current week."""
    own_limit = await session.scalar(
        select(User.weekly_upload_limit_bytes).where(User.id == user_id)
    )
    return await _quota(session, user_id, own_limit)


async def get_quota_locked(session: AsyncSession, user_id: uuid.UUID) -> Quota:
    """Do as `get_quota`, and let no other transaction reserve for this member until the end.

    SQLite needs no lock: it has one writer at a time.
    """
    own_limit = await session.scalar(
        select(User.weekly_upload_limit_bytes)
        .where(User.id == user_id)
        .with_for_update(key_share=True)
    )
    return await _quota(session, user_id, own_limit)


async def used_bytes(
    session: AsyncSession, user_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Return what these members used in the current week; who used nothing is left out."""
    week = week_of(clock.now(), await options.get(session))
    rows = await session.execute(
        select(Upload.owner_id, func.sum(Upload.reserved_bytes))
        .where(Upload.owner_id.in_(user_ids), Upload.created_at >= week.starts_at)
        .group_by(Upload.owner_id)
    )
    return {owner_id: int(total) for owner_id, total in rows}


async def is_week_recorded(session: AsyncSession, starts_at: datetime) -> bool:
    """Say whether the reset at `starts_at` has been recorded."""
    return await session.get(UploadWeek, starts_at) is not None


async def list_refused_before(session: AsyncSession, moment: datetime) -> Sequence[uuid.UUID]:
    """Return the members who were last refused an upload before `moment`."""
    found = await session.scalars(
        select(QuotaRefusal.user_id)
        .where(QuotaRefusal.refused_at < moment)
        .order_by(QuotaRefusal.user_id)
    )
    return found.all()


def _can_go_on() -> Select[Upload]:
    return select(Upload).where(
        Upload.status == UploadStatus.ACTIVE, Upload.expires_at > clock.now()
    )


async def _quota(session: AsyncSession, user_id: uuid.UUID, own_limit: int | None) -> Quota:
    site = await options.get(session)
    week = week_of(clock.now(), site)
    used = await session.scalar(
        select(func.coalesce(func.sum(Upload.reserved_bytes), 0)).where(
            Upload.owner_id == user_id, Upload.created_at >= week.starts_at
        )
    )
    limit = site.weekly_upload_limit_bytes if own_limit is None else own_limit
    return Quota(limit, int(cast("int", used)), week.ends_at)
