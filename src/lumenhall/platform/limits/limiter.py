"""Counts attempts, and says how long to wait when there were too many."""

import math
import time
from dataclasses import dataclass
from typing import Any

import structlog
from limits import RateLimitItemPerSecond
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from limits.errors import StorageError
from redis.asyncio import ConnectionPool

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `attempts` in the `seconds` from the first one, for each key of this `name`."""

    name: str
    attempts: int
    seconds: int

    @property
    def item(self) -> RateLimitItemPerSecond:
        """The limit in the terms of the library."""
        return RateLimitItemPerSecond(self.attempts, self.seconds, namespace=self.name)


class Limiter:
    """Counts in Redis when there is an address, for all processes together; else in memory.

    While Redis is away each process counts for itself, so that people can still sign in and
    nobody can try without end.
    """

    def __init__(self, redis_url: str = "") -> None:
        self._here = self._shared = FixedWindowRateLimiter(MemoryStorage())
        self._pool: ConnectionPool | None = None
        if redis_url:
            self._pool = ConnectionPool.from_url(redis_url)
            self._shared = FixedWindowRateLimiter(_redis_storage(redis_url, self._pool))

    async def wait_for(self, limit: Limit, key: str) -> int:
        """Count an attempt; return 0 when it may go on, else the seconds until the next may."""
        try:
            return await _count(self._shared, limit, key)
        except StorageError as error:
            log.warning("limits_away", error=str(error.storage_error))
            return await _count(self._here, limit, key)

    async def forget(self, limit: Limit, key: str) -> None:
        """Start counting afresh for the key."""
        try:
            await self._shared.clear(limit.item, key)
        except StorageError as error:
            log.warning("limits_away", error=str(error.storage_error))
        await self._here.clear(limit.item, key)

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self._pool is not None:
            await self._pool.disconnect()


async def _count(limiter: FixedWindowRateLimiter, limit: Limit, key: str) -> int:
    if await limiter.hit(limit.item, key):
        return 0
    window = await limiter.get_window_stats(limit.item, key)
    return max(1, math.ceil(window.reset_time - time.time()))


def _redis_storage(url: str, pool: ConnectionPool) -> RedisStorage:
    # The library's annotations do not know that it takes a pool.
    given: dict[str, Any] = {"connection_pool": pool, "implementation": "redispy"}
    return RedisStorage(f"async+{url}", wrap_exceptions=True, **given)
