"""The picture of an asset: the one that processing made, or the one that somebody chose.

Choosing a frame takes a while, so the choice is noted and the picture follows; whatever is
chosen later wins, in whichever order the pictures come to be.
"""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries
from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.events import AssetChanged
from lumenhall.domains.media.models import Asset, asset_folder
from lumenhall.domains.media.service.removal import demand_own, remove_file
from lumenhall.platform.events import announce


def picture_key(asset_id: uuid.UUID, name: str) -> str:
    """Return where a picture of the asset lies; a new one needs a new name: browsers keep it."""
    return f"{asset_folder(asset_id)}/posters/{name}.jpg"


async def set_automatic_thumbnail(session: AsyncSession, asset_id: uuid.UUID, key: str) -> None:
    """Show the JPEG under `key` for as long as nobody chooses another."""
    asset = await queries.get_asset_for_change(session, asset_id)
    demand_own(asset, key)
    replaced, asset.automatic_thumbnail_key = asset.automatic_thumbnail_key, key
    if replaced == key:
        return
    if asset.thumbnail_key in {None, replaced}:
        asset.thumbnail_key = key
    if replaced:
        await remove_file(session, replaced)
    await _changed(session, asset)


async def set_thumbnail(session: AsyncSession, asset_id: uuid.UUID, key: str) -> None:
    """Show the JPEG under `key`, which somebody chose; what they chose before is removed."""
    asset = await queries.get_asset_for_change(session, asset_id)
    await _show(session, asset, key)


async def reset_thumbnail(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Show the picture again that processing made."""
    asset = await queries.get_asset_for_change(session, asset_id)
    await _show(session, asset, asset.automatic_thumbnail_key)


async def want_frame(session: AsyncSession, asset_id: uuid.UUID, at_ms: int) -> int:
    """Note which frame is to become the picture; return its moment, which is in the video.

    Raises AssetStateConflict while the video can't be played.
    """
    asset = await queries.get_asset_for_change(session, asset_id)
    if not asset.playable:
        raise AssetStateConflict("A frame can be chosen as soon as the video plays.")
    at_ms = max(0, min(at_ms, asset.duration_ms if asset.duration_ms is not None else at_ms))
    asset.wanted_frame_ms = at_ms
    await _changed(session, asset)
    return at_ms


async def show_frame(session: AsyncSession, asset_id: uuid.UUID, at_ms: int, key: str) -> None:
    """Show the frame at `at_ms`; if another picture has been chosen since, remove this one."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.wanted_frame_ms == at_ms:
        await _show(session, asset, key)
    elif asset.thumbnail_key != key:
        await remove_file(session, key)


async def forget_frame(session: AsyncSession, asset_id: uuid.UUID, at_ms: int) -> None:
    """Note that the frame at `at_ms` could not be made a picture: the one before stays."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.wanted_frame_ms == at_ms:
        asset.wanted_frame_ms = None
        await _changed(session, asset)


async def _show(session: AsyncSession, asset: Asset, key: str | None) -> None:
    if key is not None:
        demand_own(asset, key)
    replaced = {asset.thumbnail_key} - {None, key, asset.automatic_thumbnail_key}
    if asset.thumbnail_key == key and not asset.thumbnail_pending:
        return
    asset.thumbnail_key, asset.wanted_frame_ms = key, None
    for old in filter(None, replaced):
        await remove_file(session, old)
    await _changed(session, asset)


async def _changed(session: AsyncSession, asset: Asset) -> None:
    await session.flush()
    await announce(session, AssetChanged(asset.id, asset.owner_id))
