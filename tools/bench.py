"""Run every file of `benchmarks/`, or the one that is named: `make bench ONLY=instant_publish`."""

import os
import subprocess
import sys

from tools.checks import ROOT

FOLDER = ROOT / "benchmarks"


def main(only: str | None) -> int:
    names = sorted(path.stem for path in FOLDER.glob("[a-z]*.py"))
    if only is not None:
        if only not in names:
            print(f"No such benchmark; there are: {', '.join(names)}", file=sys.stderr)
            return 2
        names = [only]
    failed = []
    for name in names:
        print(f"\n== {name}", flush=True)
        result = subprocess.run(
            [sys.executable, "-m", f"benchmarks.{name}"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            check=False,
        )
        if result.returncode:
            failed.append(name)
    if failed:
        print(f"\nFailed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else None))
