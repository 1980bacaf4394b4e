"""What processing made: what of it is played, and when what it replaces is removed."""

import uuid
from datetime import timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import life, queries
from lumenhall.domains.media.events import AssetChanged, AssetPlayable, AssetReady
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.service.removal import demand_own, remove_file, remove_folder
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock

# Long enough for whoever is in the middle of what was replaced to come to its end.
RETIRED_FOR = timedelta(hours=3)


async def mark_playable(session: AsyncSession, asset_id: uuid.UUID, prefix: str) -> None:
    """Let players have the instant copy under `prefix`, which may still grow.

    `prefix` holds `master.m3u8` and lies in the folder of the asset. What is published
    already goes first.
    """
    asset = await queries.get_asset_for_change(session, asset_id)
    demand_own(asset, prefix)
    asset.preview_prefix = prefix
    await _now_playable(session, asset)


async def publish_outputs(
    session: AsyncSession,
    asset_id: uuid.UUID,
    prefix: str,
    *,
    has_download: bool = False,
    has_storyboard: bool = False,
    meta: dict[str, Any] | None = None,
) -> None:
    """Let players have the finished outputs under `prefix`: the asset is ready.

    `prefix` holds `master.m3u8`, `manifest.mpd` and what they name, and, if so said,
    `download.mp4` and `storyboard.vtt` with its pictures. Safe to repeat.
    """
    asset = await queries.get_asset_for_change(session, asset_id)
    demand_own(asset, prefix)
    if not life.move(asset.status, AssetStatus.READY):
        return
    _retire(asset, prefix)
    asset.published_prefix, asset.preview_prefix = prefix, None
    asset.has_download, asset.has_storyboard = has_download, has_storyboard
    asset.meta = {**asset.meta, **(meta or {})}
    asset.status = AssetStatus.READY
    asset.processing_progress = 100
    asset.processing_step = asset.eta_seconds = None
    asset.ready_at = clock.now()
    await _now_playable(session, asset)
    await announce(session, AssetReady(asset.id, asset.owner_id))


async def set_allow_download(session: AsyncSession, asset_id: uuid.UUID, allowed: bool) -> None:
    """Let viewers download the video, or no longer."""
    asset = await queries.get_asset_for_change(session, asset_id)
    asset.allow_download = allowed
    await session.flush()
    await announce(session, AssetChanged(asset.id, asset.owner_id))


async def note_download(session: AsyncSession, asset_id: uuid.UUID, prefix: str) -> None:
    """Note that `download.mp4` has been made for the outputs under `prefix`."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.published_prefix == prefix and not asset.has_download:
        asset.has_download = True
        await session.flush()
        await announce(session, AssetChanged(asset.id, asset.owner_id))


async def drop_source(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Remove the source after the commit; the asset can't be processed again then."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.source_key:
        await remove_file(session, asset.source_key)
        asset.source_key = None
        await session.flush()


async def remove_retired(session: AsyncSession) -> None:
    """Remove outputs that were replaced long enough ago."""
    for asset in await queries.list_assets_to_tidy(session, clock.now()):
        for prefix in asset.retired_prefixes:
            await remove_folder(session, prefix)
        asset.retired_prefixes = []
        asset.retired_until = None
    await session.flush()


def _retire(asset: Asset, successor: str) -> None:
    replaced = {asset.preview_prefix, asset.published_prefix, *asset.retired_prefixes}
    asset.retired_prefixes = sorted(filter(None, replaced - {successor}))
    asset.retired_until = clock.now() + RETIRED_FOR if asset.retired_prefixes else None


async def _now_playable(session: AsyncSession, asset: Asset) -> None:
    first_time = asset.playable_at is None
    asset.playable_at = asset.playable_at or clock.now()
    await session.flush()
    if first_time:
        await announce(session, AssetPlayable(asset.id, asset.owner_id))
