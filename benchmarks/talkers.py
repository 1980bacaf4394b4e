"""People who talk, written straight into a database, and the sockets of their open pages."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psutil
import websockets
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession
from websockets.asyncio.client import ClientConnection

from lumenhall.domains.chat.models import Conversation, ConversationType, Participant
from lumenhall.domains.identity.models import User
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.settings import Settings
from tests.factories.people import COOKIE, add_session
from tests.fixtures.server import Server


@dataclass(frozen=True)
class Talker:
    """Somebody who is signed in."""

    id: UUID
    secret: str

    @property
    def cookie(self) -> dict[str, str]:
        return {"Cookie": f"{COOKIE}={self.secret}"}


@dataclass(frozen=True)
class Community:
    """People, and a group of all of them."""

    people: list[Talker]
    group: UUID


def start_communities(
    folder: Path, *numbers: int, address: str = ""
) -> tuple[Server, list[Community]]:
    """Start a server with groups of so many people; `address` is that of an empty database."""
    register_everything()
    data = folder / "data"
    settings = Settings(_env_file=None, data_path=data, database_url=address, log_level="warning")
    upgrade(settings.database_address)
    communities = asyncio.run(_fill(settings.database_address, numbers))
    server = Server(folder, database_url=address, log_level="warning")
    server.start("--no-jobs")
    return server, communities


def cpu_seconds(process_id: int) -> float:
    """Return the processor time that a process has used, all threads together."""
    # The number of its clock, as clock_getcpuclockid(3) makes it; psutil knows hundredths only.
    return time.clock_gettime(~process_id << 3 | 2)


def resident_bytes(process_id: int) -> int:
    """Return how much memory of the machine a process holds."""
    return int(psutil.Process(process_id).memory_info().rss)


@asynccontextmanager
async def open_sockets(
    address: str, headers: list[dict[str, str]], at_once: int = 20
) -> AsyncIterator[list[ClientConnection]]:
    """Open a socket with each of these headers, and close them all in the end."""
    sockets: list[ClientConnection] = []
    for start in range(0, len(headers), at_once):
        sockets += await asyncio.gather(
            *(
                websockets.connect(
                    address, additional_headers=some, compression=None, proxy=None, open_timeout=60
                )
                for some in headers[start : start + at_once]
            )
        )
    try:
        yield sockets
    finally:
        for start in range(0, len(sockets), at_once):
            await asyncio.gather(*(one.close() for one in sockets[start : start + at_once]))


async def _fill(address: str, numbers: Sequence[int]) -> list[Community]:
    database = Database(address)
    try:
        async with database.write() as session:
            return [await _add(session, number) for number in numbers]
    finally:
        await database.dispose()


async def _add(session: AsyncSession, number: int) -> Community:
    ids = [new_id() for _ in range(number)]
    rows = [
        {
            "id": one,
            "username": one.hex[-12:],
            "email": f"{one.hex}@example.org",
            "display_name": "Somebody of the group",
            "password_hash": "none",
        }
        for one in ids
    ]
    await session.execute(insert(User), rows)
    talkers = [
        Talker(user_id, await add_session(session, await session.get_one(User, user_id)))
        for user_id in ids
    ]
    group = new_id()
    values = {"id": group, "type": ConversationType.GROUP, "name": "Everybody", "last_number": 0}
    await session.execute(insert(Conversation), [values])
    places = [{"conversation_id": group, "user_id": user_id} for user_id in ids]
    await session.execute(insert(Participant), places)
    return Community(talkers, group)
