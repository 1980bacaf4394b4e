"""A message to a group whose 200 people all have a page open, against a bare broadcast.

Promised: the processor time of the server for each socket that is told is at most twice that of
a Starlette that sends the same bytes to as many sockets. It is what the same request takes more
than when nobody's page is open, with both. What storing the message and a number for each of
the 200 takes comes on top, and is reported.
"""

import asyncio
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import httpx
from websockets.asyncio.client import ClientConnection

from benchmarks import bare_broadcast
from benchmarks.report import Figure, report
from benchmarks.talkers import Community, cpu_seconds, open_sockets, start_communities
from lumenhall.platform.kit.ids import new_id
from tests.fixtures.services import free_port

SOCKETS = 200
MESSAGES = 15
ROUNDS = 45
LIMIT = 2.0
PING = '"ping"'
TEXT = "What somebody says in a message of the usual length, to all of us."


class Ours:
    """A group of Lumenhall; everybody says something in turn."""

    def __init__(self, url: str, community: Community, process_id: int) -> None:
        self.process_id = process_id
        self.address = f"{url.replace('http', 'ws')}/api/live"
        self.headers = [one.cookie for one in community.people]
        self._people = community.people
        self._path = f"{url}/api/chat/conversations/{community.group}/messages"
        self._turn = 0

    async def say(self, client: httpx.AsyncClient) -> None:
        who = self._people[self._turn % len(self._people)]
        self._turn += 1
        body = {"client_id": str(new_id()), "text": TEXT}
        (await client.post(self._path, json=body, headers=who.cookie)).raise_for_status()


class Bare:
    """A Starlette that sends what it is given to all."""

    def __init__(self, url: str, process_id: int) -> None:
        self.process_id = process_id
        self.address = f"{url.replace('http', 'ws')}/live"
        self.headers: list[dict[str, str]] = [{}] * SOCKETS
        self._path = f"{url}/say"
        self.text = ""

    async def say(self, client: httpx.AsyncClient) -> None:
        (await client.post(self._path, content=self.text)).raise_for_status()


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        server, (here, away) = start_communities(Path(folder), SOCKETS, SOCKETS)
        ports = [free_port(), free_port()]
        program = [sys.executable, bare_broadcast.__file__]
        bares = [subprocess.Popen([*program, str(port)]) for port in ports]
        try:
            assert server.process is not None
            ours = [Ours(server.url, each, server.process.pid) for each in (here, away)]
            theirs = [
                Bare(f"http://127.0.0.1:{port}", bare.pid)
                for port, bare in zip(ports, bares, strict=True)
            ]
            figures = asyncio.run(_measure(ours, theirs))
        finally:
            server.kill()
            for bare in bares:
                bare.kill()
                bare.wait()
    report("delivery", figures)


async def _measure(ours: list[Ours], theirs: list[Bare]) -> list[Figure]:
    """Measure both with 200 open pages and with none, in turns: all meet the same weather."""
    (here, away), (full, empty) = ours, theirs
    async with (
        httpx.AsyncClient(timeout=60) as client,
        open_sockets(here.address, here.headers) as our_sockets,
        open_sockets(full.address, full.headers) as their_sockets,
    ):
        await asyncio.gather(*(one.recv() for one in our_sockets))
        await here.say(client)
        frames = await asyncio.gather(*(one.recv() for one in our_sockets))
        for bare in theirs:
            bare.text = str(frames[0])
        cases: list[tuple[Ours | Bare, list[ClientConnection]]] = [
            (here, our_sockets),
            (away, []),
            (full, their_sockets),
            (empty, []),
        ]
        rounds = [[await _cost(*case, client) for case in cases] for _ in range(ROUNDS)]
    stored = statistics.median(one[1] for one in rounds)
    # Two of a round stand side by side in time, so what else the machine does counts least so.
    delivery = statistics.median(one[0] - one[1] for one in rounds)
    broadcast = statistics.median(one[2] - one[3] for one in rounds)
    return [
        Figure("a frame", len(frames[0]), "B"),
        Figure("Starlette alone, CPU for each delivery", broadcast * 1e6, "µs"),
        Figure("ours, CPU for each delivery", delivery * 1e6, "µs"),
        Figure("storing, shared by the 200", stored * 1e6, "µs"),
        Figure("delivery against Starlette alone", delivery / broadcast, "×", LIMIT),
        Figure("the same, storing included", (stored + delivery) / broadcast, "×"),
    ]


async def _cost(
    site: Ours | Bare, sockets: list[ClientConnection], client: httpx.AsyncClient
) -> float:
    """Return the server's processor seconds for each of 200 deliveries of a message."""
    hearing = asyncio.gather(*(_hear(one) for one in sockets))
    before = cpu_seconds(site.process_id)
    for _ in range(MESSAGES):
        await site.say(client)
    await hearing
    return (cpu_seconds(site.process_id) - before) / MESSAGES / SOCKETS


async def _hear(connection: ClientConnection) -> None:
    heard = 0
    while heard < MESSAGES:
        if PING in str(await connection.recv()):
            await connection.send('{"type": "pong"}')
        else:
            heard += 1


if __name__ == "__main__":
    main()
