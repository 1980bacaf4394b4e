"""All checks that need no running program: `python -m tools.checks`, or as tests of their own.

They run side by side; only a check that fails prints what it found.
"""

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Check:
    """One command that must succeed."""

    name: str
    command: tuple[str, ...]
    folder: Path = ROOT


CHECKS = (
    Check("types", ("mypy",)),
    Check("pages", ("npm", "run", "--silent", "check"), ROOT / "web"),
    Check("imports", ("lint-imports", "--no-cache")),
    Check("format", ("ruff", "format", "--check", "--quiet", "--diff")),
    Check("lint", ("ruff", "check", "--quiet")),
    Check("own rules", (sys.executable, "-m", "tools.lint")),
)
# Slower than a minute allows, so `make check` leaves it to `make test`.
PAGE_TESTS = Check("page tests", ("npm", "test", "--silent"), ROOT / "web")


def run(check: Check) -> subprocess.CompletedProcess[str]:
    """Run one check with the tools of this virtual environment first on the PATH."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        check.command,
        cwd=check.folder,
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def _run_and_tell(check: Check) -> bool:
    started = time.monotonic()
    result = run(check)
    passed = result.returncode == 0
    line = f"{'ok    ' if passed else 'FAILED'} {check.name} ({time.monotonic() - started:.1f} s)"
    print(line if passed else f"{line}\n{result.stdout}", flush=True)
    return passed


def main() -> int:
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return 0 if all(list(pool.map(_run_and_tell, CHECKS))) else 1


if __name__ == "__main__":
    sys.exit(main())
