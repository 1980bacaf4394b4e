"""Tidying that runs by the clock."""

from lumenhall.domains.media import service
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("17 * * * *", "media.remove_retired")
async def remove_retired(run: JobRun) -> None:
    """Remove outputs that were replaced and that nobody reads any more."""
    await run.step("remove_retired", _remove_retired, run.app)


@scheduled("42 3 * * *", "media.remove_orphans")
async def remove_orphans(run: JobRun) -> None:
    """Remove files of assets that are no more."""
    await run.step("remove_orphans", service.remove_orphans, run.app)


async def _remove_retired(app: AppContext) -> None:
    async with app.database.write() as session:
        await service.remove_retired(session)
