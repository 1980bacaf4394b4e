"""Lock files pin by name, version and hash; where a package comes from, each machine knows."""

import json

from tools.checks import ROOT

PYTHON_LOCKS = sorted((ROOT / "requirements").glob("*.lock"))
NODE_LOCKS = [ROOT / folder / "package-lock.json" for folder in ("web", "tests/contract/node")]


def test_no_lock_file_holds_an_address() -> None:
    assert PYTHON_LOCKS
    for lock in (*PYTHON_LOCKS, *NODE_LOCKS):
        assert "://" not in lock.read_text(), lock.name


def test_everything_is_pinned_by_hash() -> None:
    for lock in PYTHON_LOCKS:
        pins = lock.read_text().replace("\\\n", " ").splitlines()
        assert all("--hash=sha256:" in pin for pin in pins if "==" in pin), lock.name
    for lock in NODE_LOCKS:
        packages = json.loads(lock.read_text())["packages"]
        assert all("integrity" in package for name, package in packages.items() if name)
