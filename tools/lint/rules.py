"""Our own rules: what ruff and import-linter can't say.

A rule is a function that yields its findings in one file. It has a failing and a passing
example in `tests/unit/lint`. There is no way to switch one off in place: an exception needs a
decision record, and the rule then names it.
"""

import ast
from collections.abc import Callable, Iterator

from tools.lint.source import PROGRAM, Finding, Source, dotted

Rule = Callable[[Source], Iterator[Finding]]

MAX_LINES = 400
MAX_TEST_LINES = 600
MAX_HANDLER_LINES = 15
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "base", "misc"}
CLOCKS = {
    "datetime.now",
    "datetime.utcnow",
    "datetime.today",
    "date.today",
    "datetime.datetime.now",
    "datetime.datetime.utcnow",
    "datetime.date.today",
}
MIGRATIONS_MAY_IMPORT = {"lumenhall.platform.db.ddl", "lumenhall.platform.db.types"}
METHODS = {"get", "post", "put", "patch", "delete", "head", "options", "api_route", "websocket"}
SCALARS = {"str", "int", "float", "bool", "None"}


def files_stay_short(source: Source) -> Iterator[Finding]:
    """A file over the limit becomes a package by verb group."""
    limit = MAX_TEST_LINES if source.floor == "tests" else MAX_LINES
    lines = source.text.count("\n")
    if lines > limit:
        yield Finding(limit, f"{lines} lines, at most {limit}: split it by verb")


def names_say_something(source: Source) -> Iterator[Finding]:
    """A file named for nothing collects everything."""
    name = source.path.parent.name if source.path.stem == "__init__" else source.path.stem
    if name.lower() in EMPTY_NAMES:
        yield Finding(1, f"a file named {name!r} says nothing of what it holds")


def selects_live_in_queries(source: Source) -> Iterator[Finding]:
    """Every SELECT of a domain or a surface is found in its queries or its policy."""
    if source.floor in {"domains", "surfaces"} and not source.is_named("queries", "policy"):
        for call, name in source.calls():
            if name.split(".")[-1] == "select":
                yield Finding(call.lineno, "select() outside queries.py and policy.py")


def commits_happen_at_the_edge(source: Source) -> Iterator[Finding]:
    """One unit of work is committed in one place, before the reply."""
    if _is_program(source) and not source.path.is_relative_to(PROGRAM / "platform/db"):
        for call, name in source.calls():
            if name.endswith(".commit"):
                yield Finding(call.lineno, "commit() outside platform/db")


def time_comes_from_the_clock(source: Source) -> Iterator[Finding]:
    """Tests can stop our clock, and no other."""
    if _is_program(source) and source.path.name != "clock.py":
        for call, name in source.calls():
            if name in CLOCKS:
                yield Finding(call.lineno, f"{name}() outside platform/kit/clock.py")


def migrations_stand_alone(source: Source) -> Iterator[Finding]:
    """A migration must do the same when the models have moved on."""
    if source.path.parent.name != "versions" or source.floor != "platform":
        return
    for node in ast.walk(source.tree):
        for name in _imported(node):
            if name.startswith("lumenhall") and name not in MIGRATIONS_MAY_IMPORT:
                yield Finding(node.lineno, f"a migration imports {name}")  # type: ignore[attr-defined]


def jobs_take_ids(source: Source) -> Iterator[Finding]:
    """What waits in a queue must still be true when it runs, and fit into JSON."""
    for function in source.functions() if _is_program(source) else ():
        if not any(_decorates(one, {"job"}) for one in function.decorator_list):
            continue
        arguments = function.args
        for argument in [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs][1:]:
            if argument.annotation is None or not _is_scalar(argument.annotation):
                yield Finding(
                    argument.lineno, f"a job takes ids and other scalars, not {argument.arg}"
                )


def handlers_stay_thin(source: Source) -> Iterator[Finding]:
    """A handler parses, guards, makes one call and replies."""
    for function in source.functions() if source.is_named("routes") else ():
        if any(_decorates(one, METHODS) for one in function.decorator_list):
            body = function.body[1:] if ast.get_docstring(function) else function.body
            lines = (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0
            if lines > MAX_HANDLER_LINES:
                yield Finding(
                    function.lineno,
                    f"{function.name} has {lines} lines, at most {MAX_HANDLER_LINES}",
                )


RULES: tuple[Rule, ...] = (
    files_stay_short,
    names_say_something,
    selects_live_in_queries,
    commits_happen_at_the_edge,
    time_comes_from_the_clock,
    migrations_stand_alone,
    jobs_take_ids,
    handlers_stay_thin,
)


def _is_program(source: Source) -> bool:
    return source.path.is_relative_to(PROGRAM)


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _decorates(decorator: ast.expr, names: set[str]) -> bool:
    return isinstance(decorator, ast.Call) and dotted(decorator.func).split(".")[-1] in names


def _is_scalar(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.BinOp):
        return _is_scalar(annotation.left) and _is_scalar(annotation.right)
    if isinstance(annotation, ast.Constant):
        return annotation.value is None
    return dotted(annotation) in SCALARS
