"""Run every file of `benchmarks/`, or the one that is named: `make bench ONLY=first_play`."""

import os
import subprocess
import sys

from tools.checks import ROOT

FOLDER = ROOT / "benchmarks"


def main(only: str | None) -> int:
    # The other files there are what the benchmarks share.
    paths = (path for path in FOLDER.glob("[a-z]*.py") if "__main__" in path.read_text())
    names = sorted(path.stem for path in paths)
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
