"""The watch over all open sockets of a process, a few statements for all of them together.

Every 25 seconds it asks every page whether it is there, closes sockets whose session ended or
whose page is silent, lets those catch up that were not told of their newest event, however that
came about, and says who is here.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import islice
from uuid import UUID

import structlog
from prometheus_client import Gauge
from starlette.applications import Starlette

from lumenhall.platform.db import Database
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import live, presence
from lumenhall.surfaces.live.doors import Doors
from lumenhall.surfaces.live.protocol import Close, Closed
from lumenhall.surfaces.live.socket import Socket

TURN_SECONDS = 25.0
SECONDS_BEFORE_GONE = 5.0
SOCKETS_PER_STATEMENT = 500

log = structlog.get_logger()
OPEN = Gauge("lumenhall_live_sockets", "Open live connections.")


class Watch:
    """Runs while at least one socket is open."""

    def __init__(self, database: Database, doors: Doors) -> None:
        self._database = database
        self._doors = doors
        self._sockets: set[Socket] = set()
        self._process_id = new_id()
        self._people: Counter[UUID] = Counter()
        self._leaving: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def over(self, socket: Socket) -> AsyncIterator[None]:
        """Watch over a socket for as long as the block lasts."""
        self._sockets.add(socket)
        OPEN.inc()
        if self._task is None:
            self._task = asyncio.create_task(self._keep_turning(), name="live-watch")
        person = socket.actor.user_id
        self._people[person] += 1
        try:
            if self._people[person] == 1:
                await self._tell_presence(person, is_here=True)
            yield
        finally:
            self._people[person] -= 1
            if not self._people[person]:
                self._part_from(person)
            self._sockets.discard(socket)
            OPEN.dec()
            if not self._sockets and self._task is not None:
                self._task.cancel()
                self._task = None

    async def turn(self) -> None:
        """Look at every socket once."""
        for socket in self._sockets:
            socket.ping()
        sockets = iter(list(self._sockets))
        while some := list(islice(sockets, SOCKETS_PER_STATEMENT)):
            credentials = [socket.actor.credential_id for socket in some]
            people = [socket.actor.user_id for socket in some]
            async with self._database.read() as session:
                alive = await self._doors.live_credentials(session, credentials)
                newest = await live.last_numbers(session, people)
            for socket in some:
                if socket.actor.credential_id not in alive:
                    socket.end(Closed(Close.SIGNED_OUT, "The session has ended."))
                elif socket.is_silent():
                    socket.end(Closed(Close.SILENT, "Nothing was heard of this page."))
                else:
                    socket.catch_up(newest.get(socket.actor.user_id, 0))
        async with self._database.write() as session:
            await presence.keep(session, self._process_id, +self._people)

    def _part_from(self, person: UUID) -> None:
        task = asyncio.create_task(self._leave_later(person), name="live-leave")
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)

    async def _leave_later(self, person: UUID) -> None:
        # A page that is loaded again is away for a moment only.
        await asyncio.sleep(SECONDS_BEFORE_GONE)
        if not self._people[person]:
            del self._people[person]
            await self._tell_presence(person, is_here=False)

    async def _tell_presence(self, person: UUID, *, is_here: bool) -> None:
        try:
            async with self._database.write() as session:
                if is_here:
                    await presence.keep(session, self._process_id, [person])
                else:
                    await presence.leave(session, self._process_id, person)
                is_online = person in await presence.online(session, [person])
                await self._doors.tell_presence(session, person, is_online)
        except Exception:  # Who is here is never worth closing a socket for.
            log.exception("live_presence_failed")

    async def _keep_turning(self) -> None:
        while True:
            await asyncio.sleep(TURN_SECONDS)
            try:
                await self.turn()
            except Exception:  # A database that is away for a while must not end the watch.
                log.exception("live_watch_failed")


def watch_of(app: Starlette, doors: Doors) -> Watch:
    """Return the watch of a running application, made when its first socket opens."""
    watch: Watch | None = getattr(app.state, "live_watch", None)
    if watch is None:
        watch = app.state.live_watch = Watch(app.state.context.database, doors)
    return watch
