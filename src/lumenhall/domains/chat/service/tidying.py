"""Words that were taken back leave SQLite's index of messages, too.

FTS5 at first only notes which words are no longer there (its `secure-delete` needs SQLite 3.42,
newer than what Python often brings). Their letters go when its parts are merged into one.
"""

from datetime import timedelta

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

TIDY_INDEX = "chat.tidy_index"
SOON = timedelta(minutes=1)
PAGES_AT_ONCE = 500


async def tidy_index_soon(session: AsyncSession) -> None:
    """See to it that words which this work takes back are gone from the index in a minute.

    One job does for all of one minute: it begins after that is over.
    """
    if session.get_bind().dialect.name == "sqlite":
        minute = clock.now().strftime("%Y-%m-%d %H:%M")
        await jobs.enqueue(session, TIDY_INDEX, key=minute, delay=SOON)


async def tidy_index(app: AppContext) -> None:
    """Merge the parts of the index into one, a little at a time, so that others may write."""
    pages = -PAGES_AT_ONCE  # A negative number says that all parts are to become one.
    while await _merge(app, pages):
        pages = PAGES_AT_ONCE


async def _merge(app: AppContext, pages: int) -> bool:
    """Merge so many pages and say whether there was anything to do, as FTS5 counts it."""
    changes = text("SELECT total_changes()")
    merge = text("INSERT INTO message_index (message_index, rank) VALUES ('merge', :pages)")
    async with app.database.write() as session:
        before = await session.scalar(changes) or 0
        await session.execute(merge, {"pages": pages})
        after = await session.scalar(changes) or 0
    return after - before >= 2  # noqa: PLR2004 The command itself counts as one.
