"""Every SELECT of processing."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from types import SimpleNamespace

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing.models import ProcessingFailure
from lumenhall.platform.jobs.models import UNFINISHED, Job, JobState

ENCODE_QUEUE = "encode"
PREPARE, PREVIEW, ENCODE = "processing.prepare", "processing.preview", "processing.encode"
FRAME, DOWNLOAD = "processing.frame", "processing.download"
TIDY = "processing.tidy"
# What `processing_step` says while nothing is being done for an asset that has begun.
WAITING = "waiting"
_JOBS = (PREPARE, PREVIEW, ENCODE, DOWNLOAD, TIDY)


async def queue_positions(
    session: AsyncSession, assets: Iterable[Asset | SimpleNamespace]
) -> dict[uuid.UUID, int]:
    """Return 1 for the asset that is encoded next, and so on; those not waiting are left out."""
    keys = [str(asset.id) for asset in assets if _is_waiting(asset)]
    if not keys:
        return {}
    place = func.row_number().over(order_by=(Job.priority.desc(), Job.id)).label("place")
    waiting = (
        select(Job.key, place)
        .where(Job.queue == ENCODE_QUEUE, Job.state == JobState.QUEUED)
        .subquery()
    )
    rows = await session.execute(select(waiting).where(waiting.c.key.in_(keys)))
    return {uuid.UUID(row.key): row.place for row in rows}


async def list_waiting_assets(session: AsyncSession, limit: int) -> list[uuid.UUID]:
    """Return the assets that wait to be encoded, next first."""
    statement = (
        select(Job.key)
        .where(Job.queue == ENCODE_QUEUE, Job.state == JobState.QUEUED, Job.key.is_not(None))
        .order_by(Job.priority.desc(), Job.id)
        .limit(limit)
    )
    return [uuid.UUID(key) for key in await session.scalars(statement)]


async def list_unfinished_jobs(session: AsyncSession, asset_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the jobs of an asset that are queued or running."""
    statement = select(Job.id).where(Job.name.in_(_JOBS), Job.key == str(asset_id), UNFINISHED)
    return (await session.scalars(statement)).all()


async def find_unfinished(session: AsyncSession, job_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the jobs that are queued or running."""
    return set(await session.scalars(select(Job.id).where(Job.id.in_(job_ids), UNFINISHED)))


async def list_failures(session: AsyncSession, asset_id: uuid.UUID) -> Sequence[ProcessingFailure]:
    """Return why processing of an asset failed, latest first."""
    statement = (
        select(ProcessingFailure)
        .where(ProcessingFailure.asset_id == asset_id)
        .order_by(ProcessingFailure.created_at.desc(), ProcessingFailure.id.desc())
    )
    return (await session.scalars(statement)).all()


def _is_waiting(asset: Asset | SimpleNamespace) -> bool:
    is_begun = asset.status is AssetStatus.IN_PROGRESS
    return asset.status is AssetStatus.QUEUED or (is_begun and asset.processing_step == WAITING)
