"""What stream videos do by the clock."""

from lumenhall.domains.stream import service
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("*/10 * * * *", "stream.tidy")
async def tidy(run: JobRun) -> None:
    """Delete what was to be deleted by now, and end what nobody sent anything for."""
    await run.step("delete", service.delete_due, run.app)
    await run.step("expire", service.expire_never_sent, run.app)
