"""What the library does by the clock."""

from lumenhall.domains.library import service
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("* * * * *", "library.announce_due")
async def announce_due(run: JobRun) -> None:
    """Announce videos whose moment to be published has come."""
    async with run.app.database.write() as session:
        await service.announce_due(session)
