"""One open socket: a task that hears the page and a task that tells it, until either ends."""

import asyncio
import time
from contextlib import suppress

import orjson
import structlog
from starlette.websockets import WebSocket, WebSocketDisconnect

from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.context import AppContext
from lumenhall.platform.realtime import Heard, Missed, live
from lumenhall.surfaces.live import protocol
from lumenhall.surfaces.live.doors import Doors
from lumenhall.surfaces.live.protocol import Close, Closed

QUEUE_SIZE = 256
MOST_TOPICS = 50
SILENCE_SECONDS = 70.0
BURST = 60
MESSAGES_PER_SECOND = 10.0
SECONDS_BETWEEN_TYPING = 2.0
# What is said on the topic of a video when something of it changed, who may see it included.
CHANGED = "video.changed"
# What the watch puts into the queue: there are newer events, and a question.
_NEWER = ""
_PING = "ping"

log = structlog.get_logger()


class Socket:
    """A page that listens. `seq` is the number of the last stored event it was told."""

    __slots__ = (
        "_allowance",
        "_context",
        "_doors",
        "_ended",
        "_heard_at",
        "_listener",
        "_own_topic",
        "_typed_at",
        "_websocket",
        "actor",
        "seq",
    )

    def __init__(
        self, websocket: WebSocket, context: AppContext, actor: Actor, doors: Doors
    ) -> None:
        self.actor = actor
        self.seq = 0
        self._websocket = websocket
        self._context = context
        self._doors = doors
        self._own_topic = live.topic_of(actor.user_id)
        self._listener = context.bus.listener(QUEUE_SIZE)
        self._heard_at = time.monotonic()
        self._typed_at = -SECONDS_BETWEEN_TYPING
        self._allowance = float(BURST)
        self._ended: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def run(self, since: int | None) -> None:
        """Replay, then hear and tell until the page leaves; raises Closed to close it."""
        async with self._listener:
            # Joined before the replay is read, so nothing falls between the two.
            await self._listener.join(self._own_topic)
            await self._greet(since)
            tasks = {
                self._ended,
                asyncio.create_task(self._hear()),
                asyncio.create_task(self._tell()),
            }
            try:
                done, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            with suppress(WebSocketDisconnect):
                task.result()

    def end(self, closed: Closed) -> None:
        """Close the socket for a reason from outside."""
        if not self._ended.done():
            self._ended.set_exception(closed)

    def catch_up(self, seq: int) -> None:
        """Make the socket read from the database if it was not told of event `seq`."""
        if seq > self.seq:
            self._listener.put(Heard(self._own_topic, live.pack(seq, _NEWER, b"")))

    def ping(self) -> None:
        """Ask the page whether it is there."""
        self._listener.put(Heard(self._own_topic, live.pack(None, _PING, b"")))

    def is_silent(self) -> bool:
        """Say whether the page has left without a word."""
        return time.monotonic() - self._heard_at > SILENCE_SECONDS

    async def _greet(self, since: int | None) -> None:
        async with self._context.database.read() as session:
            replay = await live.replay(session, self.actor.user_id, since)
        await self._send(protocol.hello(replay.seq))
        await self._replay(replay)

    async def _replay(self, replay: live.Replay) -> None:
        self.seq = replay.seq
        if replay.events is None:
            await self._send(protocol.resync(replay.seq))
            return
        for event in replay.events:
            data = orjson.dumps(event["data"])
            await self._send(protocol.event(event["seq"], event["kind"], data))

    async def _tell(self) -> None:
        while True:
            heard = await self._listener.next()
            if isinstance(heard, Missed):
                await self._resync()
            else:
                await self._tell_heard(heard.topic, live.unpack(heard.message))

    async def _tell_heard(self, topic: str, told: live.Told) -> None:
        if told.kind == _PING:
            await self._send(protocol.ping())
        elif told.seq is None:
            if await self._still_hears(topic, told):
                await self._send(protocol.event(None, told.kind, told.data))
        elif told.seq == self.seq + 1 and told.kind != _NEWER:
            self.seq = told.seq
            await self._send(protocol.event(told.seq, told.kind, told.data))
        elif told.seq > self.seq:
            # Another one comes first that the bus lost, or that is still on its way.
            async with self._context.database.read() as session:
                replay = await live.replay(session, self.actor.user_id, self.seq)
            await self._replay(replay)

    async def _still_hears(self, topic: str, told: live.Told) -> bool:
        """Say whether the page may hear it; when a video has changed, it may have been hidden."""
        if topic not in self._listener.joined:
            return False
        if topic == self._own_topic or told.kind != CHANGED:
            return True
        async with self._context.database.read() as session:
            allowed = await self._doors.may_join(session, self.actor, topic)
        if not allowed:
            await self._listener.leave(topic)
            await self._send(protocol.refused(topic))
        return allowed

    async def _resync(self) -> None:
        async with self._context.database.read() as session:
            self.seq = await live.last_number(session, self.actor.user_id)
        await self._send(protocol.resync(self.seq))

    async def _hear(self) -> None:
        while True:
            message = await self._websocket.receive()
            if message["type"] == "websocket.disconnect":
                return
            self._spend()
            kind, topic = protocol.read(message.get("text") or "")
            if kind == "join":
                await self._join(topic)
            elif kind == "leave" and topic != self._own_topic:
                await self._listener.leave(topic)
            elif kind == "typing":
                await self._type(topic)

    def _spend(self) -> None:
        """Count a message; a page of ours never says that much."""
        now = time.monotonic()
        earned = (now - self._heard_at) * MESSAGES_PER_SECOND
        self._heard_at = now
        self._allowance = min(self._allowance + earned, BURST) - 1
        if self._allowance < 0:
            raise Closed(Close.FLOODING, "Too many messages.")

    async def _join(self, topic: str) -> None:
        if len(self._listener.joined) > MOST_TOPICS:
            raise Closed(Close.FLOODING, "Too many topics.")
        async with self._context.database.read() as session:
            allowed = await self._doors.may_join(session, self.actor, topic)
        if allowed:
            await self._listener.join(topic)
        else:
            await self._send(protocol.refused(topic))

    async def _type(self, topic: str) -> None:
        now = time.monotonic()
        if now - self._typed_at < SECONDS_BETWEEN_TYPING:
            return
        self._typed_at = now
        async with self._context.database.read() as session:
            await self._doors.tell_typing(session, self.actor, topic)

    async def _send(self, text: str) -> None:
        await self._websocket.send_text(text)
