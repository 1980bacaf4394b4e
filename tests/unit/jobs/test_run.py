"""Steps: each is done once, and its result is the same whether done now or known from before."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

import pytest

from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs.engine import MemoryEngine
from lumenhall.platform.jobs.errors import StepRepeated
from lumenhall.platform.jobs.run import JobRun, Steps
from lumenhall.platform.kit.ids import new_id

NO_APP = cast("AppContext", None)


@pytest.fixture
def attempt() -> Callable[[Callable[[JobRun], Awaitable[None]]], Awaitable[None]]:
    """Run an attempt at one and the same job."""
    engine, job = MemoryEngine(), new_id()
    number = 0

    async def run(work: Callable[[JobRun], Awaitable[None]]) -> None:
        nonlocal number
        number += 1

        async def with_run(steps: Steps) -> None:
            await work(JobRun(job, "encode", number, NO_APP, steps))

        await engine.run(job, number, with_run)

    return run


async def test_a_finished_step_is_not_done_again(attempt: Any) -> None:
    done = []

    async def probe(number: int, *, unit: str) -> str:
        done.append(number)
        return f"{number} {unit}"

    results = []

    async def work(run: JobRun) -> None:
        results.append(await run.step("probe", probe, run.attempt, unit="px"))

    await attempt(work)
    await attempt(work)
    assert done == [1]
    assert results == ["1 px", "1 px"]


async def test_a_result_is_the_same_now_as_it_will_be_after_a_crash(attempt: Any) -> None:
    moment = datetime(2026, 11, 21, tzinfo=UTC)
    identifier = UUID(int=7)

    async def odd() -> dict[str, Any]:
        return {"pair": (1, 2), "at": moment, "id": identifier}

    results = []

    async def work(run: JobRun) -> None:
        results.append(await run.step("odd", odd))

    await attempt(work)
    await attempt(work)
    assert results[0] == results[1]
    assert results[0] == {"pair": [1, 2], "at": moment.isoformat(), "id": str(identifier)}


async def test_two_steps_of_one_name_are_an_error(attempt: Any) -> None:
    async def nothing() -> None: ...

    async def work(run: JobRun) -> None:
        await run.step("same", nothing)
        await run.step("same", nothing)

    with pytest.raises(StepRepeated, match="same"):
        await attempt(work)
