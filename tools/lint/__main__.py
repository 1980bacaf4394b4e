"""Run our own rules over every file that git knows: `python -m tools.lint`."""

import subprocess
import sys
from collections.abc import Iterator

from tools.checks import ROOT
from tools.lint.rules import RULES, files_stay_short
from tools.lint.source import read_tree

OURS = ("*.py", "web/src/*.ts", "web/src/*.tsx")
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
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "--", *OURS],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    names = [name for name in listed.stdout.split("\0") if name and (ROOT / name).is_file()]
    return [name for name in names if not name.startswith(GENERATED)]


if __name__ == "__main__":
    sys.exit(main())
