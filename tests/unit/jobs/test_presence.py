"""Signs of life: a dead worker's lock is free at once, a silent one's row stands still."""

import subprocess
import sys
from pathlib import Path

import pytest

from lumenhall.platform.jobs.presence import SILENT_TURNS, Presence
from lumenhall.platform.kit.ids import new_id

HOLD_AND_WAIT = """
import sys, time
from pathlib import Path
from lumenhall.platform.jobs.presence import Presence
presence = Presence(Path(sys.argv[1]), "worker", "here")
presence.hold()
print(presence.id, flush=True)
time.sleep(60)
"""


@pytest.fixture
def presence(tmp_path: Path) -> Presence:
    return Presence(tmp_path / "workers", "worker", "here")


def test_a_killed_process_is_known_at_once(presence: Presence, tmp_path: Path) -> None:
    folder = tmp_path / "workers"
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_AND_WAIT, folder], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        worker = process.stdout.readline().strip()
        assert not presence._is_unlocked(worker)  # type: ignore[arg-type]
        process.kill()
        process.wait()
        assert presence._is_unlocked(worker)  # type: ignore[arg-type]


def test_a_worker_without_lock_file_is_not_called_dead_for_that(presence: Presence) -> None:
    presence.hold()
    assert not presence._is_unlocked(new_id())
    presence.let_go()


def test_leaving_removes_the_lock_file(presence: Presence, tmp_path: Path) -> None:
    presence.hold()
    assert len(list((tmp_path / "workers").iterdir())) == 1
    presence.let_go()
    assert list((tmp_path / "workers").iterdir()) == []


def test_silence_is_counted_in_turns_without_a_change(presence: Presence) -> None:
    worker = new_id()
    for _ in range(SILENT_TURNS):
        assert presence._silent([(worker, "10:00")]) == set()
    assert presence._silent([(worker, "10:00")]) == {worker}
    assert presence._silent([(worker, "10:02")]) == set()
    assert presence._silent([(worker, "10:02")]) == set()
