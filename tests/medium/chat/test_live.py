"""What open pages hear of conversations, and the proof that what they know stays true."""

import asyncio
import random
from contextlib import suppress
from typing import Any

import pytest
from fastapi import FastAPI

from lumenhall.domains.identity.models import MayWrite
from lumenhall.platform.context import AppContext
from lumenhall.surfaces.live import watch
from lumenhall.surfaces.live.doors import DOORS
from tests.factories.people import add_session
from tests.fixtures.live import LiveServer, Page
from tests.medium.chat.conftest import CHAT, Talker, Talkers

STEPS = 60


class Open:
    """A person's open page, which applies what it is told to what it knows."""

    def __init__(self, talker: Talker, page: Page, server: LiveServer, secret: str) -> None:
        self.talker = talker
        self.known: dict[str, dict[str, Any]] = {}
        self.seq = 0
        self.page = page
        self._server = server
        self._secret = secret

    @classmethod
    async def by(cls, talker: Talker, server: LiveServer, app: AppContext) -> "Open":
        async with app.database.write() as session:
            secret = await add_session(session, talker.user)
        opened = cls(talker, await server.open(secret), server, secret)
        opened.seq = (await opened.page.next())["seq"]
        opened.known = await opened.fetch()
        return opened

    async def go_away(self) -> None:
        await self.page.connection.close()

    async def come_back(self) -> None:
        self.page = await self._server.open(self._secret, since=self.seq)

    async def fetch(self) -> dict[str, dict[str, Any]]:
        entries = [*await self.talker.list(), *await self.talker.list("requests")]
        return {entry["id"]: await self._fetch_one(entry["id"]) for entry in entries}

    async def hear(self) -> list[dict[str, Any]]:
        """Apply everything that was said and return it."""
        said = await self.page.rest()
        for message in said:
            if message["type"] == "event":
                if message["seq"] is not None:
                    assert message["seq"] == self.seq + 1
                    self.seq = message["seq"]
                await self._apply(message["kind"], message["data"])
            elif message["type"] == "resync":
                self.seq, self.known = message["seq"], await self.fetch()
        return said

    async def _fetch_one(self, talk: str) -> dict[str, Any]:
        look = await self.talker.look(talk)
        heard = await self.talker.hear(talk, limit=100)
        return {
            "read": look["read_number"],
            "name": look["name"],
            "request": look["request"],
            "mentions": look["mentions"],
            "people": sorted(one["person"]["username"] for one in look["participants"]),
            "messages": {one["number"]: _short(one) for one in heard},
        }

    async def _apply(self, kind: str, data: dict[str, Any]) -> None:
        talk = data.get("conversation_id", "")
        if kind in {"chat.message", "chat.message_changed"}:
            await self._apply_message(talk, data)
        elif kind == "chat.reacted" and talk in self.known:
            message = self.known[talk]["messages"].get(data["number"])
            if message is not None:
                message["reactions"] = data["reaction_counts"]
        elif kind == "chat.read" and talk in self.known and data["user_id"] == self.talker.id:
            self._read(talk, data["read_number"])
        elif kind == "chat.mentioned" and talk in self.known:
            known, number = self.known[talk], data["number"]
            others = {one for one in known["mentions"] if one != number}
            is_new = data["is_mentioned"] and number > known["read"]
            known["mentions"] = sorted(others | ({number} if is_new else set()))
        elif kind == "chat.conversation":
            await self._fetch_again(talk)

    async def _apply_message(self, talk: str, data: dict[str, Any]) -> None:
        if talk not in self.known:
            await self._fetch_again(talk)
            return
        message = data["message"]
        if message is None:
            address = f"{CHAT}/{talk}/messages/{data['message_id']}"
            reply = await self.talker.client.get(address)
            if reply.status_code == 404:
                return
            message = reply.json()
        self.known[talk]["messages"][data["number"]] = _short(message)
        if data["sender_id"] == self.talker.id:
            self._read(talk, data["number"])

    def _read(self, talk: str, number: int) -> None:
        known = self.known[talk]
        known["read"] = max(known["read"], number)
        known["mentions"] = [one for one in known["mentions"] if one > known["read"]]

    async def _fetch_again(self, talk: str) -> None:
        self.known.pop(talk, None)
        shown = {entry["id"] for entry in await self.talker.list()}
        shown |= {entry["id"] for entry in await self.talker.list("requests")}
        if talk in shown:
            self.known[talk] = await self._fetch_one(talk)


