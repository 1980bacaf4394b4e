"""A page of messages, a list of conversations and the badge, few against many.

Promised: 30 messages of a conversation of 1 000 000, 50 conversations of 10 000 and the unread
total cost at most 1.3 times what they cost at 1 000. That the number of statements is the same
is a test (`tests/medium/chat`).
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.report import Figure, report
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Message,
    MessageType,
    Participant,
)
from lumenhall.domains.identity.models import User
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.settings import Settings
from tests.factories.people import COOKIE, add_person, add_session
from tests.fixtures.server import Server

FEW = (1_000, 1_000)
MANY = (10_000, 1_000_000)
UNREAD = 20
ROUNDS = 30
REQUESTS = 10
BATCH = 10_000
GROWTH = 1.3


def main() -> None:
    register_everything()
    with (
        tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as few_folder,
        tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as many_folder,
    ):
        sites = [_start(Path(few_folder), *FEW), _start(Path(many_folder), *MANY)]
        try:
            measured = _side_by_side([paths for _, paths in sites])
        finally:
            for server, _ in sites:
                server.kill()
    figures = []
    for name, (few, many) in measured.items():
        figures += [
            Figure(f"{name}, few, median", few * 1000, "ms"),
            Figure(f"{name}, many, median", many * 1000, "ms"),
            Figure(f"{name}: many against few", many / few, "×", GROWTH),
        ]
    report("conversations", figures)


class Asks:
    """The three requests of one member of one site."""

    def __init__(self, port: int, secret: str, talk: UUID) -> None:
        self._client = httpx.Client(
            base_url=f"http://127.0.0.1:{port}", cookies={COOKIE: secret}, timeout=60
        )
        messages = f"/api/chat/conversations/{talk}/messages"
        self._paths = {
            "30 messages": messages,
            "30 messages around the middle": f"{messages}?around=500",
            "50 conversations": "/api/chat/conversations?limit=50",
            "unread total": "/api/chat/unread",
        }

    @property
    def names(self) -> Iterable[str]:
        return self._paths

    def seconds(self, name: str) -> float:
        """Return how long one request takes."""
        started = time.perf_counter()
        self._client.get(self._paths[name]).raise_for_status()
        return time.perf_counter() - started


def _start(folder: Path, talks: int, messages: int) -> tuple[Server, Asks]:
    settings = Settings(_env_file=None, data_path=folder / "data", log_level="warning")
    server = Server(folder)
    upgrade(settings.database_address)
    secret, talk = asyncio.run(_fill(settings.database_address, talks, messages))
    server.start("--no-jobs")
    return server, Asks(server.port, secret, talk)


def _side_by_side(sites: list[Asks]) -> dict[str, tuple[float, float]]:
    """Return the median seconds at both sites, asked in turns: both meet the same weather."""
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in sites[0].names}
    for _ in range(ROUNDS):
        for name, both in taken.items():
            for site, seconds in zip(sites, both, strict=True):
                seconds += [site.seconds(name) for _ in range(REQUESTS)]
    return {
        name: (statistics.median(few), statistics.median(many))
        for name, (few, many) in taken.items()
    }


async def _fill(address: str, talks: int, messages: int) -> tuple[str, UUID]:
    """Let one person be in so many conversations, the newest of which is so long."""
    database = Database(address)
    try:
        async with database.write() as session:
            ann = await add_person(session, "ann")
            people = [_person(number) for number in range(talks)]
            await _add(session, User, people)
            ids = [new_id() for _ in people]
            await _add_talks(session, ann, [one["id"] for one in people], ids)
            await _add_long_one(session, ann.id, people[-1]["id"], ids[-1], messages)
            return await add_session(session, ann), ids[-1]
    finally:
        await database.dispose()


async def _add_talks(session: AsyncSession, ann: User, people: list[UUID], ids: list[UUID]) -> None:
    newest = clock.now()
    rows: list[dict[str, Any]] = []
    places: list[dict[str, Any]] = []
    said: list[dict[str, Any]] = []
    for number, (talk, person) in enumerate(zip(ids, people, strict=True)):
        at = newest - timedelta(minutes=len(ids) - number)
        pair = ":".join(sorted((str(ann.id), str(person))))
        rows.append(
            {"id": talk, "type": ConversationType.DIRECT, "pair": pair, "last_number": 1}
            | {"last_message_at": at, "creator_id": ann.id}
        )
        read = 0 if number >= len(ids) - UNREAD else 1
        places += [
            {"conversation_id": talk, "user_id": who, "read_number": mark, "last_number": 1}
            | {"delivered_number": mark, "last_message_at": at}
            for who, mark in ((ann.id, read), (person, 1))
        ]
        said.append(_message(talk, person, 1))
    await _add(session, Conversation, rows)
    await _add(session, Participant, places)
    await _add(session, Message, said)


async def _add_long_one(
    session: AsyncSession, ann: UUID, other: UUID, talk: UUID, messages: int
) -> None:
    numbers = range(2, messages + 1)
    await _add(
        session,
        Message,
        (_message(talk, ann if number % 3 else other, number) for number in numbers),
    )
    conversation = await session.get_one(Conversation, talk)
    conversation.last_number = messages
    await session.flush()


def _message(talk: UUID, sender: UUID, number: int) -> dict[str, Any]:
    return {
        "id": new_id(),
        "conversation_id": talk,
        "number": number,
        "sender_id": sender,
        "client_id": new_id(),
        "type": MessageType.TEXT,
        "text": f"What somebody says in a message of the usual length, number {number}.",
    }


def _person(number: int) -> dict[str, Any]:
    name = f"member{number}"
    return {
        "id": new_id(),
        "username": name,
        "email": f"{name}@example.org",
        "display_name": name.title(),
        "password_hash": "none",
    }


async def _add(session: AsyncSession, model: type[Any], rows: Iterable[dict[str, Any]]) -> None:
    left = iter(rows)
    while some := list(islice(left, BATCH)):
        await session.execute(insert(model), some)


if __name__ == "__main__":
    main()
