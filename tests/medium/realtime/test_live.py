"""Live events: stored with the work, numbered per person, told after the commit, replayed."""

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import Bus, Heard, MemoryBus, live

NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.fixture
async def bus() -> AsyncIterator[Bus]:
    async with MemoryBus() as bus:
        yield bus


async def tell(database: Database, *people: UUID, number: int = 0) -> None:
    async with database.write() as session:
        await live.send(session, people, "note", {"number": number})


async def missed(database: Database, person: UUID, since: int | None) -> live.Replay:
    async with database.read() as session:
        return await live.replay(session, person, since)


async def test_events_are_numbered_per_person_without_gaps(database: Database) -> None:
    alice, bob = new_id(), new_id()
    await tell(database, alice, bob, number=1)
    await tell(database, alice, number=2)
    await tell(database, alice, bob, bob, number=3)

    to_alice, to_bob = await missed(database, alice, 0), await missed(database, bob, 0)
    assert to_alice.events is not None
    assert [(each["seq"], each["data"]["number"]) for each in to_alice.events] == [
        (1, 1),
        (2, 2),
        (3, 3),
    ]
    assert to_bob.events is not None
    assert [(each["seq"], each["data"]["number"]) for each in to_bob.events] == [(1, 1), (2, 3)]


async def test_an_event_is_told_after_the_commit_with_its_number(
    database: Database, bus: Bus
) -> None:
    alice = new_id()
    async with bus.listener() as listener:
        await listener.join(live.topic_of(alice))
        async with database.write() as session:
            await live.send(session, [alice], "note", {"text": "hello"})
            assert not listener._queue
        assert await listener.next() == Heard(
            live.topic_of(alice), live.pack(1, "note", b'{"text":"hello"}')
        )


async def test_what_is_rolled_back_is_neither_told_nor_numbered(
    database: Database, bus: Bus
) -> None:
    alice = new_id()
    async with bus.listener() as listener:
        await listener.join(live.topic_of(alice))
        with pytest.raises(RuntimeError):
            async with database.write() as session:
                await live.send(session, [alice], "note", {})
                raise RuntimeError
        assert not listener._queue
    assert await missed(database, alice, 0) == live.Replay(0, [])


async def test_what_is_not_kept_is_told_after_the_commit_or_not_at_all(
    database: Database, bus: Bus
) -> None:
    async with bus.listener() as listener:
        await listener.join("asset:1")
        async with database.write() as session:
            live.publish_after_commit(session, "asset:1", "asset.progress", {"percent": 5})
            assert not listener._queue
        assert await listener.next() == Heard(
            "asset:1", live.pack(None, "asset.progress", b'{"percent":5}')
        )
        with pytest.raises(RuntimeError):
            async with database.write() as session:
                live.publish_after_commit(session, "asset:1", "asset.progress", {"percent": 6})
                raise RuntimeError
        assert not listener._queue


async def test_senders_at_once_neither_block_each_other_nor_share_a_number(
    database: Database,
) -> None:
    people = [new_id() for _ in range(5)]

    async def send_some(number: int) -> None:
        # In any order: it must not matter who is named first.
        await tell(database, *random.sample(people, 4), number=number)

    await asyncio.gather(*(send_some(number) for number in range(20)))
    for person in people:
        replay = await missed(database, person, 0)
        assert replay.events is not None
        assert [each["seq"] for each in replay.events] == list(range(1, replay.seq + 1))


async def test_a_page_gets_what_it_missed(database: Database) -> None:
    alice = new_id()
    for number in range(1, 6):
        await tell(database, alice, number=number)
    replay = await missed(database, alice, 3)
    assert replay.seq == 5
    assert replay.events is not None
    assert [each["seq"] for each in replay.events] == [4, 5]
    assert await missed(database, alice, 5) == live.Replay(5, [])
    assert await missed(database, alice, None) == live.Replay(5, [])


async def test_a_page_fetches_afresh_when_what_it_missed_is_gone(database: Database) -> None:
    alice = new_id()
    with clock.freeze(NOW - timedelta(days=31)):
        await tell(database, alice)
        await tell(database, alice)
    with clock.freeze(NOW):
        await tell(database, alice)
        async with database.write() as session:
            await live.forget_old(session)
    assert await missed(database, alice, 1) == live.Replay(3, None)
    replay = await missed(database, alice, 2)
    assert replay.events is not None
    assert [each["seq"] for each in replay.events] == [3]


async def test_a_page_fetches_afresh_when_it_knows_numbers_that_were_never_given(
    database: Database,
) -> None:
    alice = new_id()
    await tell(database, alice)
    assert await missed(database, alice, 7) == live.Replay(1, None)
    assert await missed(database, alice, -3000) == live.Replay(1, None)


async def test_a_page_fetches_afresh_when_it_missed_too_much(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "MOST_REPLAYED", 2)
    alice = new_id()
    for number in range(3):
        await tell(database, alice, number=number)
    assert (await missed(database, alice, 0)).events is None
    assert (await missed(database, alice, 1)).events is not None


async def test_an_event_reaches_a_whole_community(database: Database) -> None:
    people = [new_id() for _ in range(5000)]
    await tell(database, *people)
    async with database.read() as session:
        assert await live.last_numbers(session, people) == dict.fromkeys(people, 1)
