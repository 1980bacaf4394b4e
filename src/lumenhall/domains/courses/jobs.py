"""Tidying that runs by the clock."""

from lumenhall.domains.courses import service
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("27 * * * *", "courses.remove_retired")
async def remove_retired(run: JobRun) -> None:
    """Remove videos of lessons that were replaced and that nobody watches any more."""
    await run.step("remove_retired", _remove_retired, run.app)


async def _remove_retired(app: AppContext) -> None:
    async with app.database.write() as session:
        await service.remove_retired(session)
