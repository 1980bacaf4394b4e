"""What engagement does by the clock."""

from lumenhall.domains.engagement import service
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("* * * * *", "engagement.shelve_reacted")
async def shelve_reacted(run: JobRun) -> None:
    """Put what people reacted to lately on its shelf of the home page."""
    await service.shelve_reacted(run.app.database)
