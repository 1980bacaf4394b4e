"""The registry: one handler per job name, and every name that code queues has one."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import lumenhall
from lumenhall.platform.jobs import JobRun, UnknownJob, job, registry, scheduled
from lumenhall.platform.jobs.errors import JobNameTaken

PROGRAM = Path(lumenhall.__file__).parent
DECLARING = {"job": 0, "scheduled": 1}


@pytest.fixture
def own_registry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "_handlers", {})


async def work(run: JobRun) -> None: ...


@pytest.mark.usefixtures("own_registry")
def test_a_second_handler_for_a_name_is_refused() -> None:
    job("encode")(work)
    with pytest.raises(JobNameTaken, match="encode"):
        job("encode")(work)


@pytest.mark.usefixtures("own_registry")
def test_a_name_without_handler_is_an_error() -> None:
    with pytest.raises(UnknownJob, match="encode"):
        registry.handler("encode")


@pytest.mark.usefixtures("own_registry")
def test_a_schedule_must_be_a_cron_expression() -> None:
    with pytest.raises(ValueError, match="soon"):
        scheduled("soon", "tidy")
    scheduled("17 3 * * *", "tidy")(work)
    assert [each.name for each in registry.schedules()] == ["tidy"]
    assert registry.names() == ["tidy"]


def test_every_job_that_the_program_queues_has_exactly_one_handler() -> None:
    declared: list[str] = []
    queued: set[str] = set()
    for path in PROGRAM.rglob("*.py"):
        for call, name in _calls(path):
            if name in DECLARING and _is_decorator_text(call, DECLARING[name]):
                declared.append(_text(call.args[DECLARING[name]]))
            elif (
                name == "enqueue" and len(call.args) > 1 and isinstance(call.args[1], ast.Constant)
            ):
                queued.add(_text(call.args[1]))
    assert sorted(declared) == sorted(set(declared))
    assert queued <= set(declared)


def _calls(path: Path) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield node, function.id
            elif isinstance(function, ast.Attribute):
                yield node, function.attr


def _is_decorator_text(call: ast.Call, position: int) -> bool:
    return len(call.args) > position and isinstance(call.args[position], ast.Constant)


def _text(node: ast.expr) -> str:
    assert isinstance(node, ast.Constant)
    return str(node.value)
