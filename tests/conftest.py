"""Fixtures for all floors of the tests; each file under `fixtures` brings one kind of part."""

from pathlib import Path

import pytest

pytest_plugins = [
    "tests.fixtures.postgres",
    "tests.fixtures.databases",
    "tests.fixtures.services",
    "tests.fixtures.application",
    "tests.fixtures.community",
    "tests.fixtures.live",
    "tests.fixtures.server",
    "tests.fixtures.browser",
]

TESTS = Path(__file__).parent
FLOORS = ("unit", "medium", "contract", "chaos", "e2e")


def pytest_configure(config: pytest.Config) -> None:
    for floor in FLOORS:
        config.addinivalue_line("markers", f"{floor}: everything in tests/{floor}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark each test with its floor, and keep the floors in order.

    The browser comes last because Playwright keeps an event loop running in this thread,
    beside which no other test could run one.
    """
    for item in items:
        item.add_marker(_floor(item))
    items.sort(key=lambda item: FLOORS.index(_floor(item)))


def _floor(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]
