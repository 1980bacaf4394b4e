"""Every SELECT of media."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import defer

from lumenhall.domains.media.errors import AssetNotFound, TrackNotFound
from lumenhall.domains.media.models import Asset, AssetStatus, RemoteCopy, Track
from lumenhall.domains.media.schemas import AssetView

# How late what is due for a remote copy may be before its job counts as lost.
_OVERDUE_AFTER = timedelta(minutes=1)
_MOST_OVERDUE = 100
# The attributes of an asset that pages show; the others of AssetView are made for each viewer.
ASSET_LOOK = tuple(AssetView.model_fields.keys() - {"queue_position", "thumbnail_url"})


async def get_asset(session: AsyncSession, asset_id: uuid.UUID) -> Asset:
    """Return an asset; raises AssetNotFound."""
    asset = await session.get(Asset, asset_id)
    if asset is None:
        raise AssetNotFound
    return asset


async def get_asset_for_change(session: AsyncSession, asset_id: uuid.UUID) -> Asset:
    """Return an asset as it is now, locked until the end of the transaction."""
    asset = await session.get(Asset, asset_id, populate_existing=True, with_for_update=True)
    if asset is None:
        raise AssetNotFound
    return asset


async def find_assets(
    session: AsyncSession, asset_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Asset]:
    """Return the assets of a page by id, in one statement; unknown ids are left out."""
    if not asset_ids:
        return {}
    found = await session.scalars(select(Asset).where(Asset.id.in_(asset_ids)))
    return {asset.id: asset for asset in found}


async def list_assets(session: AsyncSession, status: AssetStatus) -> Sequence[Asset]:
    """Return all assets in one state, oldest first."""
    statement = select(Asset).where(Asset.status == status).order_by(Asset.created_at, Asset.id)
    return (await session.scalars(statement)).all()


async def list_assets_to_tidy(session: AsyncSession, now: datetime) -> Sequence[Asset]:
    """Return the assets whose replaced outputs nobody reads any more."""
    statement = select(Asset).where(Asset.retired_until < now).with_for_update()
    return (await session.scalars(statement)).all()


async def find_copy_for_change(session: AsyncSession, uid: str) -> RemoteCopy | None:
    """Return what is noted of a video at a provider, locked until the transaction ends.

    Whoever also locks its asset does that afterwards.
    """
    return await session.get(RemoteCopy, uid, populate_existing=True, with_for_update=True)


async def get_copy_for_change(session: AsyncSession, uid: str) -> RemoteCopy:
    """Return the same of a video that we have just made there; raises AssetNotFound."""
    copy = await find_copy_for_change(session, uid)
    if copy is None:
        raise AssetNotFound
    return copy


async def find_copy_of_asset(session: AsyncSession, asset_id: uuid.UUID) -> RemoteCopy | None:
    """Return the remote copy of an asset if it has one, locked until the transaction ends."""
    statement = select(RemoteCopy).where(RemoteCopy.asset_id == asset_id)
    locked = statement.with_for_update().execution_options(populate_existing=True)
    return await session.scalar(locked)


async def list_overdue_copies(session: AsyncSession, now: datetime) -> Sequence[str]:
    """Return the uids of remote copies for which something should have been done by now."""
    lost = and_(RemoteCopy.asset_id.is_(None), RemoteCopy.look_at.is_(None))
    overdue = RemoteCopy.look_at < now - _OVERDUE_AFTER
    statement = (
        select(RemoteCopy.uid)
        .where(or_(overdue, lost))
        .order_by(RemoteCopy.look_at)
        .limit(_MOST_OVERDUE)
    )
    return (await session.scalars(statement)).all()


async def find_known_ids(session: AsyncSession, asset_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the ids that are assets."""
    return set(await session.scalars(select(Asset.id).where(Asset.id.in_(asset_ids))))


async def list_tracks(session: AsyncSession, asset_id: uuid.UUID) -> Sequence[Track]:
    """Return the caption tracks of an asset without their text, oldest first."""
    statement = (
        select(Track)
        .where(Track.asset_id == asset_id)
        .order_by(Track.created_at, Track.id)
        .options(defer(Track.body, raiseload=True))
    )
    return (await session.scalars(statement)).all()


async def list_tracks_of(session: AsyncSession, asset_ids: Sequence[uuid.UUID]) -> Sequence[Track]:
    """Return the caption tracks of assets with their text, oldest first."""
    if not asset_ids:
        return []
    statement = (
        select(Track).where(Track.asset_id.in_(asset_ids)).order_by(Track.created_at, Track.id)
    )
    return (await session.scalars(statement)).all()


async def get_track(session: AsyncSession, asset_id: uuid.UUID, track_id: uuid.UUID) -> Track:
    """Return a caption track of the asset, with its text; raises TrackNotFound."""
    statement = select(Track).where(Track.id == track_id, Track.asset_id == asset_id)
    track = await session.scalar(statement)
    if track is None:
        raise TrackNotFound
    return track
