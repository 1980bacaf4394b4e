"""Tidying that runs by the clock, and what is done at a provider."""

import uuid

from lumenhall.domains.media import service
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import JobRun, job, scheduled


@scheduled("17 * * * *", "media.remove_retired")
async def remove_retired(run: JobRun) -> None:
    """Remove outputs that were replaced and that nobody reads any more."""
    await run.step("remove_retired", _remove_retired, run.app)


@scheduled("42 3 * * *", "media.remove_orphans")
async def remove_orphans(run: JobRun) -> None:
    """Remove files of assets that are no more."""
    await run.step("remove_orphans", service.remove_orphans, run.app)


@job(service.TEND_REMOTE)
async def tend_remote(run: JobRun, uid: str) -> None:
    """Ask the provider how a video is, or delete it there."""
    await run.step("tend", service.tend, run.app, uid)


@job(service.SEND_CAPTIONS, max_attempts=6)
async def send_captions(run: JobRun, asset_id: str) -> None:
    """Bring the captions of a video to its provider."""
    await run.step("send", service.send_captions, run.app, uuid.UUID(asset_id))


@scheduled("*/10 * * * *", "media.tend_overdue")
async def tend_overdue(run: JobRun) -> None:
    """Make good what was missed at the provider."""
    await run.step("queue", service.tend_overdue, run.app)


async def _remove_retired(app: AppContext) -> None:
    async with app.database.write() as session:
        await service.remove_retired(session)
