"""Wake-ups that PostgreSQL carries itself: a notice goes to every worker with the commit.

They are hints. A worker that hears none, because its connection broke or a pooler stands in
between, looks at the queue at its next turn as before.
"""

import asyncio
from collections.abc import Callable

import structlog
from psycopg import AsyncConnection, Error
from sqlalchemy import func
from sqlalchemy.engine import URL
from sqlalchemy.ext.asyncio import AsyncSession

CHANNEL = "lumenhall_jobs"
RECONNECT_SECONDS = 2.0
# A machine that went away without a word is noticed within a minute.
_KEEPALIVES = {"keepalives_idle": "30", "keepalives_interval": "10", "keepalives_count": "3"}

log = structlog.get_logger()


async def send_notice(session: AsyncSession) -> None:
    """Wake every worker once the session's work is committed; SQLite has no notices."""
    if session.get_bind().dialect.name == "postgresql":
        await session.scalar(func.pg_notify(CHANNEL, ""))


async def hear_notices(url: URL, wake: Callable[[], None]) -> None:
    """Call `wake` at every notice until cancelled, and whenever some may have been missed."""
    address = url.set(drivername="postgresql").update_query_dict(_KEEPALIVES)
    conninfo = address.render_as_string(hide_password=False)
    while True:
        try:
            async with await AsyncConnection.connect(conninfo, autocommit=True) as connection:
                await connection.execute(f"LISTEN {CHANNEL}")
                wake()
                async for _ in connection.notifies():
                    wake()
        except Error as error:
            log.info("job_notices_interrupted", error=str(error))
        await asyncio.sleep(RECONNECT_SECONDS)
