"""Something that is watched together, and what is asked about it."""

from collections.abc import Awaitable
from typing import Any

import httpx

from tests.medium.chat.conftest import CHAT, Talker


class Evening:
    """A conversation in which something is watched together."""

    def __init__(self, talk: str, party: dict[str, Any]) -> None:
        self.talk = talk
        self.address = f"{CHAT}/{talk}/watching"
        self.party = f"{self.address}/{party['id']}"

    @classmethod
    async def begin(cls, who: Talker, talk: str, video: str) -> "Evening":
        return cls(talk, await started(who, talk, video))

    async def look(self, who: Talker) -> dict[str, Any] | None:
        reply = await who.client.get(self.address)
        assert reply.status_code == 200, reply.text
        look: dict[str, Any] | None = reply.json()
        return look

    async def steer(self, who: Talker, version: int, **command: Any) -> dict[str, Any]:
        reply = await self.try_to_steer(who, version, **command)
        assert reply.status_code == 200, reply.text
        look: dict[str, Any] = reply.json()
        return look

    async def try_to_steer(self, who: Talker, version: int, **command: Any) -> httpx.Response:
        body = {"version": version, "state": "playing", "position_seconds": 0} | command
        return await who.client.put(self.party, json=body)

    async def join(self, who: Talker) -> dict[str, Any]:
        reply = await who.client.put(f"{self.party}/here")
        assert reply.status_code == 200, reply.text
        look: dict[str, Any] = reply.json()
        return look

    async def leave(self, who: Talker) -> None:
        reply = await who.client.delete(f"{self.party}/here")
        assert reply.status_code == 204, reply.text

    async def card(self, who: Talker) -> dict[str, Any]:
        """Return the message that says that something is watched."""
        (card,) = [one for one in await who.hear(self.talk) if is_card(one)]
        return card


def is_card(message: dict[str, Any]) -> bool:
    return bool(message["system"]) and message["system"]["action"] == "watching"


def try_to_start(who: Talker, talk: str, video: str, at: float = 0) -> Awaitable[httpx.Response]:
    body = {"video_id": video, "position_seconds": at}
    return who.client.post(f"{CHAT}/{talk}/watching", json=body)


async def started(who: Talker, talk: str, video: str, at: float = 0) -> dict[str, Any]:
    reply = await try_to_start(who, talk, video, at)
    assert reply.status_code == 201, reply.text
    look: dict[str, Any] = reply.json()
    return look


async def talking(one: Talker, other: Talker) -> str:
    """Return the conversation of two who have begun to talk."""
    talk = await one.begin(other)
    await one.say(talk)
    return talk


def names(look: dict[str, Any] | None) -> list[str]:
    assert look is not None
    return [one["username"] for one in look["here"]]


def stands(look: dict[str, Any]) -> tuple[str, float, float, int]:
    return look["state"], look["position_seconds"], look["rate"], look["version"]
