"""A worker that processes videos, as a program that tests kill.

video_worker.py <database> <folder>
"""

import asyncio
import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import cast

from lumenhall.domains.processing import jobs, subscribers
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.jobs.working import working
from lumenhall.platform.realtime import MemoryBus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import FolderStorage

# Importing these registers the jobs and what listens to their events.
REGISTERED = (jobs, subscribers)


async def main(database_url: str, folder: Path) -> None:
    database = Database(database_url)
    async with MemoryBus() as bus:
        app = SimpleNamespace(
            database=database,
            bus=bus,
            settings=Settings(_env_file=None, data_path=folder),
            storage=FolderStorage(folder / "media"),
        )
        places = {"encode": 1, "preview": 1}
        async with working(cast("AppContext", app), concurrency=places):
            print("ready", os.getpid(), flush=True)  # noqa: T201 -- the test waits for it
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], Path(sys.argv[2])))
