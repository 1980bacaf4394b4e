import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import uvicorn

from lumenhall.platform.context import AppContext
from lumenhall.platform.settings import Settings
from tests.factories.people import add_person
from tests.fixtures.application import BASE_URL
from tests.fixtures.services import free_port
from tests.medium.media.cloudflare.place import Remote
from tests.medium.media.cloudflare.twin import Twin


@pytest.fixture
async def twin() -> AsyncIterator[Twin]:
    twin, port = Twin(), free_port()
    twin.url = f"http://127.0.0.1:{port}"
    config = uvicorn.Config(twin.app(), port=port, log_level="error", lifespan="off", ws="none")
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 It tells in no other way.
        await asyncio.sleep(0.01)
    yield twin
    server.should_exit = True
    await serving


@pytest.fixture
def settings(database_url: str, tmp_path: Path, twin: Twin) -> Settings:
    """Settings with an account at the twin."""
    return Settings(
        _env_file=None,
        data_path=tmp_path / "data",
        database_url=database_url,
        base_url=BASE_URL,
        disk_reserve_bytes=0,
        log_level="warning",
        **twin.settings,
    )


@pytest.fixture
async def remote(app_context: AppContext, twin: Twin) -> Remote:
    """An asset that waits for its bytes."""
    async with app_context.database.write() as session:
        owner = await add_person(session)
    remote = Remote(app_context, twin, owner)
    await remote.begin()
    return remote
