"""Fixtures for all floors of the tests; each file under `fixtures` brings one kind of part."""

import os
from collections.abc import Generator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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

# How long an example takes says more about the machine than about the rule it tries.
settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("thorough", settings.get_profile("house"), max_examples=2000)
settings.load_profile("house")

TESTS = Path(__file__).parent
FLOORS = ("unit", "medium", "contract", "chaos", "e2e")


def pytest_configure(config: pytest.Config) -> None:
    for floor in FLOORS:
        config.addinivalue_line("markers", f"{floor}: everything in tests/{floor}")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark each test with its floor, and keep the floors in order.

    The browser comes last because Playwright keeps an event loop running in this thread,
    beside which no other test could run one.
    """
    without_cases = [item for item in items if "NOTSET" in item.keywords]
    if without_cases:
        # Real clips that only some machines hold: without them there is nothing to try.
        config.hook.pytest_deselected(items=without_cases)
        items[:] = [item for item in items if item not in without_cases]
    for item in items:
        item.add_marker(_floor(item))
    items.sort(key=lambda item: FLOORS.index(_floor(item)))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true nothing may be skipped: a missing part is a failure."""
    report = yield
    if report.skipped and os.environ.get("CI") == "true":
        report.outcome = "failed"
    return report


def _floor(item: pytest.Item) -> str:
    return item.path.relative_to(TESTS).parts[0]
