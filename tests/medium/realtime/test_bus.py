"""The bus in memory and over Redis: the same promises, tested with the same tests."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack

import pytest

from lumenhall.platform.realtime import Bus, Heard, Listener, MemoryBus, Missed, RedisBus
from tests.fixtures.services import RedisServer

QUIET_SECONDS = 0.15


@pytest.fixture(params=["memory", "redis"])
async def buses(request: pytest.FixtureRequest) -> AsyncIterator[tuple[Bus, Bus]]:
    """The buses of two processes; with the bus in memory there is only one process."""
    async with AsyncExitStack() as stack:
        if request.param == "memory":
            bus = await stack.enter_async_context(MemoryBus())
            yield bus, bus
            return
        url = request.getfixturevalue("redis_url")
        pair = [await stack.enter_async_context(RedisBus(url)) for _ in range(2)]
        for each in pair:
            await connected(each)
        yield pair[0], pair[1]


async def connected(bus: RedisBus) -> None:
    await until(lambda: bus._topics._connection is not None)
    async with bus.listener() as listener:
        await listener.join("anything")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while True:
            if condition():
                return
            await asyncio.sleep(0.01)


async def hear(listener: Listener) -> Heard | Missed:
    async with asyncio.timeout(5):
        return await listener.next()


async def hear_all(listener: Listener) -> list[Heard | Missed]:
    heard = []
    while True:
        try:
            async with asyncio.timeout(QUIET_SECONDS):
                heard.append(await listener.next())
        except TimeoutError:
            return heard


async def test_a_message_reaches_every_listener_of_its_topic(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    async with here.listener() as a, there.listener() as b, there.listener() as other:
        await asyncio.gather(a.join("room 1"), b.join("room 1"), other.join("room 2"))
        here.publish("room 1", b"hello")
        there.publish("room 1", b"2")
        for listener in (a, b):
            heard = await hear_all(listener)
            assert sorted(map(str, heard)) == sorted(
                [str(Heard("room 1", b"hello")), str(Heard("room 1", b"2"))]
            )
        assert await hear_all(other) == []


async def test_messages_of_one_sender_keep_their_order(buses: tuple[Bus, Bus]) -> None:
    here, there = buses
    async with there.listener() as listener:
        await listener.join("room")
        for number in range(200):
            here.publish("room", b"%d" % number)
        heard = [await hear(listener) for _ in range(200)]
    assert heard == [Heard("room", b"%d" % number) for number in range(200)]


async def test_a_listener_that_left_hears_nothing_and_may_come_back(
    buses: tuple[Bus, Bus],
) -> None:
    here, there = buses
    async with there.listener() as listener:
        for _ in range(20):
            await listener.join("room")
            await listener.leave("room")
        here.publish("room", b"to nobody")
        assert await hear_all(listener) == []
        await listener.join("room")
        here.publish("room", b"welcome")
        assert await hear(listener) == Heard("room", b"welcome")


async def test_several_who_join_at_once_all_hear_the_first_message(
    buses: tuple[Bus, Bus],
) -> None:
    here, there = buses
    async with AsyncExitStack() as stack:
        listeners = [await stack.enter_async_context(there.listener()) for _ in range(10)]
        await asyncio.gather(*(listener.join("room") for listener in listeners))
        here.publish("room", b"first")
        for listener in listeners:
            assert await hear(listener) == Heard("room", b"first")


async def test_a_listener_that_is_too_slow_hears_that_it_missed_something(
    buses: tuple[Bus, Bus],
) -> None:
    here, there = buses
    async with there.listener(size=3) as slow, there.listener() as quick:
        await asyncio.gather(slow.join("room"), quick.join("room"))
        for number in range(5):
            here.publish("room", b"%d" % number)
        assert len([await hear(quick) for _ in range(5)]) == 5
        assert isinstance(await hear(slow), Missed)
        assert await hear(slow) == Heard("room", b"4")


async def test_channels_are_subscribed_to_only_while_somebody_listens(redis_url: str) -> None:
    async with RedisBus(redis_url) as bus:
        await connected(bus)

        async def channels() -> set[bytes | str]:
            return set(await bus._redis.pubsub_channels("lumenhall:*"))

        before = await channels()
        async with bus.listener() as a, bus.listener() as b:
            await asyncio.gather(a.join("room"), b.join("room"))
            assert await channels() - before == {b"lumenhall:room"}
            await a.leave("room")
            assert await channels() - before == {b"lumenhall:room"}
        async with asyncio.timeout(5):
            while True:
                if await channels() == before:
                    break
                await asyncio.sleep(0.01)


async def test_after_a_restart_of_redis_listeners_hear_of_the_gap_and_go_on(
    redis_server: RedisServer,
) -> None:
    async with RedisBus(redis_server.url) as bus:
        await connected(bus)
        async with bus.listener() as listener:
            await listener.join("room")
            await asyncio.to_thread(redis_server.stop)
            async with bus.listener() as late:
                await late.join("room")
                bus.publish("room", b"while it was away")
                await asyncio.sleep(0.5)
                await asyncio.to_thread(redis_server.start)
                assert isinstance(await hear(listener), Missed)
                assert isinstance(await hear(late), Missed)
                await hear_all(listener)
                bus.publish("room", b"again")
                assert await hear(listener) == Heard("room", b"again")


async def test_the_bus_starts_while_redis_is_away(redis_server: RedisServer) -> None:
    await asyncio.to_thread(redis_server.stop)
    async with RedisBus(redis_server.url) as bus, bus.listener() as listener:
        await listener.join("room")
        await asyncio.sleep(0.2)
        await asyncio.to_thread(redis_server.start)
        assert isinstance(await hear(listener), Missed)
        bus.publish("room", b"hello")
        assert await hear(listener) == Heard("room", b"hello")


async def test_a_connection_whose_other_end_is_silent_is_replaced(
    redis_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumenhall.platform.realtime.redis.PING_SECONDS", 0.1)
    async with RedisBus(redis_url) as bus, bus.listener() as listener:
        await listener.join("room")
        assert isinstance(await hear(listener), Missed)
        # From here on nothing more is sent, so no answer comes either.
        monkeypatch.setattr(type(bus._topics), "_send", _say_nothing)
        first = bus._topics._connection
        await until(lambda: bus._topics._connection is not first)


async def _say_nothing(self: object, *command: str) -> None: ...
