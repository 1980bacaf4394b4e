"""The bus: what one process publishes on a topic reaches listeners in all of them, at most once.

It may lose messages when Redis is away, and then says so to every listener. What must not be
lost is stored first (`live.send`) and told from the database.
"""

import asyncio
from collections import deque
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self

QUEUE_SIZE = 256


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that was published on a topic the listener had joined."""

    topic: str
    message: bytes


class Missed:
    """Stands for messages that a listener did not get: too slow, or the bus was away."""


class Bus(Protocol):
    """Carries messages between processes, whatever they hold; enter it before publishing."""

    def publish(self, topic: str, message: bytes) -> None:
        """Send a message on its way; never waits and never fails."""
        ...

    def listener(self, size: int = QUEUE_SIZE) -> "Listener":
        """Return a listener that keeps at most `size` messages; enter it to use it."""
        ...

    async def __aenter__(self) -> Self: ...

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None: ...


class Topics:
    """The listeners of this process by topic; adapters are told of first and last ones."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[Listener]] = {}

    def names(self) -> list[str]:
        """Return the topics that have a listener."""
        return list(self._listeners)

    async def join(self, topic: str, listener: "Listener") -> None:
        """Add a listener; once this returns it hears everything published from now on."""
        members = self._listeners.setdefault(topic, set())
        members.add(listener)
        await self.begin(topic)

    async def leave(self, topic: str, listener: "Listener") -> None:
        """Remove a listener."""
        members = self._listeners.get(topic, set())
        members.discard(listener)
        if not members and self._listeners.pop(topic, None) is not None:
            await self.end(topic)

    async def begin(self, topic: str) -> None:
        """Make sure that messages on the topic reach this process."""

    async def end(self, topic: str) -> None:
        """Let messages on the topic pass this process by: nobody listens any more."""

    def deliver(self, topic: str, message: bytes) -> None:
        """Hand a message to the topic's listeners."""
        if listeners := self._listeners.get(topic):
            heard = Heard(topic, message)
            for listener in listeners:
                listener.put(heard)

    def miss(self) -> None:
        """Tell every listener that messages were lost."""
        for listener in set().union(*self._listeners.values()):
            listener.lose()


class Listener:
    """A bounded queue of what is published on the topics it joined.

    When it is full, everything in it is dropped and replaced by one `Missed`.
    """

    __slots__ = ("_joined", "_queue", "_size", "_topics", "_waiting")

    def __init__(self, topics: Topics, size: int) -> None:
        self._topics = topics
        self._size = size
        self._joined: set[str] = set()
        self._queue: deque[Heard | Missed] = deque()
        self._waiting: asyncio.Future[None] | None = None

    async def join(self, topic: str) -> None:
        """Hear what is published on the topic from now on."""
        self._joined.add(topic)
        await self._topics.join(topic, self)

    async def leave(self, topic: str) -> None:
        """Hear no more of the topic."""
        self._joined.discard(topic)
        await self._topics.leave(topic, self)

    @property
    def joined(self) -> frozenset[str]:
        """The topics it listens to."""
        return frozenset(self._joined)

    async def next(self) -> Heard | Missed:
        """Return the oldest message that was not yet taken, waiting for one if need be."""
        while not self._queue:
            self._waiting = asyncio.get_running_loop().create_future()
            await self._waiting
        return self._queue.popleft()

    def put(self, heard: Heard) -> None:
        """Keep a message until it is taken."""
        if len(self._queue) >= self._size:
            self.lose()
        else:
            self._queue.append(heard)
            self._wake()

    def lose(self) -> None:
        """Drop everything and note that it was lost."""
        self._queue.clear()
        self._queue.append(Missed())
        self._wake()

    def _wake(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for topic in self.joined:
            await self.leave(topic)


_running: list[Bus] = []


def publish(topic: str, message: bytes) -> None:
    """Publish on the bus of this process; nothing happens where none is running."""
    for bus in _running:
        bus.publish(topic, message)


def begin_carrying(bus: Bus) -> None:
    """Make `publish` use this bus; adapters call it when they are entered."""
    _running.append(bus)


def end_carrying(bus: Bus) -> None:
    """Undo `begin_carrying`."""
    _running.remove(bus)
