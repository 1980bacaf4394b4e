"""DBOS as the recorder of steps: finished ones are kept across attempts, processes and errors."""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from dbos import DBOS
from dbos._sys_db import SystemDatabase
from sqlalchemy.exc import OperationalError

from lumenhall.platform.db import Database
from lumenhall.platform.jobs import dbos_engine
from lumenhall.platform.jobs.dbos_engine import POLLERS, DbosEngine
from lumenhall.platform.jobs.run import Steps
from lumenhall.platform.kit.ids import new_id

Work = Callable[[Steps], Awaitable[None]]
NEVER = 3600.0


@pytest.fixture
def make_engine(database: Database, tmp_path: Path) -> Callable[[], DbosEngine]:
    return lambda: DbosEngine(database, tmp_path)


@pytest.fixture
async def engine(make_engine: Callable[[], DbosEngine]) -> AsyncIterator[DbosEngine]:
    engine = make_engine()
    await engine.start()
    yield engine
    await engine.stop()


def recording(**results: Any) -> Work:
    """Return work that records one step after the other; an exception as result is raised."""

    async def work(steps: Steps) -> None:
        for name, result in results.items():

            async def give(result: Any = result) -> Any:
                if isinstance(result, BaseException):
                    raise result
                return result

            await steps.record(name, give)

    return work


async def finished(engine: DbosEngine, job: Any, attempt: int) -> dict[str, Any]:
    """Return what a further attempt would be given."""
    given: dict[str, Any] = {}

    async def look(steps: Steps) -> None:
        given.update(steps.finished)

    await engine.run(job, attempt, look)
    return given


async def test_results_come_back_as_they_were(engine: DbosEngine) -> None:
    job = new_id()
    results = {"none": None, "text": "ä\u2028", "nested": {"list": [1, 2.5, True, {"a": None}]}}
    await engine.run(job, 1, recording(**results))
    assert await finished(engine, job, 2) == results


async def test_a_failed_step_is_not_finished_and_its_error_is_raised_as_it_was(
    engine: DbosEngine,
) -> None:
    job, error = new_id(), ValueError("no such track")
    with pytest.raises(ValueError, match="no such track") as raised:
        await engine.run(job, 1, recording(probe={"ok": 1}, encode=error))
    assert raised.value is error
    assert await finished(engine, job, 2) == {"probe": {"ok": 1}}


async def test_an_attempt_has_the_steps_of_all_before_it(engine: DbosEngine) -> None:
    job = new_id()
    await engine.run(job, 1, recording(a=1))
    await engine.run(job, 2, recording(b=2))
    # Attempt 3 was claimed by a worker that died before it began.
    assert await finished(engine, job, 4) == {"a": 1, "b": 2}
    assert await finished(engine, new_id(), 4) == {}


async def test_steps_run_in_the_task_and_loop_of_the_caller(engine: DbosEngine) -> None:
    loops = []

    async def where() -> None:
        loops.append((asyncio.get_running_loop(), threading.get_ident()))

    async def work(steps: Steps) -> None:
        await asyncio.gather(*(steps.record(f"step {number}", where) for number in range(5)))

    await engine.run(new_id(), 1, work)
    assert set(loops) == {(asyncio.get_running_loop(), threading.get_ident())}


async def test_cancelling_the_task_interrupts_the_step_and_keeps_the_others(
    engine: DbosEngine,
) -> None:
    job, started, interrupted = new_id(), asyncio.Event(), asyncio.Event()

    async def sleep_long() -> None:
        started.set()
        try:
            await asyncio.sleep(NEVER)
        finally:
            interrupted.set()

    async def work(steps: Steps) -> None:
        await recording(probe=1)(steps)
        await steps.record("encode", sleep_long)

    task = asyncio.create_task(engine.run(job, 1, work))
    await started.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert interrupted.is_set()
    assert await finished(engine, job, 2) == {"probe": 1}


async def test_a_zombie_records_nothing_once_another_attempt_began(engine: DbosEngine) -> None:
    job, go_on = new_id(), asyncio.Event()

    async def stall() -> str:
        await go_on.wait()
        return "too late"

    async def work(steps: Steps) -> None:
        await steps.record("encode", stall)

    zombie = asyncio.create_task(engine.run(job, 1, work))
    await asyncio.sleep(0.2)
    assert await finished(engine, job, 2) == {}
    go_on.set()
    with pytest.raises(Exception, match="cancelled"):
        await zombie
    assert await finished(engine, job, 3) == {}


async def test_a_recorder_that_is_away_costs_no_finished_work(
    engine: DbosEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dbos_engine, "PAUSE_SECONDS", 0.01)
    job, worked = new_id(), 0
    away = OperationalError("INSERT", {}, Exception("connection is bad"))

    def break_once(name: str, times: int) -> None:
        real = getattr(SystemDatabase, name)
        left = times

        def breaking(*arguments: Any, **named: Any) -> Any:
            nonlocal left
            left -= 1
            if left >= 0:
                raise away
            return real(*arguments, **named)

        monkeypatch.setattr(SystemDatabase, name, breaking)

    async def encode() -> str:
        nonlocal worked
        worked += 1
        return "encoded"

    async def work(steps: Steps) -> None:
        await steps.record("encode", encode)

    break_once("check_operation_execution", 2)
    break_once("record_operation_result", 3)
    break_once("update_workflow_outcome", 1)
    await engine.run(job, 1, work)
    assert worked == 1
    assert await finished(engine, job, 2) == {"encode": "encoded"}


async def test_an_error_of_the_work_is_not_taken_for_one_of_the_recorder(
    engine: DbosEngine,
) -> None:
    error = OperationalError("SELECT", {}, Exception("the work's own"))
    with pytest.raises(OperationalError) as raised:
        await engine.run(new_id(), 1, recording(look=error))
    assert raised.value is error


async def test_steps_outlive_the_process(make_engine: Callable[[], DbosEngine]) -> None:
    job = new_id()
    for attempt in (1, 2):
        engine = make_engine()
        await engine.start()
        if attempt == 1:
            await engine.run(job, 1, recording(probe={"width": 1920}))
        else:
            assert await finished(engine, job, 2) == {"probe": {"width": 1920}}
        await engine.stop()
    assert await asyncio.to_thread(lambda: "threads of the loop work afterwards")


async def test_forgotten_jobs_leave_nothing_behind(engine: DbosEngine) -> None:
    job = new_id()
    for attempt in (1, 2):
        await engine.run(job, attempt, recording(**{f"step {attempt}": attempt}))
    await engine.forget([(job, 2)])
    assert await DBOS.list_workflows_async() == []
    assert await finished(engine, job, 3) == {}


async def test_nothing_of_dbos_polls(engine: DbosEngine) -> None:
    names = {thread.name for thread in threading.enumerate()}
    assert not [name for name in names if "queue" in name or "background-jobs" in name]
    assert not [name for name in names for poller in POLLERS if poller in name]
