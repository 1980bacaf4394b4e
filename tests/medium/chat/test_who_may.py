"""Everybody who is not, not yet or no longer to talk, at every address of conversations."""

import io
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import uuid4

import pytest
from fastapi import FastAPI
from PIL import Image

from lumenhall.domains.identity.models import MayWrite
from tests.factories.videos import add_video
from tests.medium.chat.conftest import CHAT, Talker, Talkers

UNKNOWN = "conversation_unknown"
PENDING = "request_pending"
FINE = ""


@dataclass
class Scene:
    """A conversation with something of everything in it, and somebody who tries."""

    who: Talker
    talk: str
    message: str
    media: str
    party: str
    others: list[Talker]

    async def try_it(self, method: str, path: str) -> tuple[int, str]:
        """Return the status and the code of the refusal, empty if there was none."""
        message = self.message
        path = path.replace("{conversation_id}", self.talk).replace("{message_id}", message)
        path = path.replace("{party_id}", self.party)
        path = path.replace("{user_id}", self.who.id).replace("{media_id}", self.media)
        body: dict[str, Any] = {"json": BODIES.get((method, path.rpartition("/")[2]), {})}
        if path.endswith(("pictures", "voices", "picture")):
            body = {"files": {"file": ("a.png", picture())}}
        elif path.endswith("watching"):
            body = {"json": {"video_id": str(uuid4())}}
        elif path.endswith(self.party):
            body = {"json": {"version": 1, "state": "paused", "position_seconds": 1}}
        elif path.endswith("messages"):
            body = {"json": {"client_id": str(uuid4()), "text": "Let me in"}}
        elif path.endswith(message) and method == "PATCH":
            body = {"json": {"text": "Other words"}}
        elif path.endswith(self.talk) and method == "PATCH":
            body = {"json": {"is_pinned": True}}
        elif path.endswith("participants"):
            body = {"json": {"people": [self.who.id]}}
        elif path.endswith(self.who.id) and method == "PATCH":
            body = {"json": {"role": "admin"}}
        if method in {"GET", "DELETE"}:
            body = {}
        reply = await self.who.client.request(method, path, **body)
        return reply.status_code, reply.json()["code"] if reply.is_error else FINE


BODIES: dict[tuple[str, str], dict[str, Any]] = {
    ("PUT", "read"): {"number": 1},
    ("PUT", "delivered"): {"number": 1},
    ("PUT", "reaction"): {"type": "love"},
    ("POST", "videos"): {"filename": "a.mp4", "size_bytes": 10},
}

# What a refused requester may still do: look at what they said, and put it away.
PENDING_CODES = {
    ("POST", "/messages"): PENDING,
    ("PUT", "/messages/{message_id}/reaction"): PENDING,
    ("POST", "/pictures"): PENDING,
    ("POST", "/voices"): PENDING,
    ("POST", "/videos"): PENDING,
    ("GET", "/picture"): "media_unknown",
    ("PUT", "/picture"): "not_a_group",
    ("DELETE", "/picture"): "not_a_group",
    ("GET", "/watching"): PENDING,
    ("POST", "/watching"): PENDING,
    ("PUT", "/watching/{party_id}"): PENDING,
    ("DELETE", "/watching/{party_id}"): PENDING,
    ("PUT", "/watching/{party_id}/here"): PENDING,
    ("DELETE", "/watching/{party_id}/here"): PENDING,
    ("POST", "/participants"): "not_a_group",
    ("PATCH", "/participants/{user_id}"): "not_a_group",
    ("DELETE", "/participants/{user_id}"): "not_a_group",
}

# They name no conversation: what they list is tested with the lists.
ONLY_ONES_OWN = {
    "/api/chat/conversations",
    "/api/chat/requests",
    "/api/chat/search",
    "/api/chat/search/conversations",
    "/api/chat/unread",
}

Stage: TypeAlias = Callable[[Talkers], Awaitable[Scene]]


def picture() -> bytes:
    target = io.BytesIO()
    Image.new("RGB", (2, 2)).save(target, "PNG")
    return target.getvalue()


async def furnish(talkers: Talkers, owner: Talker, talk: str, who: Talker) -> Scene:
    """Let the owner of a conversation say something with a picture, and watch something."""
    reply = await owner.client.post(f"{CHAT}/{talk}/pictures", files={"file": ("a", picture())})
    media = reply.json()["id"]
    said = await owner.say(talk, media_ids=[media])
    async with talkers.app.database.write() as session:
        video = await add_video(session, owner.user)
    body = {"video_id": str(video.id)}
    reply = await owner.client.post(f"{CHAT}/{talk}/watching", json=body)
    # Whoever waits for an answer has nothing that they could watch.
    party = reply.json().get("id", str(uuid4()))
    others = [one for one in talkers.all if one is not who]
    return Scene(who, talk, said["id"], media, party, others)


