"""People who talk with each other."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import httpx
import pytest

from lumenhall.domains.identity.models import MayWrite, Role, User
from lumenhall.platform.context import AppContext
from tests.factories.people import People

CHAT = "/api/chat/conversations"


@dataclass
class Talker:
    """A person with a browser, and the words for what they do in it."""

    user: User
    client: httpx.AsyncClient

    @property
    def id(self) -> str:
        return str(self.user.id)

    async def begin(self, other: "Talker") -> str:
        """Open the direct conversation with somebody and return its id."""
        body = {"type": "direct", "people": [other.id]}
        reply = await self.client.post(CHAT, json=body)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    async def gather(self, *others: "Talker", name: str = "The choir") -> str:
        """Make a group and return its id."""
        body = {"type": "group", "name": name, "people": [other.id for other in others]}
        reply = await self.client.post(CHAT, json=body)
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    async def say(self, conversation: str, text: str = "Hello", **more: Any) -> dict[str, Any]:
        reply = await self.try_to_say(conversation, text, **more)
        assert reply.status_code == 201, reply.text
        message: dict[str, Any] = reply.json()
        return message

    async def try_to_say(
        self, conversation: str, text: str = "Hello", **more: Any
    ) -> httpx.Response:
        body = {"client_id": str(uuid4()), "text": text} | more
        return await self.client.post(f"{CHAT}/{conversation}/messages", json=body)

    async def hear(self, conversation: str, **params: Any) -> list[dict[str, Any]]:
        """Return what is in a conversation, the newest first."""
        reply = await self.client.get(f"{CHAT}/{conversation}/messages", params=params)
        assert reply.status_code == 200, reply.text
        items: list[dict[str, Any]] = reply.json()["items"]
        return items

    async def read(self, conversation: str, number: int) -> httpx.Response:
        return await self.client.put(f"{CHAT}/{conversation}/read", json={"number": number})

    async def look(self, conversation: str) -> dict[str, Any]:
        reply = await self.client.get(f"{CHAT}/{conversation}")
        assert reply.status_code == 200, reply.text
        look: dict[str, Any] = reply.json()
        return look

    async def list(self, kind: str = "conversations") -> list[dict[str, Any]]:
        reply = await self.client.get(f"/api/chat/{kind}")
        assert reply.status_code == 200, reply.text
        items: list[dict[str, Any]] = reply.json()["items"]
        return items

    async def block(self, other: "Talker") -> None:
        reply = await self.client.put(f"/api/people/{other.user.username}/block")
        assert reply.status_code == 204, reply.text

    async def unblock(self, other: "Talker") -> None:
        reply = await self.client.delete(f"/api/people/{other.user.username}/block")
        assert reply.status_code == 204, reply.text


class Talkers:
    """Makes people who talk."""

    def __init__(self, people: People, app: AppContext) -> None:
        self.app = app
        self._people = people
        self.all: list[Talker] = []

    async def add(
        self, username: str, may_write: MayWrite = MayWrite.EVERYONE, **values: Any
    ) -> Talker:
        role = values.pop("role", Role.MEMBER)
        user, client = await self._people.add(username, role, may_write=may_write, **values)
        self.all.append(Talker(user, client))
        return self.all[-1]


@pytest.fixture
def talkers(people: People, app_context: AppContext) -> Talkers:
    return Talkers(people, app_context)


@pytest.fixture
async def ann(talkers: Talkers) -> Talker:
    return await talkers.add("ann")


@pytest.fixture
async def bob(talkers: Talkers) -> Talker:
    return await talkers.add("bob")


@pytest.fixture
async def cleo(talkers: Talkers) -> Talker:
    return await talkers.add("cleo")
