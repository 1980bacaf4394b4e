"""What the library does by the clock."""

from lumenhall.domains.library import service
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("* * * * *", "library.announce_due")
async def announce_due(run: JobRun) -> None:
    """Announce videos whose moment to be published has come."""
    async with run.app.database.write() as session:
        await service.announce_due(session)


@scheduled("* * * * *", "library.index_missing")
async def index_missing(run: JobRun) -> None:
    """Note the words of videos that were here before they could be searched."""
    indexed = 1
    while indexed:
        async with run.app.database.write() as session:
            indexed = await service.index_missing(session)
