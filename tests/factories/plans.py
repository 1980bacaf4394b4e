"""How an engine would run a statement if its tables were large."""

from sqlalchemy import text

from lumenhall.platform.db import WriteSession


async def explain(session: WriteSession, statement: str) -> str:
    """Return the plan of a statement; PostgreSQL takes an index where there is one that serves."""
    if session.get_bind().dialect.name == "postgresql":
        for costly in ("seqscan", "sort", "bitmapscan"):
            await session.execute(text(f"SET LOCAL enable_{costly} = off"))
        rows = await session.execute(text(f"EXPLAIN {statement}"))
    else:
        rows = await session.execute(text(f"EXPLAIN QUERY PLAN {statement}"))
    return "\n".join(str(row) for row in rows)
