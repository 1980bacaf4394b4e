"""What processing does when something happens to an asset."""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media.events import (
    AssetDeleted,
    AssetFailed,
    AssetPlayable,
    AssetProgressed,
    AssetQueued,
    AssetReady,
)
from lumenhall.domains.processing import service
from lumenhall.platform.events import subscribe


@subscribe(AssetQueued)
async def on_asset_queued(session: AsyncSession, event: AssetQueued) -> None:
    await service.tell(session, event.asset_id)


@subscribe(AssetProgressed)
async def on_asset_progressed(session: AsyncSession, event: AssetProgressed) -> None:
    await service.tell(session, event.asset_id)


@subscribe(AssetPlayable)
async def on_asset_playable(session: AsyncSession, event: AssetPlayable) -> None:
    await service.tell(session, event.asset_id)


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    await service.tell(session, event.asset_id)


@subscribe(AssetFailed)
async def on_asset_failed(session: AsyncSession, event: AssetFailed) -> None:
    await service.tell(session, event.asset_id)


@subscribe(AssetDeleted)
async def on_asset_deleted(session: AsyncSession, event: AssetDeleted) -> None:
    await service.cancel(session, event.asset_id)
