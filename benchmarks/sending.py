"""Sending a message until it is acknowledged, against one bare INSERT through the same driver.

Reported for 50 people who write at once in 25 conversations of two, on SQLite and on PostgreSQL;
and the slowest of a hundred with 20 people at once. What is acknowledged is stored and committed,
with an event for both. The PostgreSQL is a server of its own that waits for its disk, as always.
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path
from uuid import UUID

import httpx
from sqlalchemy import insert

from benchmarks.report import Figure, report
from benchmarks.talkers import Community, Talker, cpu_seconds, start_communities
from lumenhall.domains.chat.models import Message, MessageType
from lumenhall.platform.db import Database
from lumenhall.platform.kit.ids import new_id
from tests.fixtures.postgres import running_postgres
from tests.fixtures.server import Server

TALKS = 25
# Together with those of the 20, nobody sends more than 30 in a minute.
MESSAGES = 20
FEW = 20
FEW_MESSAGES = 8
TEXT = "What somebody says in a message of the usual length."


def main() -> None:
    figures = _measure_on("SQLite", "")
    with running_postgres({}) as address:
        figures += _measure_on("PostgreSQL", address)
    report("sending", figures)


def _measure_on(engine: str, address: str) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        server, talks = start_communities(Path(folder), *[2] * TALKS, address=address)
        try:
            path = Path(folder) / "data" / "lumenhall.sqlite"
            database = Database(address or f"sqlite:///{path}")
            return asyncio.run(_measure(engine, server, talks, database))
        finally:
            server.kill()


async def _measure(
    engine: str, server: Server, talks: list[Community], database: Database
) -> list[Figure]:
    assert server.process is not None
    senders = [(person, talk.group) for talk in talks for person in talk.people]
    bare_talk = talks[0]
    async with httpx.AsyncClient(base_url=server.url, timeout=60, limits=_limits()) as client:
        await asyncio.gather(*(_send(client, *each, 1) for each in senders))
        started, used = time.perf_counter(), cpu_seconds(server.process.pid)
        await asyncio.gather(*(_send(client, *each, MESSAGES) for each in senders))
        ours = (time.perf_counter() - started) / MESSAGES / len(senders)
        busy = (cpu_seconds(server.process.pid) - used) / MESSAGES / len(senders)
        taken = await asyncio.gather(
            *(_send(client, *each, FEW_MESSAGES) for each in senders[: FEW * 2 : 2])
        )
    started = time.perf_counter()
    await asyncio.gather(
        *(_insert(database, bare_talk, 1_000_000 * (at + 1)) for at in range(len(senders)))
    )
    bare = (time.perf_counter() - started) / MESSAGES / len(senders)
    await database.dispose()
    all_taken = sorted(seconds for some in taken for seconds in some)
    return [
        Figure(f"{engine}: one bare INSERT, 50 at once", bare * 1000, "ms"),
        Figure(f"{engine}: a message acknowledged, 50 senders", ours * 1000, "ms"),
        Figure(f"{engine}: processor of the server for a message", busy * 1000, "ms"),
        Figure(f"{engine}: a message against one bare INSERT", ours / bare, "×"),
        Figure(f"{engine}: median with 20 senders", statistics.median(all_taken) * 1000, "ms"),
        Figure(
            f"{engine}: 99th of a hundred with 20 senders",
            statistics.quantiles(all_taken, n=100)[98] * 1000,
            "ms",
        ),
    ]


def _limits() -> httpx.Limits:
    return httpx.Limits(max_connections=100, max_keepalive_connections=100)


async def _send(client: httpx.AsyncClient, who: Talker, talk: UUID, number: int) -> list[float]:
    """Say something so many times, and return how long each took."""
    taken = []
    for _ in range(number):
        body = {"client_id": str(new_id()), "text": TEXT}
        path = f"/api/chat/conversations/{talk}/messages"
        started = time.perf_counter()
        (await client.post(path, json=body, headers=who.cookie)).raise_for_status()
        taken.append(time.perf_counter() - started)
    return taken


async def _insert(database: Database, talk: Community, first_number: int) -> None:
    for number in range(MESSAGES):
        row = {
            "id": new_id(),
            "conversation_id": talk.group,
            "number": first_number + number,
            "sender_id": talk.people[0].id,
            "client_id": new_id(),
            "type": MessageType.TEXT,
            "text": TEXT,
        }
        async with database.write() as session:
            await session.execute(insert(Message), [row])


if __name__ == "__main__":
    main()
