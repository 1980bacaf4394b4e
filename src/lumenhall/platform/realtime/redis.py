"""The bus of several processes: Redis pub/sub, one channel per topic with local listeners."""

import asyncio
import math
import time
from collections import deque
from contextlib import suppress
from types import TracebackType
from typing import Any, Self

import structlog
from redis.asyncio import ConnectionPool, Redis
from redis.asyncio.connection import AbstractConnection
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from typing_extensions import override

from lumenhall.platform.realtime.bus import (
    QUEUE_SIZE,
    Bus,
    Listener,
    Topics,
    begin_carrying,
    end_carrying,
)

PREFIX = "lumenhall:"
# Something to be subscribed to always, which also shows a new connection that it works.
SELF = PREFIX + "bus"
CONNECT_SECONDS = 5.0
PING_SECONDS = 10.0
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
# What is published while Redis is away; whatever is stored is told again from the database.
LONGEST_BACKLOG = 1000

log = structlog.get_logger()


class RedisBus(Bus):
    """Publishes and listens over two connections that are made again whenever they break.

    redis-py would also reconnect by itself, but silently; here every gap is known and each
    listener hears of it, once all its topics are subscribed to again.
    """

    def __init__(self, url: str) -> None:
        options: dict[str, Any] = {
            "protocol": 2,
            "retry": Retry(NoBackoff(), 0),
            "socket_connect_timeout": CONNECT_SECONDS,
        }
        self._redis: Redis = Redis.from_url(url, socket_timeout=CONNECT_SECONDS, **options)
        self._pool: ConnectionPool = ConnectionPool.from_url(url, **options)
        self._topics = _Subscriptions()
        self._backlog: deque[tuple[str, bytes]] = deque(maxlen=LONGEST_BACKLOG)
        self._filled = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    @override
    def publish(self, topic: str, message: bytes) -> None:
        self._backlog.append((PREFIX + topic, message))
        self._filled.set()

    @override
    def listener(self, size: int = QUEUE_SIZE) -> Listener:
        return Listener(self._topics, size)

    @override
    async def __aenter__(self) -> Self:
        self._tasks = [
            asyncio.create_task(self._keep_listening(), name="redis-listener"),
            asyncio.create_task(self._keep_publishing(), name="redis-publisher"),
        ]
        begin_carrying(self)
        return self

    @override
    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        end_carrying(self)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._redis.aclose()
        await self._pool.aclose()

    async def _keep_publishing(self) -> None:
        while True:
            await self._filled.wait()
            self._filled.clear()
            batch = list(self._backlog)
            self._backlog.clear()
            pause = FIRST_PAUSE_SECONDS
            while not await self._sent(batch):
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)

    async def _sent(self, batch: list[tuple[str, bytes]]) -> bool:
        try:
            async with self._redis.pipeline(transaction=False) as pipeline:
                for channel, data in batch:
                    _ = pipeline.publish(channel, data)
                await pipeline.execute()
        except (RedisError, OSError) as error:
            log.warning("redis_publish_failed", error=str(error))
            return False
        return True

    async def _keep_listening(self) -> None:
        pause = FIRST_PAUSE_SECONDS
        while True:
            started = time.monotonic()
            connection = self._pool.connection_class(**self._pool.connection_kwargs)
            try:
                await self._topics.listen(connection)
            except (RedisError, OSError) as error:
                log.warning("redis_listener_lost", error=str(error))
            finally:
                with suppress(RedisError, OSError):
                    await connection.disconnect(nowait=True)
            if time.monotonic() - started > LONGEST_PAUSE_SECONDS:
                pause = FIRST_PAUSE_SECONDS
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


class _Subscriptions(Topics):
    """Topics that are subscribed to at Redis as long as somebody here listens."""

    def __init__(self) -> None:
        super().__init__()
        self._connection: AbstractConnection | None = None
        self._sending = asyncio.Lock()
        self._confirmed: dict[str, asyncio.Future[None]] = {}
        self._heard_at = 0.0

    @override
    async def begin(self, topic: str) -> None:
        if self._connection is None:
            # The next connection subscribes to it and then tells its listeners of the gap.
            return
        if topic not in self._confirmed:
            self._expect(topic)
            await self._send("SUBSCRIBE", PREFIX + topic)
        if confirmed := self._confirmed.get(topic):
            await asyncio.wait([confirmed], timeout=CONNECT_SECONDS)

    @override
    async def end(self, topic: str) -> None:
        if self._confirmed.pop(topic, None) is not None:
            await self._send("UNSUBSCRIBE", PREFIX + topic)

    async def listen(self, connection: AbstractConnection) -> None:
        """Subscribe to all topics and deliver what arrives, until the connection breaks."""
        await connection.connect()  # type: ignore[no-untyped-call]
        self._heard_at = time.monotonic()
        self._connection = connection
        watching = asyncio.create_task(self._watch(connection))
        try:
            awaited = {PREFIX + topic for topic in self.names()} | {SELF}
            for topic in self.names():
                self._expect(topic)
            await self._send("SUBSCRIBE", *awaited)
            while True:
                kind, *rest = await connection.read_response(timeout=math.inf)
                self._heard_at = time.monotonic()
                channel = rest[0].decode()
                if kind == b"message":
                    self.deliver(channel.removeprefix(PREFIX), rest[1])
                elif kind == b"subscribe":
                    self._confirm(channel.removeprefix(PREFIX))
                    if channel in awaited:
                        awaited.discard(channel)
                        if not awaited:
                            self.miss()
        finally:
            watching.cancel()
            self._connection = None
            for topic in list(self._confirmed):
                self._confirm(topic)
            self._confirmed.clear()

    async def _watch(self, connection: AbstractConnection) -> None:
        """Break a connection whose other end has gone without a word."""
        while time.monotonic() - self._heard_at < 2 * PING_SECONDS:
            await self._send("PING")
            await asyncio.sleep(PING_SECONDS)
        await connection.disconnect(nowait=True)

    def _expect(self, topic: str) -> None:
        self._confirmed[topic] = asyncio.get_running_loop().create_future()

    def _confirm(self, topic: str) -> None:
        confirmed = self._confirmed.get(topic)
        if confirmed is not None and not confirmed.done():
            confirmed.set_result(None)

    async def _send(self, *command: str) -> None:
        # In the order of the calls: leaving and joining again must not change places.
        async with self._sending:
            if self._connection is not None:
                with suppress(RedisError, OSError):  # The reader of the connection will notice.
                    await self._connection.send_command(*command, check_health=False)
