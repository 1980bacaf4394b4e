"""What stream videos do when something happens to their asset."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media.events import AssetFailed, AssetQueued, AssetReady
from lumenhall.domains.media.holders import holds
from lumenhall.domains.stream import queries, service
from lumenhall.domains.uploads.events import UploadAbandoned
from lumenhall.domains.uploads.models import UploadStatus
from lumenhall.platform.events import subscribe


@holds
async def holds_asset(session: AsyncSession, asset_id: uuid.UUID) -> bool:
    return await queries.find_by_asset(session, asset_id) is not None


@subscribe(AssetQueued)
async def on_asset_queued(session: AsyncSession, event: AssetQueued) -> None:
    if shown := await queries.find_by_asset(session, event.asset_id):
        await service.mark_uploaded(session, shown.video)


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    shown = await queries.find_by_asset(session, event.asset_id)
    if shown and shown.video.thumbnail_pct:
        await service.choose_thumbnail(session, shown)
    if shown:
        await service.tell_end(session, shown)


@subscribe(UploadAbandoned)
async def on_upload_abandoned(session: AsyncSession, event: UploadAbandoned) -> None:
    if event.reason != UploadStatus.CANCELLED or event.asset_id is None:
        return
    if await queries.find_by_asset(session, event.asset_id):
        await service.end_cancelled(session, event.asset_id)


@subscribe(AssetFailed)
async def on_asset_failed(session: AsyncSession, event: AssetFailed) -> None:
    if shown := await queries.find_by_asset(session, event.asset_id):
        await service.tell_end(session, shown)
