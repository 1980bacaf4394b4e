"""Run our own rules over every source file: `python -m tools.lint`."""

import sys
from collections.abc import Iterator

from tools.checks import ROOT
from tools.lint.rules import RULES, files_stay_short
from tools.lint.source import read_tree

FOLDERS = ("src", "tests", "tools", "benchmarks", "web/src")
# Written by programs, so their length and their names are not ours to choose.
GENERATED = ("web/src/api/gen/", "web/src/routeTree.gen.ts")


def main() -> int:
    findings = list(_findings())
    for line in findings:
        print(line)
    return 1 if findings else 0


def _findings() -> Iterator[str]:
    for source in read_tree(ROOT, _our_files()):
        rules = RULES if source.path.suffix == ".py" else (files_stay_short,)
        for rule in rules:
            for finding in rule(source):
                yield f"{source.path}:{finding.line}: {finding.text} ({rule.__name__})"


def _our_files() -> list[str]:
    paths = (path for folder in FOLDERS for path in sorted((ROOT / folder).rglob("*.*")))
    names = (str(path.relative_to(ROOT)) for path in paths if path.suffix in {".py", ".ts", ".tsx"})
    ours = (name for name in names if "/node_modules/" not in name)
    return [name for name in ours if not name.startswith(GENERATED)]


if __name__ == "__main__":
    sys.exit(main())
