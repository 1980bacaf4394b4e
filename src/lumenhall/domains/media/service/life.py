"""An asset from its first byte to ready, or to an error that a person understands."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import life, queries
from lumenhall.domains.media.errors import SourceGone
from lumenhall.domains.media.events import (
    AssetChanged,
    AssetFailed,
    AssetProgressed,
    AssetQueued,
)
from lumenhall.domains.media.models import FILENAME_LENGTH, MESSAGE_LENGTH, Asset, AssetStatus
from lumenhall.platform.events import announce
from lumenhall.platform.kit.text import one_line

# The last percent is for publishing: 100 means ready.
_MOST_UNDER_WAY = 99


@dataclass(frozen=True, slots=True)
class Facts:
    """What a probe found; `width` and `height` as displayed, `meta` in words of the prober."""

    duration_ms: int
    width: int
    height: int
    meta: dict[str, Any] = field(default_factory=dict)


async def create_asset(
    session: AsyncSession,
    owner_id: uuid.UUID,
    *,
    original_filename: str,
    file_size_bytes: int | None = None,
    max_duration_seconds: int | None = None,
) -> Asset:
    """Make an asset whose bytes are still to come; the size may be unknown.

    A source of more than `max_duration_seconds` will end in an error.
    """
    asset = Asset(
        owner_id=owner_id,
        max_duration_seconds=max_duration_seconds,
        original_filename=one_line(original_filename)[-FILENAME_LENGTH:],
        file_size_bytes=file_size_bytes,
    )
    session.add(asset)
    await session.flush()
    return asset


async def mark_uploaded(
    session: AsyncSession, asset_id: uuid.UUID, *, source_key: str, file_size_bytes: int
) -> Asset:
    """Note that all bytes are in the storage: the asset is queued."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if life.move(asset.status, AssetStatus.QUEUED):
        asset.status = AssetStatus.QUEUED
        asset.source_key = source_key
        asset.file_size_bytes = file_size_bytes
        await session.flush()
        await announce(session, AssetQueued(asset.id, asset.owner_id))
    return asset


async def mark_in_progress(session: AsyncSession, asset_id: uuid.UUID, step: str) -> Asset:
    """Note that work begins, or begins again, with `step`; progress counts from zero again."""
    asset = await queries.get_asset_for_change(session, asset_id)
    life.move(asset.status, AssetStatus.IN_PROGRESS)
    asset.status = AssetStatus.IN_PROGRESS
    asset.processing_progress = 0
    asset.processing_step = step
    asset.eta_seconds = None
    await session.flush()
    await announce(session, AssetProgressed(asset.id, asset.owner_id))
    return asset


async def record_progress(
    session: AsyncSession,
    asset_id: uuid.UUID,
    percent: float,
    *,
    step: str,
    eta_seconds: int | None = None,
) -> None:
    """Note how far an attempt is; percent never falls, and a late report changes nothing."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if asset.status is not AssetStatus.IN_PROGRESS:
        return
    percent = min(max(int(percent), asset.processing_progress), _MOST_UNDER_WAY)
    asset.processing_progress = percent
    asset.processing_step = step
    asset.eta_seconds = eta_seconds
    await session.flush()
    await announce(session, AssetProgressed(asset.id, asset.owner_id))


async def record_facts(session: AsyncSession, asset_id: uuid.UUID, facts: Facts) -> None:
    """Note what is known of the source; `meta` is added to what was noted before."""
    asset = await queries.get_asset_for_change(session, asset_id)
    asset.duration_ms = facts.duration_ms
    # Even the shortest video has a second that can be watched.
    asset.duration_seconds = max(1, (facts.duration_ms + 500) // 1000) if facts.duration_ms else 0
    asset.width, asset.height = facts.width, facts.height
    asset.meta = {**asset.meta, **facts.meta}
    await session.flush()
    await announce(session, AssetChanged(asset.id, asset.owner_id))


async def mark_error(session: AsyncSession, asset_id: uuid.UUID, code: str, message: str) -> None:
    """Give up on an asset; `message` is for people. What can be played stays playable."""
    asset = await queries.get_asset_for_change(session, asset_id)
    if not life.move(asset.status, AssetStatus.ERROR):
        return
    asset.status = AssetStatus.ERROR
    asset.error_code = code
    asset.error_message = message[:MESSAGE_LENGTH]
    asset.eta_seconds = None
    await session.flush()
    failed = AssetFailed(asset.id, asset.owner_id, asset.error_code, asset.error_message)
    await announce(session, failed)


async def process_again(session: AsyncSession, asset_id: uuid.UUID) -> Asset:
    """Put a finished or failed asset back into the queue; what is published stays so.

    Raises AssetStateConflict while it is under way, SourceGone when its source was dropped.
    """
    asset = await queries.get_asset_for_change(session, asset_id)
    life.demand_end(asset.status)
    if asset.source_key is None:
        raise SourceGone
    asset.status = AssetStatus.QUEUED
    asset.processing_progress = 0
    asset.processing_step = asset.eta_seconds = None
    asset.error_code = asset.error_message = None
    await session.flush()
    await announce(session, AssetQueued(asset.id, asset.owner_id))
    return asset
