import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from lumenhall.platform.settings import Settings


def test_processes_that_start_together_agree_on_the_key(tmp_path: Path) -> None:
    settings = Settings(data_path=tmp_path / "data", secret_key="")
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: settings.signing_key(), range(32)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 48
    kept = list((tmp_path / "data").iterdir())
    assert [path.name for path in kept] == ["secret_key"]
    assert stat.S_IMODE(kept[0].stat().st_mode) == 0o600


def test_a_given_key_is_used_and_not_written(tmp_path: Path) -> None:
    settings = Settings(data_path=tmp_path, secret_key="given")
    assert settings.signing_key() == b"given"
    assert not list(tmp_path.iterdir())
