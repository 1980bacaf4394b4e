"""DBOS 3.4 as the recorder of finished steps; the only file that knows DBOS.

Each attempt at a job is one DBOS workflow, named `<job id>.<attempt>` and run in the
worker's own task and event loop. An attempt starts with what the workflows of the earlier
attempts have recorded, so a crash and a retry are continued in the same way, by public calls
only. Queueing, scheduling and taking over from the dead is done by our own tables, so the
threads by which DBOS does that never start: they cost one percent of a core when idle, and
take a second to notice anything.
"""

import asyncio
import logging
import os
import sqlite3
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any
from uuid import UUID

import dbos._dbos as dbos_internals
import sqlalchemy as sa
import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID
from sqlalchemy.exc import InterfaceError, OperationalError
from typing_extensions import override

from lumenhall.platform.db import Database
from lumenhall.platform.db.sqlite import enter_wal
from lumenhall.platform.jobs.engine import Engine
from lumenhall.platform.jobs.run import Steps
from lumenhall.platform.kit.ids import new_id

# DBOS refuses to continue workflows of another version; ours are continued by name of step.
APPLICATION_VERSION = "1"
THREADS = 16
PAUSE_SECONDS = 1.0
POLLERS = ("queue_thread", "background_jobs_thread", "dynamic_scheduler_loop")

log = structlog.get_logger()
_attempts: dict[str, Callable[[], Awaitable[None]]] = {}


@DBOS.workflow(name="lumenhall_job")
async def _attempt(workflow: str) -> None:
    await _attempts[workflow]()


class DbosEngine(Engine):
    """Records steps in the schema `dbos` on PostgreSQL, or in the file `jobs.sqlite`.

    A process has at most one that is started, because DBOS is a singleton.
    """

    def __init__(self, database: Database, data_path: Path) -> None:
        self._file = data_path / "jobs.sqlite" if database.is_sqlite else None
        self._url = database.url
        self._connections: sa.Engine | None = None

    @override
    async def start(self) -> None:
        await asyncio.to_thread(self._launch)

    @override
    async def stop(self) -> None:
        await asyncio.to_thread(self._shut_down)
        # DBOS makes its threads the loop's own; they are gone now.
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor())

    @override
    async def run(self, job: UUID, attempt: int, work: Callable[[Steps], Awaitable[None]]) -> None:
        steps = _DbosSteps(await self._finished_before(job, attempt), self._settle)
        workflow = _workflow(job, attempt)
        _attempts[workflow] = partial(steps.do_all, work)
        try:
            with SetWorkflowID(workflow):
                await _attempt(workflow)
        except (OperationalError, InterfaceError):
            # What counts is in the steps; that the attempt itself ended is told by our own row.
            if not steps.all_done:
                raise
        finally:
            del _attempts[workflow]

    @override
    async def forget(self, jobs: Sequence[tuple[UUID, int]]) -> None:
        for job, attempts in jobs:
            await DBOS.delete_workflows_async(_workflows(job, attempts))

    async def _finished_before(self, job: UUID, attempt: int) -> dict[str, Any]:
        earlier = _workflows(job, attempt - 1)
        if earlier:
            # Whoever still runs one of them can't record anything any more.
            await DBOS.cancel_workflows_async(earlier)
        steps = [step for each in earlier for step in await DBOS.list_workflow_steps_async(each)]
        return {step["function_name"]: step["output"] for step in steps if step["error"] is None}

    def _launch(self) -> None:
        logging.getLogger("dbos").addHandler(logging.NullHandler())
        self._connections = self._connect()
        config = DBOSConfig(
            name="lumenhall",
            system_database_engine=self._connections,
            application_version=APPLICATION_VERSION,
            executor_id=str(new_id()),
            serializer=DBOSPortableJSONSerializer(),
            use_listen_notify=False,
            max_executor_threads=THREADS,
            notification_listener_polling_interval_sec=0.25,  # Nothing to listen to; stops sooner.
            log_level="ERROR",
        )
        for poller in POLLERS:
            setattr(dbos_internals, poller, _no_thread)
        DBOS(config=config)
        DBOS.launch()

    def _shut_down(self) -> None:
        DBOS.destroy()
        if self._connections is not None:
            self._connections.dispose()

    def _connect(self) -> sa.Engine:
        if self._file is None:
            return sa.create_engine(self._url, pool_size=2, max_overflow=2, pool_pre_ping=True)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        engine = sa.create_engine(f"sqlite:///{self._file}", pool_size=2, max_overflow=2)
        sa.event.listen(engine, "connect", _prepare_sqlite)
        return engine

    async def _settle(self) -> None:
        """Make what a step committed survive a power cut before the step counts as finished.

        The record lives in another file than the work, and at a power cut either may lose its
        last commits; a step recorded without its work would never be done.
        """
        if self._file is not None and self._url.database:
            await asyncio.to_thread(_sync_file, f"{self._url.database}-wal")


class _DbosSteps(Steps):
    def __init__(self, finished: dict[str, Any], settle: Callable[[], Awaitable[None]]) -> None:
        self.finished = finished
        self.all_done = False
        self._settle = settle

    async def do_all(self, work: Callable[[Steps], Awaitable[None]]) -> None:
        await work(self)
        self.all_done = True

    @override
    async def record(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        begun = False
        results: list[Any] = []

        async def do_once() -> Any:
            nonlocal begun
            if not results:
                begun = True
                results.append(await work())
                await self._settle()
            return results[0]

        while True:
            try:
                return await DBOS.run_step_async({"name": name}, do_once)
            except (OperationalError, InterfaceError) as error:
                if begun and not results:
                    raise
                # The recorder is away, not the work at fault: an hour of it must not be lost.
                log.warning("step_not_recorded", step=name, error=str(error))
                await asyncio.sleep(PAUSE_SECONDS)


def _workflow(job: UUID, attempt: int) -> str:
    return f"{job}.{attempt}"


def _workflows(job: UUID, last_attempt: int) -> list[str]:
    return [_workflow(job, attempt) for attempt in range(1, last_attempt + 1)]


def _no_thread(stop: Event, *rest: object) -> None:
    """Stand in for a polling thread of DBOS and end at once."""


def _prepare_sqlite(connection: sqlite3.Connection, record: object) -> None:
    # The first two are what DBOS sets on engines that it makes itself.
    connection.isolation_level = "IMMEDIATE"
    connection.execute("PRAGMA busy_timeout=30000")
    connection.execute("PRAGMA foreign_keys=ON")
    enter_wal(connection)
    connection.execute("PRAGMA synchronous=NORMAL")


def _sync_file(path: str) -> None:
    with suppress(FileNotFoundError):  # Then SQLite has moved all of it to the main file.
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
