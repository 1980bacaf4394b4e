"""What conversations do by the clock."""

from lumenhall.domains.chat import service
from lumenhall.domains.chat.service.tidying import TIDY_INDEX
from lumenhall.platform.jobs import JobRun, job, scheduled


@scheduled("20 * * * *", "discard_unsent_attachments")
async def discard_unsent_attachments(run: JobRun) -> None:
    """Delete what was attached and never sent."""
    await run.step("discard", service.discard_unsent, run.app)


@scheduled("*/2 * * * *", "end_deserted_parties")
async def end_deserted_parties(run: JobRun) -> None:
    """End what nobody watches together any more."""
    await run.step("end", service.end_deserted, run.app)


@scheduled("* * * * *", "chat.index_missing")
async def index_missing(run: JobRun) -> None:
    """Note the words of messages that were here before they could be searched."""
    indexed = 1
    while indexed:
        async with run.app.database.write() as session:
            indexed = await service.index_missing(session)


@job(TIDY_INDEX)
async def tidy_index(run: JobRun) -> None:
    """Take the letters of words that were taken back out of SQLite's index."""
    await run.step("tidy", service.tidy_index, run.app)