def _short(message: dict[str, Any]) -> dict[str, Any]:
    return {
        "text": message["text"],
        "unsent": message["is_unsent"],
        "reactions": message["reaction_counts"],
    }


class Evening:
    """Some people who do whatever comes to their minds."""

    def __init__(self, pages: list[Open], talks: list[str], dice: random.Random) -> None:
        self.pages = pages
        self.talks = talks
        self.dice = dice
        self.away: set[int] = set()

    async def step(self) -> None:
        actions = {
            self.say: 8,
            self.react: 3,
            self.read: 3,
            self.change: 2,
            self.unsend: 2,
            self.hide: 1,
            self.block: 1,
            self.leave_or_join: 2,
            self.answer: 1,
            self.go_or_come: 2,
        }
        (action,) = self.dice.choices(list(actions), list(actions.values()))
        await action(self.dice.choice(self.pages).talker, self.dice.choice(self.talks))

    async def say(self, who: Talker, talk: str) -> None:
        answered = await self._some(who, talk)
        more = {"reply_to_id": answered["id"]} if answered and self.dice.random() < 0.3 else {}
        await who.try_to_say(talk, self._words(), **more)

    def _words(self) -> str:
        page = self.dice.choice(self.pages)
        return f"{self.dice.random()}{self.dice.choice(('', f' @{page.talker.user.username}'))}"

    async def react(self, who: Talker, talk: str) -> None:
        if message := await self._some(who, talk):
            kind = self.dice.choice(["like", "wow", None])
            address = f"{CHAT}/{talk}/messages/{message['id']}/reaction"
            await who.client.put(address, json={"type": kind})

    async def read(self, who: Talker, talk: str) -> None:
        await who.read(talk, self.dice.randrange(30))

    async def change(self, who: Talker, talk: str) -> None:
        if message := await self._some(who, talk):
            address = f"{CHAT}/{talk}/messages/{message['id']}"
            await who.client.patch(address, json={"text": self._words()})

    async def unsend(self, who: Talker, talk: str) -> None:
        if message := await self._some(who, talk):
            await who.client.delete(f"{CHAT}/{talk}/messages/{message['id']}")

    async def hide(self, who: Talker, talk: str) -> None:
        await who.client.delete(f"{CHAT}/{talk}")

    async def block(self, who: Talker, _talk: str) -> None:
        other = self.dice.choice(self.pages).talker
        if other is not who:
            method = self.dice.choice(["PUT", "DELETE"])
            await who.client.request(method, f"/api/people/{other.user.username}/block")

    async def leave_or_join(self, who: Talker, talk: str) -> None:
        other = self.dice.choice(self.pages).talker
        if self.dice.random() < 0.4:
            await who.client.delete(f"{CHAT}/{talk}/participants/{other.id}")
        else:
            await who.client.post(f"{CHAT}/{talk}/participants", json={"people": [other.id]})

    async def answer(self, who: Talker, talk: str) -> None:
        word = self.dice.choice(["accept", "decline"])
        await who.client.post(f"/api/chat/requests/{talk}/{word}")

    async def go_or_come(self, who: Talker, _talk: str) -> None:
        place = next(at for at, page in enumerate(self.pages) if page.talker is who)
        if place in self.away:
            self.away.discard(place)
            await self.pages[place].come_back()
        else:
            await self.pages[place].hear()
            self.away.add(place)
            await self.pages[place].go_away()

    async def end(self) -> None:
        for place in self.away:
            await self.pages[place].come_back()
        self.away.clear()

    async def _some(self, who: Talker, talk: str) -> dict[str, Any] | None:
        with suppress(AssertionError):
            heard = await who.hear(talk)
            return self.dice.choice(heard) if heard else None
        return None


