"""The live connection: who may open it, what it tells, and when it is closed."""

import asyncio
import json

import httpx
import pytest
import websockets

from lumenhall.domains.identity.models import Scope
from lumenhall.main.cli import LARGEST_COMMAND_BYTES
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import Listener, MemoryBus, bus, live
from lumenhall.surfaces.live import socket
from lumenhall.surfaces.live.watch import Watch
from tests.factories.people import add_person, add_token
from tests.factories.videos import add_video
from tests.fixtures.live import COOKIE, LiveServer
from tests.medium.live.conftest import Member, note


async def test_nobody_is_told_nothing(live_server: LiveServer) -> None:
    page = await live_server.open()
    assert await page.closed() == (4401, "Sign in first.")


async def test_another_site_gets_no_connection(live_server: LiveServer, ann: Member) -> None:
    with pytest.raises(websockets.InvalidStatus) as refused:
        await live_server.open(ann.secret, origin="https://elsewhere.example")
    assert refused.value.response.status_code == 403


async def test_a_token_needs_the_scope_for_reading(
    live_server: LiveServer, database: Database
) -> None:
    async with database.write() as session:
        bot = await add_person(session, "bot")
        reading = await add_token(session, bot, Scope.READ)
        uploading = await add_token(session, bot, Scope.UPLOAD)
    page = await live_server.open(token=reading, origin=None)
    assert await page.next() == {"type": "hello", "seq": 0}
    page = await live_server.open(token=uploading, origin=None)
    assert (await page.closed())[0] == 4401


async def test_a_page_is_told_what_happens(live_server: LiveServer, ann: Member) -> None:
    await ann.hears(1)
    page = await live_server.open(ann.secret)
    assert await page.next() == {"type": "hello", "seq": 1}
    await ann.hears(2)
    assert await page.next() == note(2, 2)
    await live.publish(live.topic_of(ann.id), "typing", {"who": "bob"})
    assert await page.next() == {
        "type": "event",
        "seq": None,
        "kind": "typing",
        "data": {"who": "bob"},
    }


async def test_a_page_that_was_away_catches_up(live_server: LiveServer, ann: Member) -> None:
    for number in range(1, 6):
        await ann.hears(number)
    page = await live_server.open(ann.secret, since=3)
    assert await page.rest() == [{"type": "hello", "seq": 5}, note(4, 4), note(5, 5)]


async def test_nothing_is_missed_between_the_first_answer_and_the_connection(
    live_server: LiveServer, ann: Member, client: httpx.AsyncClient
) -> None:
    await ann.hears(1)
    client.cookies[COOKIE] = ann.secret
    me = (await client.get("/api/me")).json()
    await ann.hears(2)
    page = await live_server.open(ann.secret, since=me["live_seq"])
    assert await page.rest() == [{"type": "hello", "seq": 2}, note(2, 2)]


async def test_a_page_that_knows_what_never_was_starts_afresh(
    live_server: LiveServer, ann: Member
) -> None:
    await ann.hears(1)
    pages = []
    for since in ("9", "rubbish", "-1", "1e3", "9" * 30):
        pages.append(await live_server.open(ann.secret, since=since))
        assert await pages[-1].next() == {"type": "hello", "seq": 1}
        assert await pages[-1].next() == {"type": "resync", "seq": 1}
    await ann.hears(2)
    for page in pages:
        assert await page.next() == note(2, 2)


async def test_no_event_is_lost_or_doubled_while_pages_come_and_go(
    live_server: LiveServer, ann: Member
) -> None:
    async def happen() -> None:
        for number in range(1, 41):
            await ann.hears(number)

    happening = asyncio.create_task(happen())
    known = 0
    while known < 40:
        page = await live_server.open(ann.secret, since=known)
        assert (await page.next())["type"] == "hello"
        for _ in range(min(3, 40 - known)):
            known += 1
            assert await page.next() == note(known, known)
        await page.connection.close()
    await happening


