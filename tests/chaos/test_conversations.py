"""Members who do whatever comes to mind, while servers and Redis are killed and come back.

After each run everybody's page, what it is told and what is fetched afresh are the same, and
are what a simple model says. Two servers need PostgreSQL and Redis; on SQLite there is one.
`pytest --hypothesis-profile=thorough tests/chaos/test_conversations.py` tries much more.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

from tests.chaos.talk_model import ACCEPTED, DECLINED, Model, Said, Talk
from tests.chaos.talk_world import CHAT, RELUCTANT, Person, World, try_to_say
from tests.fixtures.server import StartServer

MOST_STEPS = 30
who = st.integers(0, 3)
which = st.integers(0, 1_000)
PLACES = ("sqlite, one process", "postgresql, one process", "postgresql and redis, two processes")


@pytest.fixture(params=PLACES)
def world(request: pytest.FixtureRequest, start_server: StartServer) -> Iterator[World]:
    if request.param == PLACES[0]:
        server = start_server(log_level="warning")
        yield World([server], f"sqlite:///{server.folder}/data/lumenhall.sqlite", None)
        return
    url = request.getfixturevalue("postgres_url")
    redis = request.getfixturevalue("redis_server") if request.param == PLACES[2] else None
    more = {"redis_url": redis.url} if redis else {}
    number = 2 if redis else 1
    servers = [start_server(database_url=url, **more) for _ in range(number)]
    yield World(servers, url, redis)


class Members(RuleBasedStateMachine):
    """Each rule does one thing at the server and in the model, and compares the statuses."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world
        self.people: list[Person] = []
        self.model = Model(RELUCTANT)
        self.pairs: dict[frozenset[int], str] = {}
        self.has_been_killed = False
        self.redis_was_away = False
        self.said = 0

    @initialize()
    def gather(self) -> None:
        self.people = self.world.people()
        ann, *others = self.people
        body = {"type": "group", "name": "All", "people": [one.id for one in others]}
        talk = ann.ask("POST", CHAT, body).raise_for_status().json()["id"]
        self.model.talks[talk] = group = Talk(is_group=True, people=[0, 1, 2, 3], admins={0})
        group.said.append(Said(0, is_system=True))
        group.read[0] = 1
        for one in self.people:
            one.open()

    @rule(one=who, other=who)
    def begin(self, one: int, other: int) -> None:
        if one == other:
            return
        pair = frozenset({one, other})
        known = self.pairs.get(pair)
        wanted = self.model.begins(one, other, self.model.talks[known] if known else None)
        body = {"type": "direct", "people": [self.people[other].id]}
        reply = self.people[one].ask("POST", CHAT, body)
        assert reply.status_code == wanted
        if reply.is_success:
            talk = self.pairs.setdefault(pair, reply.json()["id"])
            assert reply.json()["id"] == talk
            self.model.talks.setdefault(talk, Talk(is_group=False, people=sorted(pair)))

    @rule(one=who, at=which)
    def say(self, one: int, at: int) -> None:
        name, talk = self._talk(at)
        text, client_id = self._words()
        wanted = self.model.says(one, talk, text)
        for _ in range(2):
            # The second time is what a page does that did not hear the answer.
            reply = self.people[one].say(name, text, client_id)
            assert reply.status_code == wanted, reply.text
            if reply.is_success:
                assert reply.json()["number"] == len(talk.said)

    @rule(at=which)
    def say_at_once(self, at: int) -> None:
        name, talk = self._talk(at)
        if not talk.is_group or len(talk.people) < 2:
            return
        words = {one: self._words() for one in talk.people}
        with ThreadPoolExecutor(len(words)) as threads:
            replies = list(
                threads.map(lambda one: self.people[one].say(name, *words[one]), talk.people)
            )
        order = {
            reply.raise_for_status().json()["number"]: one
            for one, reply in zip(list(talk.people), replies, strict=True)
        }
        first = len(talk.said) + 1
        assert sorted(order) == list(range(first, first + len(words)))
        for number in sorted(order):
            self.model.says(order[number], talk, words[order[number]][0])

    @rule(one=who, at=which, place=which)
    def change(self, one: int, at: int, place: int) -> None:
        if (found := self._message(at, place)) is not None:
            talk, place, path = found
            text, _ = self._words()
            wanted = self.model.changes(one, talk, place, text)
            self._ask(one, "PATCH", path, {"text": text}, wanted)

    @rule(one=who, at=which, place=which)
    def unsend(self, one: int, at: int, place: int) -> None:
        if (found := self._message(at, place)) is not None:
            talk, place, path = found
            self._ask(one, "DELETE", path, None, self.model.unsends(one, talk, place))

    @rule(one=who, at=which, place=which, kind=st.sampled_from(["like", "wow", None]))
    def react(self, one: int, at: int, place: int, kind: str | None) -> None:
        if (found := self._message(at, place)) is not None:
            talk, place, path = found
            wanted = self.model.reacts(one, talk, place, kind)
            self._ask(one, "PUT", f"{path}/reaction", {"type": kind}, wanted)

    @rule(one=who, at=which, number=st.integers(0, 40))
    def read(self, one: int, at: int, number: int) -> None:
        name, talk = self._talk(at)
        wanted = self.model.reads(one, talk, number)
        self._ask(one, "PUT", f"{CHAT}/{name}/read", {"number": number}, wanted)

    @rule(one=who, at=which)
    def hide(self, one: int, at: int) -> None:
        name, talk = self._talk(at)
        self._ask(one, "DELETE", f"{CHAT}/{name}", None, self.model.hides(one, talk))

    @rule(one=who, other=who, at=which)
    def leave_or_remove(self, one: int, other: int, at: int) -> None:
        name, talk = self._talk(at)
        path = f"{CHAT}/{name}/participants/{self.people[other].id}"
        self._ask(one, "DELETE", path, None, self.model.removes(one, talk, other))

    @rule(one=who, other=who, at=which)
    def add(self, one: int, other: int, at: int) -> None:
        name, talk = self._talk(at)
        body = {"people": [self.people[other].id]}
        path = f"{CHAT}/{name}/participants"
        self._ask(one, "POST", path, body, self.model.adds(one, talk, other))

    @rule(one=who, other=who, is_blocking=st.booleans())
    def block(self, one: int, other: int, is_blocking: bool) -> None:
        if one != other:
            change = self.model.blocks.add if is_blocking else self.model.blocks.discard
            change((one, other))
            path = f"/api/people/{self.people[other].name}/block"
            self._ask(one, "PUT" if is_blocking else "DELETE", path, None, 204)

    @rule(one=who, at=which, accepts=st.booleans())
    def answer(self, one: int, at: int, accepts: bool) -> None:
        name, talk = self._talk(at)
        wanted = self.model.answers(one, talk, ACCEPTED if accepts else DECLINED)
        word = "accept" if accepts else "decline"
        self._ask(one, "POST", f"/api/chat/requests/{name}/{word}", None, wanted)

    @rule(one=who)
    def go_away(self, one: int) -> None:
        self.people[one].go_away()

    @rule(one=who)
    def come_back(self, one: int) -> None:
        self.people[one].come_back()

    @precondition(lambda self: not self.has_been_killed)
    @rule(one=who, at=which, after_ms=st.integers(0, 40))
    def kill_while_saying(self, one: int, at: int, after_ms: int) -> None:
        self.has_been_killed = True
        name, talk = self._talk(at)
        text, client_id = self._words()
        person = self.people[one]
        with ThreadPoolExecutor(1) as thread:
            saying = thread.submit(try_to_say, person, name, text, client_id)
            sleep(after_ms / 1000)
            person.server.kill()
            was_acknowledged = saying.result()
        person.server.start()
        wanted = self.model.says(one, talk, text)
        if was_acknowledged:
            assert wanted == 201
        else:
            self._repeat(person, name, (text, client_id), wanted)
        for each in self.people:
            if each.server is person.server:
                each.page = None

    @precondition(lambda self: self.world.redis is not None and not self.redis_was_away)
    @rule(one=who, at=which)
    def restart_redis(self, one: int, at: int) -> None:
        assert self.world.redis is not None
        self.redis_was_away = True
        self.world.redis.stop()
        self.say(one, at)
        self.world.redis.start()

    @override
    def teardown(self) -> None:
        try:
            # One that did not start again has failed the test already.
            is_running = all(server.process for server in self.world.servers)
            for one in self.people if is_running else ():
                one.catch_up()
                wanted = self.model.seen_by(one.place)
                assert one.fetch() == wanted, f"{one.name} fetches what the model does not say"
                assert _without_unread(one.known) == _without_unread(wanted), one.name
        finally:
            for one in self.people:
                one.close()

    def _talk(self, at: int) -> tuple[str, Talk]:
        names = sorted(self.model.talks)
        name = names[at % len(names)]
        return name, self.model.talks[name]

    def _words(self) -> tuple[str, str]:
        self.said += 1
        return f"words {self.said}", str(uuid4())

    def _message(self, at: int, place: int) -> tuple[Talk, int, str] | None:
        """Return a message of a conversation; whoever is in it tells what its id is."""
        name, talk = self._talk(at)
        if not talk.said or not talk.people:
            return None
        place %= len(talk.said)
        for one in talk.people:
            if self.model.knows(one, talk) and not self.model.apart(one, talk.said[place].sender):
                path = f"{CHAT}/{name}/messages"
                reply = self.people[one].ask("GET", f"{path}?after={place}&limit=1")
                return talk, place, f"{path}/{reply.raise_for_status().json()['items'][0]['id']}"
        return None

    def _ask(self, one: int, method: str, path: str, body: Any, wanted: int) -> None:
        reply = self.people[one].ask(method, path, body)
        assert reply.status_code == wanted, (method, path, reply.text)

    def _repeat(self, person: Person, name: str, words: tuple[str, str], wanted: int) -> None:
        reply = person.say(name, *words)
        assert reply.status_code == wanted, reply.text


def _without_unread(state: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    """Leave out what no event says: a page counts for itself."""
    return {
        talk: {key: value for key, value in seen.items() if key != "unread"}
        for talk, seen in state.items()
    }


@pytest.mark.timeout(1200)
def test_nothing_acknowledged_is_lost_doubled_or_reordered(world: World) -> None:
    class MembersHere(Members):
        def __init__(self) -> None:
            super().__init__(world)

    examples = settings().max_examples
    run_state_machine_as_test(
        MembersHere,
        settings=settings(max_examples=max(1, examples // 30), stateful_step_count=MOST_STEPS),
    )
