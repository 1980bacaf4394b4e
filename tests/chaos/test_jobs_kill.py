"""Kill -9 of workers at random moments: every job ends, no finished step is done again."""

import asyncio
import os
import random
import secrets
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from uuid import UUID

import psutil
import psycopg
import pytest

import tests.chaos.job_worker as program
from lumenhall.platform import jobs
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobState
from tests.fixtures.postgres import dies_with_us

RECORDED = (
    "SELECT workflow_uuid, function_name, output FROM {}operation_outputs WHERE error IS NULL"
)


class WorkerProcess:
    """One `job_worker.py`, ready to be killed."""

    def __init__(self, database_url: str, folder: Path) -> None:
        self.process = subprocess.Popen(
            [*dies_with_us("KILL"), sys.executable, program.__file__, database_url, folder],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(["src", "."])},
            text=True,
        )

    def await_ready(self) -> None:
        assert self.process.stdout is not None
        assert self.process.stdout.readline().startswith("ready")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


StartWorkers = Callable[[int], list[WorkerProcess]]


@pytest.fixture
def start(database_url: str, tmp_path: Path) -> Iterator[StartWorkers]:
    started: list[WorkerProcess] = []

    def start(number: int) -> list[WorkerProcess]:
        workers = [WorkerProcess(database_url, tmp_path) for _ in range(number)]
        started.extend(workers)
        for worker in workers:
            worker.await_ready()
        return workers

    yield start
    for worker in started:
        with suppress(ProcessLookupError):
            worker.kill()


async def add(database: Database, number: int) -> list[UUID]:
    async with database.write() as session:
        return [await jobs.enqueue(session, "build") for _ in range(number)]


async def states(database: Database, ids: list[UUID]) -> list[JobState]:
    async with database.read() as session:
        rows = [await jobs.get(session, job_id) for job_id in ids]
    return [row.state for row in rows if row is not None]


async def all_done(database: Database, ids: list[UUID], within: float) -> None:
    deadline = time.monotonic() + within
    while set(now := await states(database, ids)) != {JobState.DONE}:
        assert time.monotonic() < deadline, now
        await asyncio.sleep(0.05)


def recorded(database_url: str, folder: Path) -> list[tuple[str, str, str]]:
    """Return job, step and token of every recorded step."""
    if database_url.startswith("sqlite"):
        with closing(sqlite3.connect(folder / "jobs.sqlite")) as connection:
            rows = connection.execute(RECORDED.format("")).fetchall()
    else:
        with psycopg.connect(database_url) as connection:
            rows = connection.execute(RECORDED.format("dbos.")).fetchall()
    return sorted(
        (workflow.split(".")[0], step, token.strip('"')) for workflow, step, token in rows
    )


def last_starts(folder: Path) -> list[tuple[str, str, str]]:
    """Return job, step and token of the last start of each step."""
    starts = [line.split() for line in (folder / "starts").read_text().splitlines()]
    last = {(job, step): token for job, step, token, _ in starts}
    return sorted((job, step, token) for (job, step), token in last.items())


def orphans(folder: Path) -> list[int]:
    pids = [int(line.split()[3]) for line in (folder / "starts").read_text().splitlines()]
    alive = []
    for pid in pids:
        with suppress(psutil.NoSuchProcess):
            process = psutil.Process(pid)
            if process.name() == "sleep" and process.status() != psutil.STATUS_ZOMBIE:
                alive.append(pid)
    return alive


async def test_jobs_survive_workers_that_are_killed_at_random_moments(
    database: Database, database_url: str, tmp_path: Path, start: StartWorkers
) -> None:
    seed = secrets.randbits(32)
    print("seed", seed)  # noqa: T201 Shown when the test fails.
    dice = random.Random(seed)  # noqa: S311 It only picks moments.
    workers = start(2)
    ids = await add(database, 8)
    for _ in range(5):
        await asyncio.sleep(dice.uniform(0.05, 1.0))
        victim = workers.pop(dice.randrange(2))
        victim.kill()
        await asyncio.sleep(0.1)
        assert len(workers) > 0
        workers += await asyncio.to_thread(start, 1)
    await all_done(database, ids, within=45)

    done = recorded(database_url, tmp_path)
    assert [(job, step) for job, step, _ in done] == sorted(
        (str(job), step) for job in ids for step in program.STEPS
    )
    assert done == last_starts(tmp_path), "a step was done again after it had been recorded"
    assert orphans(tmp_path) == []


async def test_a_restart_takes_over_at_once(
    database: Database, database_url: str, tmp_path: Path, start: StartWorkers
) -> None:
    (worker,) = start(1)
    ids = await add(database, 1)
    deadline = time.monotonic() + 20
    while not recorded(database_url, tmp_path):
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
    worker.kill()
    before = len((tmp_path / "starts").read_text().splitlines())

    start(1)
    ready = time.monotonic()
    while len((tmp_path / "starts").read_text().splitlines()) == before:
        assert time.monotonic() < ready + 2, "it waited for a sign of life of the dead"
        await asyncio.sleep(0.01)
    await all_done(database, ids, within=20)
    assert recorded(database_url, tmp_path) == last_starts(tmp_path)
    assert len(list((tmp_path / "workers").iterdir())) == 1
