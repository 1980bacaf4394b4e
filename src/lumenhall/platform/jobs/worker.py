"""Does the jobs: takes them from the table, runs them, and takes over from workers that died."""

import asyncio
import socket
import time
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

from lumenhall.platform.jobs import claims, queue, registry
from lumenhall.platform.jobs.attempt import Attempt
from lumenhall.platform.jobs.cleaning import forget_finished
from lumenhall.platform.jobs.engine import Engine
from lumenhall.platform.jobs.models import JobState
from lumenhall.platform.jobs.notices import hear_notices
from lumenhall.platform.jobs.presence import Presence
from lumenhall.platform.jobs.schedule import Schedule

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

TURN_SECONDS = 2.0
CLEANING_SECONDS = 3600.0
DEFAULT_CONCURRENCY = 4

log = structlog.get_logger()


class Worker:
    """Does jobs in this process, on its event loop; any number of workers share one table.

    `concurrency` says how many jobs of a queue run at once in this worker (4 if not named).
    It looks at the queue the moment this process commits a job or the bus or PostgreSQL says
    that another did, and every two seconds in case nobody said so.
    """

    def __init__(
        self,
        app: "AppContext",
        engine: Engine,
        *,
        kind: str = "worker",
        concurrency: Mapping[str, int] | None = None,
        turn_seconds: float = TURN_SECONDS,
    ) -> None:
        self._app = app
        self._engine = engine
        self._concurrency = concurrency or {}
        self._turn_seconds = turn_seconds
        # An SQLite file has one machine, whatever names its containers have had.
        host = "this machine" if app.database.is_sqlite else socket.gethostname()
        self._presence = Presence(app.settings.data_path / "workers", kind, host)
        self._schedule = Schedule(app.database)
        self._running: dict[UUID, Attempt] = {}
        self._woken = asyncio.Event()
        self._next_beat = 0.0
        self._next_cleaning = time.monotonic() + CLEANING_SECONDS
        self._cleaning: asyncio.Task[int] | None = None

    async def run(self) -> None:
        """Work until cancelled; then interrupt what is running and queue it again."""
        self._presence.hold()
        stop_listening = queue.listen(self._woken.set)
        hearing = asyncio.create_task(self._hear_others(), name="worker-wake-ups")
        noticing = asyncio.create_task(self._hear_notices(), name="worker-notices")
        try:
            while True:
                self._woken.clear()
                await self._turn_safely()
                # Not wait_for: on Python 3.11 it may swallow the cancellation that ends this loop.
                with suppress(TimeoutError):
                    async with asyncio.timeout(self._turn_seconds):
                        await self._woken.wait()
        finally:
            stop_listening()
            hearing.cancel()
            noticing.cancel()
            await self._leave()

    async def _hear_others(self) -> None:
        async with self._app.bus.listener(size=1) as listener:
            await listener.join(queue.TOPIC)
            while True:
                await listener.next()
                self._woken.set()

    async def _hear_notices(self) -> None:
        if not self._app.database.is_sqlite:
            await hear_notices(self._app.database.url, self._woken.set)

    async def _turn_safely(self) -> None:
        try:
            await self._turn()
        except (OperationalError, InterfaceError) as error:
            log.warning("worker_waits_for_database", error=str(error))
        except Exception:  # Whatever went wrong may go right at the next turn.
            log.exception("worker_turn_failed")

    async def _turn(self) -> None:
        if time.monotonic() >= self._next_beat:
            self._next_beat = time.monotonic() + self._turn_seconds
            await self._beat()
            await self._schedule.turn()
            self._clean()
        if self._running:
            await self._stop_cancelled()
        await self._take()

    async def _beat(self) -> None:
        async with self._app.database.write() as session:
            alive = await self._presence.renew(session)
            dead = await self._presence.find_dead(session)
            for worker in dead:
                jobs = await claims.give_back(session, worker, crashed=True)
                log.warning("worker_found_dead", worker=str(worker), jobs=jobs)
        for worker in dead:
            self._presence.sweep(worker)
        if not alive and self._running:
            log.error("worker_was_declared_dead", jobs=len(self._running))
            await self._stop_all()

    async def _stop_cancelled(self) -> None:
        async with self._app.database.read() as session:
            asked = await claims.requests_to_cancel(session, self._presence.id)
        for job in asked:
            if attempt := self._running.get(job):
                attempt.stop(JobState.CANCELLED)

    async def _take(self) -> None:
        names = registry.names()
        async with self._app.database.read() as session:
            waiting = await claims.queues_with_work(session, names)
        busy = Counter(attempt.claim.queue for attempt in self._running.values())
        for name in waiting:
            free = self._concurrency.get(name, DEFAULT_CONCURRENCY) - busy[name]
            if free <= 0:
                continue
            async with self._app.database.write() as session:
                taken = await claims.claim(session, self._presence.id, name, names, free)
            for claim in taken:
                self._begin(Attempt(self._app, self._engine, self._presence.id, claim))

    def _begin(self, attempt: Attempt) -> None:
        self._running[attempt.claim.id] = attempt
        attempt.task.add_done_callback(lambda task: self._end(attempt))

    def _end(self, attempt: Attempt) -> None:
        del self._running[attempt.claim.id]
        self._woken.set()

    def _clean(self) -> None:
        if time.monotonic() >= self._next_cleaning:
            self._next_cleaning = time.monotonic() + CLEANING_SECONDS
            self._cleaning = asyncio.create_task(forget_finished(self._app.database, self._engine))

    async def _stop_all(self) -> None:
        tasks = [attempt.task for attempt in self._running.values()]
        for attempt in self._running.values():
            attempt.stop(JobState.QUEUED)
        if tasks:
            await asyncio.wait(tasks)

    async def _leave(self) -> None:
        if self._cleaning is not None:
            self._cleaning.cancel()
        await self._stop_all()
        try:
            async with self._app.database.write() as session:
                await claims.give_back(session, self._presence.id, crashed=False)
        except Exception:  # The peers, or the next start, will find these jobs.
            log.exception("worker_left_jobs_behind")
        self._presence.let_go()
