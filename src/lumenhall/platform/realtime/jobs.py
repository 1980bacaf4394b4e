"""The daily cleaning of live events."""

from lumenhall.platform.jobs import JobRun, scheduled
from lumenhall.platform.realtime import live, presence


@scheduled("40 3 * * *", "forget_live_events")
async def forget_live_events(run: JobRun) -> None:
    """Delete events that no page may ask for any more."""
    async with run.app.database.write() as session:
        await live.forget_old(session)
        await presence.forget_old(session)
