"""Asking for work: each of these queues a job in the caller's transaction and returns at once."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import queries
from lumenhall.platform import jobs


async def start_processing(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Begin with an asset whose source is in the storage. Safe to repeat while under way."""
    await jobs.enqueue(session, queries.PREPARE, key=str(asset_id), asset_id=str(asset_id))


async def retry(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Process a finished or failed asset again from its kept source.

    Raises AssetStateConflict while it is under way, SourceGone when the source was dropped.
    """
    await media.process_again(session, asset_id)
    await start_processing(session, asset_id)


async def cancel(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """End whatever is under way for an asset; a running ffmpeg ends within seconds."""
    for job_id in await queries.list_unfinished_jobs(session, asset_id):
        await jobs.cancel(session, job_id)


async def choose_frame(session: AsyncSession, asset_id: uuid.UUID, at_seconds: float) -> None:
    """Make the frame that shows at `at_seconds` the picture of the asset, soon.

    Raises AssetStateConflict while the video can't be played.
    """
    at_ms = await media.want_frame(session, asset_id, round(at_seconds * 1000))
    # A job without a key: one that is about to end must not swallow the next choice.
    await jobs.enqueue(session, queries.FRAME, asset_id=str(asset_id), at_ms=at_ms)


async def offer_download(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Make the file for downloading if the owner wants one and there is none."""
    asset = await media_queries.get_asset(session, asset_id)
    if asset.allow_download and not asset.has_download and asset.status is AssetStatus.READY:
        key = str(asset_id)
        await jobs.enqueue(session, queries.DOWNLOAD, key=key, asset_id=key)
