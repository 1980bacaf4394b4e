"""A worker as a program of its own, for tests that kill it: `job_worker.py <database> <folder>`.

Its job writes down every start of a step, so that the test can see what was done again.
"""

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.jobs import JobRun, job
from lumenhall.platform.jobs.working import working
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import MemoryBus
from tests.fixtures.postgres import dies_with_us

STEPS = ("probe", "poster", "ladder", "storyboard", "publish")
STEP_SECONDS = 0.15
FOLDER = Path(sys.argv[2]) if __name__ == "__main__" else Path()


def note(*words: object) -> None:
    """Append a line that survives the death of this process."""
    with (FOLDER / "starts").open("a") as file:
        file.write(" ".join(str(word) for word in words) + "\n")


async def encode(job_id: str, step: str) -> str:
    token = str(new_id())
    process = await asyncio.create_subprocess_exec(
        *dies_with_us("KILL"), "sleep", str(STEP_SECONDS)
    )
    note(job_id, step, token, process.pid)
    try:
        await process.wait()
    finally:
        if process.returncode is None:
            process.kill()
    return token


@job("build")
async def build(run: JobRun) -> None:
    for step in STEPS:
        await run.step(step, encode, str(run.job_id), step)


async def main() -> None:
    database = Database(sys.argv[1])
    async with MemoryBus() as bus:
        app = SimpleNamespace(
            database=database, bus=bus, settings=SimpleNamespace(data_path=FOLDER)
        )
        async with working(cast("AppContext", app), concurrency={"default": 3}):
            print("ready", os.getpid(), flush=True)  # noqa: T201 The test waits for it.
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main())
