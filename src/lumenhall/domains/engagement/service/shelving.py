"""The shelf of what people reacted to lately.

Counting takes longer the more reactions there are, so no page does it: it is done by the clock.
"""

from datetime import timedelta

from lumenhall.domains.engagement import queries
from lumenhall.domains.library import queries as library
from lumenhall.domains.library.service import PICKED, put_on_shelf
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock

LATELY = timedelta(days=30)


async def shelve_reacted(database: Database) -> None:
    """Put the videos with the most reactions of the last 30 days on their shelf.

    The counting holds up nobody who writes.
    """
    async with database.read() as reading:
        since = clock.now() - LATELY
        most_reacted = await queries.list_most_reacted(reading, since, PICKED)
        if most_reacted == await library.list_picks(reading, library.REACTED):
            return
    async with database.write() as session:
        await put_on_shelf(session, library.REACTED, most_reacted)
