"""What a rule looks at and what it reports."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

PROGRAM = PurePosixPath("src/lumenhall")


@dataclass(frozen=True)
class Source:
    """A file of ours, its path counted from the top of the tree."""

    path: PurePosixPath
    text: str

    @property
    def floor(self) -> str:
        """Where the file stands: `domains`, `platform`, …, or `tests`, `tools`, `web`."""
        if self.path.is_relative_to(PROGRAM):
            return self.path.relative_to(PROGRAM).parts[0]
        return self.path.parts[0]

    def is_named(self, *names: str) -> bool:
        """Whether it is the file, or part of the package, with one of these names."""
        return any(part in names for part in (*self.path.parts[:-1], self.path.stem))

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    def calls(self) -> Iterator[tuple[ast.Call, str]]:
        """Every call with the dotted name it is written by, such as `datetime.now`."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node, dotted(node.func)

    def functions(self) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
        for node in ast.walk(self.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield node


@dataclass(frozen=True)
class Finding:
    """One place that breaks a rule."""

    line: int
    text: str


def dotted(node: ast.expr) -> str:
    """Return `a.b.c` as written; what is not a plain name becomes `?`."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return "?"


def read_tree(root: Path, names: list[str]) -> list[Source]:
    return [Source(PurePosixPath(name), (root / name).read_text()) for name in names]
