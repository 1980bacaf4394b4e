from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from lumenhall.domains.processing.encoder.binaries import Tools, find_tools
from lumenhall.domains.processing.encoder.probe import Probe, probe_file
from tests.factories.clips import make_clip

ACCEPTED = ("mp4", "mov", "avi", "mkv", "webm")


@pytest.fixture(scope="session")
def tools() -> Tools:
    return find_tools()


@pytest.fixture
def probe(tools: Tools) -> Callable[[str], Awaitable[tuple[Path, Probe]]]:
    async def ask(name: str) -> tuple[Path, Probe]:
        path = make_clip(name)
        return path, await probe_file(tools, path, ACCEPTED)

    return ask
