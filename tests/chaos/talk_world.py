"""Running servers with people, each of whom has a page open that applies what it is told."""

import asyncio
import json
from contextlib import suppress
from typing import Any
from uuid import UUID

import httpx
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect

from lumenhall.domains.identity.models import MayWrite
from lumenhall.platform.db import Database
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import COOKIE, add_person, add_session
from tests.fixtures.server import Server
from tests.fixtures.services import RedisServer

CHAT = "/api/chat/conversations"
PATIENCE_SECONDS = 45
NAMES = ("ann", "bob", "cleo", "dan")
# Cleo wants to be asked first.
RELUCTANT = frozenset({2})


class World:
    """One site of one or two server processes; every run has people of its own."""

    def __init__(self, servers: list[Server], database: str, redis: RedisServer | None) -> None:
        self.servers = servers
        self.redis = redis
        self._database = database

    def people(self) -> list["Person"]:
        return asyncio.run(self._add_people())

    async def _add_people(self) -> list["Person"]:
        database = Database(self._database)
        run = new_id().hex[-8:]
        try:
            async with database.write() as session:
                people = []
                for place, name in enumerate(NAMES):
                    wish = MayWrite.NOBODY if place in RELUCTANT else MayWrite.EVERYONE
                    user = await add_person(session, f"{name}_{run}", may_write=wish)
                    secret = await add_session(session, user)
                    server = self.servers[place % len(self.servers)]
                    people.append(Person(place, user.id, user.username, secret, server))
                return people
        finally:
            await database.dispose()


class Person:
    """Somebody with a browser and an open page; both speak to one of the servers."""

    def __init__(self, place: int, user_id: UUID, name: str, secret: str, server: Server) -> None:
        self.place = place
        self.id = str(user_id)
        self.name = name
        self.server = server
        self.known: dict[str, dict[str, Any]] = {}
        self.seq = 0
        self.page: ClientConnection | None = None
        self._headers = {"Cookie": f"{COOKIE}={secret}"}
        self._client = httpx.Client(
            base_url=server.url, headers=self._headers, timeout=PATIENCE_SECONDS
        )

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        return self._client.request(method, path, json=body)

    def say(self, talk: str, text: str, client_id: str) -> httpx.Response:
        body = {"client_id": client_id, "text": text}
        return self.ask("POST", f"{CHAT}/{talk}/messages", body)

    def open(self) -> None:
        """Open the page for the first time."""
        self.page = self._connect()
        self.seq = self._next()["seq"]
        self.known = self.fetch()

    def go_away(self) -> None:
        if self.page is not None:
            self.page.close()
            self.page = None

    def come_back(self) -> None:
        if self.page is None:
            self.page = self._connect(self.seq)

    def catch_up(self) -> None:
        """Apply what the page is told until it knows the newest event there is."""
        self.come_back()
        with self._connect() as glance:
            newest = json.loads(glance.recv(PATIENCE_SECONDS))["seq"]
        while self.seq < newest:
            try:
                self._hear(self._next())
            except ConnectionClosed:
                self.page = None
                self.come_back()

    def fetch(self) -> dict[str, dict[str, Any]]:
        """Return everything afresh."""
        return {talk: self._fetch_one(talk) for talk in self._listed()}

    def close(self) -> None:
        self.go_away()
        self._client.close()

    def _connect(self, since: int | None = None) -> ClientConnection:
        query = "" if since is None else f"?since={since}"
        return connect(
            f"{self.server.url.replace('http', 'ws')}/api/live{query}",
            additional_headers=self._headers,
            compression=None,
            proxy=None,
            open_timeout=PATIENCE_SECONDS,
        )

    def _next(self) -> dict[str, Any]:
        assert self.page is not None
        message: dict[str, Any] = json.loads(self.page.recv(PATIENCE_SECONDS))
        return message

    def _hear(self, message: dict[str, Any]) -> None:
        if message["type"] == "resync":
            self.seq, self.known = message["seq"], self.fetch()
        elif message["type"] == "event" and message["seq"] is not None:
            assert message["seq"] == self.seq + 1, "an event is missing or came twice"
            self.seq += 1
            self._apply(message["kind"], message["data"])

    def _apply(self, kind: str, data: dict[str, Any]) -> None:
        talk = data.get("conversation_id", "")
        if kind == "chat.conversation" or (kind == "chat.message" and talk not in self.known):
            self._fetch_again(talk)
        elif talk not in self.known:
            return
        elif kind in {"chat.message", "chat.message_changed"}:
            self._apply_message(talk, data)
        elif kind == "chat.reacted":
            if message := self.known[talk]["messages"].get(data["number"]):
                message["reactions"] = data["reaction_counts"]
                if data["user_id"] == self.id:
                    message["mine"] = data["type"]
        elif kind == "chat.read" and data["user_id"] == self.id:
            self.known[talk]["read"] = data["read_number"]

    def _apply_message(self, talk: str, data: dict[str, Any]) -> None:
        message = data["message"]
        if message is None:
            reply = self.ask("GET", f"{CHAT}/{talk}/messages/{data['message_id']}")
            if reply.status_code == 404:
                return
            message = reply.json()
        seen = self.known[talk]["messages"]
        before = seen.get(data["number"])
        seen[data["number"]] = self._short(message)
        if data["message"] is not None and before is not None and not message["is_unsent"]:
            # An event is the same for all, so it can't know how this person has reacted.
            seen[data["number"]]["mine"] = before["mine"]
        if data["sender_id"] == self.id:
            self.known[talk]["read"] = max(self.known[talk]["read"], data["number"])

    def _fetch_again(self, talk: str) -> None:
        self.known.pop(talk, None)
        if talk in self._listed():
            self.known[talk] = self._fetch_one(talk)

    def _listed(self) -> list[str]:
        return [
            entry["id"]
            for path in (CHAT, "/api/chat/requests")
            for entry in self.ask("GET", f"{path}?limit=100").raise_for_status().json()["items"]
        ]

    def _fetch_one(self, talk: str) -> dict[str, Any]:
        look = self.ask("GET", f"{CHAT}/{talk}").raise_for_status().json()
        heard = self.ask("GET", f"{CHAT}/{talk}/messages?limit=100").raise_for_status().json()
        return {
            "request": look["request"],
            "people": sorted(_place(one["person"]) for one in look["participants"]),
            "read": look["read_number"],
            "unread": look["unread_count"],
            "messages": {one["number"]: self._short(one) for one in heard["items"]},
        }

    def _short(self, message: dict[str, Any]) -> dict[str, Any]:
        return {
            "sender": _place(message["sender"]),
            "text": message["text"],
            "unsent": message["is_unsent"],
            "reactions": message["reaction_counts"],
            "mine": message["my_reaction"],
        }


def _place(person: dict[str, Any]) -> int:
    return NAMES.index(person["username"].split("_")[0])


def try_to_say(person: Person, talk: str, text: str, client_id: str) -> bool:
    """Say whether the server has acknowledged the message before it was gone."""
    with suppress(httpx.TransportError):
        return person.say(talk, text, client_id).status_code == 201
    return False
