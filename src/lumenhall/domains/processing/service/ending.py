"""How processing ends when it does not end well, and what is removed afterwards."""

import asyncio
import shutil
import uuid
from collections.abc import Iterable

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.domains.processing import queries
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.models import LOG_LENGTH, ProcessingFailure
from lumenhall.domains.processing.service.work import scratch_root
from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import FailedJob, PermanentJobError
from lumenhall.platform.kit import clock

# Folders of an asset that no attempt at processing has made.
_NOT_OURS = {"source", "posters"}


async def give_up(session: AsyncSession, failed: FailedJob) -> None:
    """Give the asset the reason in words for people, and keep ffmpeg's for the operator."""
    asset_id = uuid.UUID(failed.args["asset_id"])
    asset = (await media_queries.find_assets(session, [asset_id])).get(asset_id)
    if asset is None:
        return
    reason = _reason(failed.error)
    session.add(
        ProcessingFailure(
            asset_id=asset_id,
            job=failed.name,
            attempts=failed.attempts,
            error_code=reason.code,
            log=reason.log[-LOG_LENGTH:],
            created_at=clock.now(),
        )
    )
    if asset.status is not AssetStatus.READY:
        await media.mark_error(session, asset_id, reason.code, reason.message)
    key = str(asset_id)
    await jobs.enqueue(session, queries.TIDY, key=key, asset_id=key)


def _reason(error: Exception) -> EncodingFailed:
    if isinstance(error, EncodingFailed):
        return error
    code = "interrupted" if isinstance(error, PermanentJobError) else "encoder_failed"
    return EncodingFailed(code, repr(error))


async def tidy(app: AppContext, asset_id: uuid.UUID, own_job: uuid.UUID | None = None) -> None:
    """Remove what dead attempts have left of an asset, and scratch files on this machine.

    `own_job` is the job that asks, when its own earlier attempts are among the dead.
    """
    folder = asset_folder(asset_id)
    names = set(await app.storage.list_folders(folder)) - _NOT_OURS
    names -= await _names_in_use(app, names, own_job)
    async with app.database.read() as session:
        # Read after the jobs: what a job has finished meanwhile is published by now.
        asset = (await media_queries.find_assets(session, [asset_id])).get(asset_id)
    names -= _published(asset) if asset else set()
    for name in names:
        await app.storage.delete_prefix(f"{folder}/{name}")
    await _sweep_scratch(app)


async def _sweep_scratch(app: AppContext) -> None:
    root = scratch_root(app)
    if not await asyncio.to_thread(root.is_dir):
        return
    paths = {path.stem: path for path in await asyncio.to_thread(lambda: list(root.iterdir()))}
    for name in paths.keys() - await _names_in_use(app, paths, None):
        if paths[name].is_dir():
            await asyncio.to_thread(shutil.rmtree, paths[name], ignore_errors=True)
        else:
            await asyncio.to_thread(paths[name].unlink, missing_ok=True)


async def _names_in_use(
    app: AppContext, names: Iterable[str], own_job: uuid.UUID | None
) -> set[str]:
    """Return those names of attempts whose job may still go on."""
    jobs_of = {name: job for name in names if (job := _job_of(name)) and job != own_job}
    async with app.database.read() as session:
        unfinished = await queries.find_unfinished(session, jobs_of.values())
    return {name for name, job in jobs_of.items() if job in unfinished}


def _job_of(name: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(name.rpartition("-")[0])
    except ValueError:
        return None


def _published(asset: Asset) -> set[str]:
    prefixes = {asset.published_prefix, asset.preview_prefix, *asset.retired_prefixes}
    return {prefix.rpartition("/")[2] for prefix in prefixes if prefix}