async def never_in(talkers: Talkers) -> Scene:
    ann, bob, eve = [await talkers.add(name) for name in ("ann", "bob", "eve")]
    return await furnish(talkers, ann, await ann.gather(bob), eve)


async def left(talkers: Talkers) -> Scene:
    ann, eve = [await talkers.add(name) for name in ("ann", "eve")]
    scene = await furnish(talkers, ann, await ann.gather(eve), eve)
    await eve.client.delete(f"{CHAT}/{scene.talk}/participants/{eve.id}")
    return scene


async def removed(talkers: Talkers) -> Scene:
    ann, eve = [await talkers.add(name) for name in ("ann", "eve")]
    scene = await furnish(talkers, ann, await ann.gather(eve), eve)
    await ann.client.delete(f"{CHAT}/{scene.talk}/participants/{eve.id}")
    return scene


async def blocked(talkers: Talkers) -> Scene:
    ann, eve = [await talkers.add(name) for name in ("ann", "eve")]
    scene = await furnish(talkers, ann, await ann.begin(eve), eve)
    await ann.block(eve)
    return scene


async def blocking(talkers: Talkers) -> Scene:
    ann, eve = [await talkers.add(name) for name in ("ann", "eve")]
    scene = await furnish(talkers, ann, await ann.begin(eve), eve)
    await eve.block(ann)
    return scene


async def declining(talkers: Talkers) -> Scene:
    ann, eve = await talkers.add("ann"), await talkers.add("eve", MayWrite.NOBODY)
    scene = await furnish(talkers, ann, await ann.begin(eve), eve)
    await eve.client.post(f"/api/chat/requests/{scene.talk}/decline")
    return scene


async def pending(talkers: Talkers) -> Scene:
    ann, eve = await talkers.add("ann", MayWrite.NOBODY), await talkers.add("eve")
    return await furnish(talkers, eve, await eve.begin(ann), eve)


async def declined(talkers: Talkers) -> Scene:
    ann, eve = await talkers.add("ann", MayWrite.NOBODY), await talkers.add("eve")
    scene = await furnish(talkers, eve, await eve.begin(ann), eve)
    await ann.client.post(f"/api/chat/requests/{scene.talk}/decline")
    return scene


def addresses(app: FastAPI) -> list[tuple[str, str]]:
    """Return every method and path below a conversation, or an attachment."""
    found = [
        (method.upper(), path)
        for path, methods in app.openapi()["paths"].items()
        if path.startswith("/api/chat/")
        for method in methods
        if "{conversation_id}" in path or "{media_id}" in path
    ]
    assert len(found) >= 20
    return sorted(found)


def test_every_address_of_conversations_is_tried_or_shows_only_ones_own(app: FastAPI) -> None:
    tried = {path for _, path in addresses(app)}
    chat = {path for path in app.openapi()["paths"] if path.startswith("/api/chat")}
    assert chat - tried == ONLY_ONES_OWN


@pytest.mark.parametrize(
    "stage", [never_in, left, removed, blocked, blocking, declining], ids=lambda one: one.__name__
)
async def test_who_is_not_to_talk_knows_of_nothing(
    app: FastAPI, talkers: Talkers, stage: Stage
) -> None:
    scene = await stage(talkers)
    for method, path in addresses(app):
        expected = UNKNOWN
        if "{media_id}" in path:
            expected = "media_unknown"
        elif "/requests/" in path:
            expected = "request_unknown"
        assert await scene.try_it(method, path) == (404, expected), (method, path)


@pytest.mark.parametrize("stage", [pending, declined], ids=lambda one: one.__name__)
async def test_who_asked_waits_and_is_not_told_of_a_decline(
    app: FastAPI, talkers: Talkers, stage: Stage
) -> None:
    scene = await stage(talkers)
    for method, path in addresses(app):
        short = path.removeprefix(f"{CHAT}/{{conversation_id}}")
        if "/requests/" in path:
            expected = "request_unknown"
        elif path.endswith("playback"):
            expected = "media_unknown"
        else:
            expected = PENDING_CODES.get((method, short), FINE)
        if method != "DELETE" or expected != FINE:
            assert (await scene.try_it(method, path))[1] == expected, (method, path)
