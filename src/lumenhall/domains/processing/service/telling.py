"""Tells open pages how far a video is. Nothing of it is stored: the asset itself says the same."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.processing import queries
from lumenhall.platform.realtime import live

_KIND = "asset.progress"
# Whoever is further back sees the place at the next page load.
_MOST_WAITING = 50


async def tell(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Tell the owner and whoever looks at the asset where it stands, after the commit."""
    asset = await media_queries.get_asset(session, asset_id)
    position = (await queries.queue_positions(session, [asset])).get(asset_id)
    data = {
        "asset_id": str(asset.id),
        "status": asset.status.value,
        "playable": asset.playable,
        "processing_progress": asset.processing_progress,
        "processing_step": asset.processing_step,
        "eta_seconds": asset.eta_seconds,
        "queue_position": position,
    }
    for topic in (live.topic_of(asset.owner_id), f"asset:{asset.id}"):
        live.publish_after_commit(session, topic, _KIND, data)


async def tell_waiting(session: AsyncSession) -> None:
    """Tell everyone who waits in the queue that it has moved."""
    for asset_id in await queries.list_waiting_assets(session, _MOST_WAITING):
        await tell(session, asset_id)
