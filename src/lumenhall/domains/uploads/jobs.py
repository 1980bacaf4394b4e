"""What uploads do by the clock."""

from lumenhall.domains.uploads.service import (
    begin_week,
    expire_uploads,
    forget_old_uploads,
    remove_orphans,
)
from lumenhall.platform.jobs import JobRun, scheduled


@scheduled("*/10 * * * *", "collect_uploads")
async def collect_uploads(run: JobRun) -> None:
    """Expire what was left lying and delete what nobody owns."""
    await run.step("expire", expire_uploads, run.app)
    await run.step("orphans", remove_orphans, run.app)
    await run.step("forget", forget_old_uploads, run.app)


@scheduled("0 * * * *", "begin_upload_week")
async def begin_upload_week(run: JobRun) -> None:
    """Record the reset of the quota; every hour, because the hour of the reset is an option."""
    async with run.app.database.write() as session:
        await begin_week(session)