async def test_an_event_that_the_bus_lost_is_told_before_the_next_one(
    live_server: LiveServer, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    with monkeypatch.context() as lost:
        lost.setattr(bus, "publish", lambda topic, message: None)
        await ann.hears(1)
        await ann.hears(2)
    await ann.hears(3)
    assert await page.rest() == [note(1, 1), note(2, 2), note(3, 3)]


async def test_an_event_that_the_bus_lost_is_told_at_the_next_turn_of_the_watch(
    live_server: LiveServer, ann: Member, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    with monkeypatch.context() as lost:
        lost.setattr(bus, "publish", lambda topic, message: None)
        await ann.hears(1)
    assert await page.rest() == []
    await watch.turn()
    await watch.turn()
    assert [one for one in await page.rest() if one != {"type": "ping"}] == [note(1, 1)]


async def test_events_that_arrive_out_of_order_or_twice_are_told_in_order_once(
    live_server: LiveServer, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    published: list[tuple[str, bytes]] = []
    with monkeypatch.context() as held:
        held.setattr(bus, "publish", lambda topic, message: published.append((topic, message)))
        for number in (1, 2, 3):
            await ann.hears(number)
    for topic, message in [published[1], published[0], published[2], published[2]]:
        bus.publish(topic, message)
    assert await page.rest() == [note(1, 1), note(2, 2), note(3, 3)]


async def test_a_page_that_is_too_slow_starts_afresh(live_server: LiveServer, ann: Member) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    await ann.hears(1)
    await page.next()
    for number in range(socket.QUEUE_SIZE + 10):
        bus.publish(live.topic_of(ann.id), live.pack(None, "typing", b"%d" % number))
    said = await page.rest()
    assert said[0] == {"type": "resync", "seq": 1}
    assert len(said) <= 11
    await ann.hears(2)
    assert await page.next() == note(2, 2)


async def test_topics_are_joined_only_by_those_who_may(
    live_server: LiveServer, ann: Member, database: Database
) -> None:
    async with database.write() as session:
        bob = await add_person(session, "bob")
        draft = (await add_video(session, bob, published=False)).asset_id
    page = await live_server.open(ann.secret)
    await page.next()
    for topic in (f"asset:{draft}", f"asset:{new_id()}", f"user:{bob.id}", "jobs", "asset:x"):
        await page.say(type="join", topic=topic)
        assert await page.next() == {"type": "refused", "topic": topic}
        await live.publish(topic, "asset.progress", {})
    assert await page.rest() == []


async def test_a_joined_topic_is_heard_until_it_is_left(
    live_server: LiveServer, ann: Member
) -> None:
    (topic,) = await ann.has_drafts(1)
    page = await live_server.open(ann.secret)
    await page.next()
    await page.say(type="join", topic=topic)
    assert await page.rest() == []
    await live.publish(topic, "asset.progress", {"percent": 5})
    assert await page.next() == {
        "type": "event",
        "seq": None,
        "kind": "asset.progress",
        "data": {"percent": 5},
    }
    await page.say(type="leave", topic=topic)
    await page.say(type="leave", topic=live.topic_of(ann.id))
    assert await page.rest() == []
    await live.publish(topic, "asset.progress", {"percent": 6})
    assert await page.rest() == []
    await ann.hears(1)
    assert await page.next() == note(1, 1)


RUBBISH: tuple[str | bytes, ...] = (
    "",
    "hello",
    "[]",
    '"join"',
    "{}",
    '{"type": "shout"}',
    '{"type": "join"}',
    '{"type": "join", "topic": 7}',
    '{"type": ["join"], "topic": "asset:1"}',
    json.dumps({"type": "join", "topic": "x" * 101}),
    json.dumps({"type": "pong", "more": "x" * 2000}),
    b'{"type": "pong"}',
    '{"type": "join", "topic": "\\ud800"}',
    '{"type": "join", "topic": ' + "[" * 900,
    '{"type": "join", "topic": ' + "[" * 450 + "]" * 450 + "}",
    '{"type": "typing", "topic": "conversation:\\u0000"' + "}" * 9,
)


async def test_rubbish_closes_the_connection(live_server: LiveServer, ann: Member) -> None:
    for rubbish in RUBBISH:
        page = await live_server.open(ann.secret)
        await page.next()
        await page.connection.send(rubbish)
        assert (await page.closed())[0] == 4400, rubbish


async def test_a_huge_message_and_what_is_no_text_close_one_connection_and_no_other(
    live_server: LiveServer, ann: Member
) -> None:
    other, huge, broken = [await live_server.open(ann.secret) for _ in range(3)]
    for page in (other, huge, broken):
        await page.next()
    await huge.connection.send("x" * (LARGEST_COMMAND_BYTES + 1))
    assert (await huge.closed())[0] == 1009
    await broken.connection.send(b"\xed\xa0\x80", text=True)
    assert (await broken.closed())[0] == 1007
    await ann.hears(1)
    assert await other.next() == note(1, 1)


async def test_a_reader_who_does_not_read_costs_a_bounded_queue(
    live_server: LiveServer, ann: Member, app_context: AppContext
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    quick = await live_server.open(ann.secret)
    await quick.next()
    connection = page.connection
    connection.transport.pause_reading()
    topic = live.topic_of(ann.id)
    letters = b'"%b"' % (b"x" * 8000)
    for _ in range(2000):
        bus.publish(topic, live.pack(None, "typing", letters))
        await asyncio.sleep(0)
    held = [len(one._queue) for one in listeners(app_context, topic)]
    assert max(held) <= socket.QUEUE_SIZE
    assert max(live_server.unsent_bytes()) < 2 * 64 * 1024
    await ann.hears(1)
    connection.transport.resume_reading()
    said = [await page.next()]
    while said[-1] not in (note(1, 1), {"type": "resync", "seq": 1}):
        said.append(await page.next())
    assert "resync" in {one["type"] for one in said}
    assert len(said) < 2000


def listeners(context: AppContext, topic: str) -> list[Listener]:
    """Return who listens to a topic in this process."""
    assert isinstance(context.bus, MemoryBus)
    return list(context.bus._topics._listeners[topic])


async def test_flooding_closes_the_connection(live_server: LiveServer, ann: Member) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    for _ in range(socket.BURST + 20):
        await page.say(type="pong")
    assert (await page.closed())[0] == 4429


async def test_a_page_joins_only_so_many_topics(
    live_server: LiveServer, ann: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "MOST_TOPICS", 3)
    topics = await ann.has_drafts(4)
    page = await live_server.open(ann.secret)
    await page.next()
    for topic in topics:
        await page.say(type="join", topic=topic)
    assert (await page.closed())[0] == 4429
