"""Limits, counted in memory and in a real Redis."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from lumenhall.platform.limits import Limit, Limiter
from tests.fixtures.services import RedisServer

THREE = Limit("three", 3, 60)


@pytest.fixture(params=["memory", "redis"])
async def limiter(request: pytest.FixtureRequest) -> AsyncIterator[Limiter]:
    url = request.getfixturevalue("redis_url") if request.param == "redis" else ""
    limiter = Limiter(url)
    yield limiter
    await limiter.close()


async def test_what_is_too_much_must_wait_until_the_window_ends(limiter: Limiter) -> None:
    waits = [await limiter.wait_for(THREE, "ann") for _ in range(5)]

    assert waits[:3] == [0, 0, 0]
    assert all(0 < wait <= 60 for wait in waits[3:])


async def test_keys_and_limits_are_counted_apart(limiter: Limiter) -> None:
    for _ in range(4):
        await limiter.wait_for(THREE, "ann")

    assert await limiter.wait_for(THREE, "bob") == 0
    assert await limiter.wait_for(Limit("other", 3, 60), "ann") == 0


async def test_of_many_at_once_exactly_as_many_get_through(limiter: Limiter) -> None:
    waits = await asyncio.gather(*(limiter.wait_for(THREE, "ann") for _ in range(20)))
    assert waits.count(0) == 3


async def test_a_count_can_be_forgotten(limiter: Limiter) -> None:
    for _ in range(4):
        await limiter.wait_for(THREE, "ann")
    await limiter.forget(THREE, "ann")

    assert await limiter.wait_for(THREE, "ann") == 0


async def test_two_processes_count_together_in_redis(redis_url: str) -> None:
    one, other = Limiter(redis_url), Limiter(redis_url)
    waits = [await limiter.wait_for(THREE, "ann") for limiter in (one, other, one, other)]
    await one.close()
    await other.close()

    assert waits[:3] == [0, 0, 0]
    assert waits[3] > 0


async def test_while_redis_is_away_each_process_counts_for_itself(
    redis_server: RedisServer,
) -> None:
    limiter = Limiter(redis_server.url)
    assert await limiter.wait_for(THREE, "ann") == 0
    redis_server.stop()

    away = [await limiter.wait_for(THREE, "ann") for _ in range(4)]
    await limiter.forget(THREE, "ann")
    redis_server.start()
    back = await limiter.wait_for(THREE, "ann")
    await limiter.close()

    assert away[:3] == [0, 0, 0]
    assert away[3] > 0
    assert back == 0
