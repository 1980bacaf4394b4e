"""How the engine would run the statements of a request."""

import re
from collections.abc import Set as AbstractSet
from typing import Any

import httpx
from sqlalchemy import Connection, event

from lumenhall.platform.context import AppContext

NONE: frozenset[str] = frozenset()


async def tables_read_whole(
    context: AppContext,
    browser: httpx.AsyncClient,
    request: str,
    large: AbstractSet[str],
    large_later: AbstractSet[str] = NONE,
    **sent: Any,
) -> list[str]:
    """Return what a request such as `GET /api/home` reads from end to end of large tables.

    Those that are `large_later` count on SQLite only, where the plan does not look at sizes.
    """
    wrong = []
    for statement, parameters in await _asked(context, browser, request, **sent):
        async with context.database.engine.connect() as connection:
            plan = await connection.run_sync(_explain, statement, parameters)
        if read_whole := _whole_tables(plan, large, large_later):
            wrong.append(f"{request}: {read_whole}\n{statement}\n" + "\n".join(plan))
    return wrong


async def _asked(
    context: AppContext, browser: httpx.AsyncClient, request: str, **sent: Any
) -> list[tuple[str, Any]]:
    """Return the statements of a request, with their parameters."""
    heard: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        if arguments[2].lstrip().startswith(("SELECT", "UPDATE", "WITH")):
            heard.append((arguments[2], arguments[3]))

    method, path = request.split(" ", 1)
    engine = context.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    reply = await browser.request(method, path, **sent)
    event.remove(engine, "before_cursor_execute", note)
    assert reply.status_code == 200, f"{request}: {reply.text}"
    return heard


def _explain(connection: Connection, statement: str, parameters: Any) -> list[str]:
    """Return the steps by which the engine would run a statement."""
    if connection.dialect.name == "postgresql":
        # A page at any place costs about the same: there are no turning disks any more.
        connection.exec_driver_sql("SET random_page_cost = 1.1")
        found = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return [row[0] for row in found]
    found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row.detail for row in found]


def _whole_tables(
    plan: list[str], large: AbstractSet[str], large_later: AbstractSet[str]
) -> set[str]:
    """Return the large tables that are read whole.

    What SQLite walks in the order of an index ends early; its virtual table is the index of words.
    """
    found: set[str] = set()
    for step in plan:
        if match := re.search(r"Seq Scan on (\w+)", step):
            found |= {match[1]} & large
        if match := re.match(r"SCAN (\w+)\b(?! VIRTUAL| USING)", step):
            found |= {match[1]} & (large | large_later)
    return found