@pytest.mark.timeout(300)
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_state_and_events_are_the_state_fetched_afresh(
    live_server: LiveServer, talkers: Talkers, seed: int
) -> None:
    dice = random.Random(seed)  # noqa: S311 It plays, it does not guard anything.
    wishes = [MayWrite.EVERYONE, MayWrite.EVERYONE, MayWrite.NOBODY, MayWrite.MUTUAL]
    names = ("ann", "bob", "cleo", "dan")
    people = [await talkers.add(*one) for one in zip(names, wishes, strict=True)]
    pages = [await Open.by(one, live_server, talkers.app) for one in people]
    ann, bob, cleo, dan = people
    talks = [
        await ann.gather(bob, cleo, dan),
        await ann.begin(bob),
        await ann.begin(cleo),
        await bob.begin(dan),
    ]
    evening = Evening(pages, talks, dice)
    for _ in range(STEPS):
        await evening.step()
    await evening.end()
    for page in pages:
        await page.hear()
        assert page.known == await page.fetch(), page.talker.user.username


async def test_who_declined_or_is_blocked_hears_nothing(
    live_server: LiveServer, talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    dan = await talkers.add("dan", MayWrite.NOBODY)
    to_dan, to_bob = await ann.begin(dan), await ann.begin(bob)
    await ann.say(to_dan)
    await ann.say(to_bob)
    await dan.client.post(f"/api/chat/requests/{to_dan}/decline")
    await bob.block(ann)
    pages = [await Open.by(one, live_server, talkers.app) for one in (dan, bob, ann)]
    (said,) = await ann.hear(to_dan)
    await ann.client.patch(f"{CHAT}/{to_dan}/messages/{said['id']}", json={"text": "x"})
    for page in pages:
        await page.page.say(type="typing", topic=f"conversation:{to_dan}")
        await page.page.say(type="typing", topic=f"conversation:{to_bob}")
        await page.page.say(type="typing", topic="conversation:nonsense")
    for page in pages[:2]:
        assert await page.hear() == []


async def test_the_other_sees_somebody_type_and_come_and_go(
    monkeypatch: pytest.MonkeyPatch,
    app: FastAPI,
    live_server: LiveServer,
    talkers: Talkers,
    ann: Talker,
    bob: Talker,
) -> None:
    monkeypatch.setattr(watch, "SECONDS_BEFORE_GONE", 0)
    talk = await ann.begin(bob)
    await ann.say(talk)
    anns = await Open.by(ann, live_server, talkers.app)
    assert (await ann.look(talk))["is_online"] is False
    bobs = await Open.by(bob, live_server, talkers.app)
    assert _kinds(await anns.hear()) == [("chat.presence", True)]
    assert (await ann.look(talk))["is_online"] is True
    await bobs.page.say(type="typing", topic=f"conversation:{talk}")
    (typing,) = await anns.hear()
    assert (typing["kind"], typing["data"]["user_id"]) == ("chat.typing", bob.id)
    await watch.watch_of(app, DOORS).turn()
    assert (await ann.look(talk))["is_online"] is True
    await bobs.go_away()
    await asyncio.sleep(0.1)
    assert _kinds(await anns.hear()) == [("chat.presence", False)]
    assert (await ann.look(talk))["is_online"] is False


async def test_marks_are_told_to_who_sent_the_messages(
    live_server: LiveServer, talkers: Talkers, ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    await bob.say(group)
    pages = [await Open.by(one, live_server, talkers.app) for one in (ann, bob, cleo)]
    for page in pages:
        await page.hear()
    await cleo.read(group, 2)
    heard = [[one["kind"] for one in await page.hear()] for page in pages]
    assert heard == [["chat.read"], ["chat.read"], ["chat.read"]]
    await ann.read(group, 1)
    assert [[one["kind"] for one in await page.hear()] for page in pages] == [[], [], []]


async def test_everybody_in_a_group_hears_of_its_new_name(
    live_server: LiveServer, talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    group = await ann.gather(bob)
    pages = [await Open.by(one, live_server, talkers.app) for one in (ann, bob)]
    await ann.client.patch(f"{CHAT}/{group}", json={"name": "The band"})
    for page in pages:
        await page.hear()
        assert page.known[group]["name"] == "The band"
    await ann.client.patch(f"{CHAT}/{group}", json={"is_muted": True})
    heard = [[one["kind"] for one in await page.hear()] for page in pages]
    assert heard == [["chat.conversation"], []]


def _kinds(said: list[dict[str, Any]]) -> list[tuple[str, bool]]:
    return [(one["kind"], one["data"]["is_online"]) for one in said if one["type"] == "event"]
