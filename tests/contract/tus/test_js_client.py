"""The client that our pages use, in Node, against a real server."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.contract.tus.conftest import MEGABYTE, Home, digest

HERE = Path(__file__).parent
WEB = HERE.parents[2] / "web" / "package.json"
NODE = Path(sys.executable).parent / "node"
CHUNK = 3 * MEGABYTE


def run(home: Home, clip: Path, **wanted: object) -> dict[str, Any]:
    """Run the client once and return what it saw."""
    given = {"web": str(WEB), "file": str(clip), "token": home.token, "endpoint": home.endpoint}
    done = subprocess.run(
        [NODE, HERE / "client.mjs", json.dumps(given | wanted)],
        check=True,
        capture_output=True,
        timeout=60,
    )
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"chunkSize": CHUNK},
        {"chunkSize": CHUNK, "override": True},
        {"withCreation": True},
        {"withCreation": True, "chunkSize": CHUNK},
        {"deferred": True, "chunkSize": CHUNK},
    ],
    ids=lambda options: " ".join(options) or "one request",
)
def test_a_file_arrives_whole(home: Home, clip: Path, options: dict[str, object]) -> None:
    seen = run(home, clip, **options)
    assert seen["outcome"] == "success", seen
    assert home.stored(seen["url"]) == digest(clip)


def test_an_upload_goes_on_where_it_stopped(home: Home, clip: Path) -> None:
    first = run(home, clip, chunkSize=CHUNK, stopAfter=CHUNK)
    assert first["outcome"] == "aborted"
    second = run(home, clip, uploadUrl=first["url"], chunkSize=CHUNK)
    assert second["outcome"] == "success", second
    assert (second["url"], second["offsets"][0]) == (first["url"], 2 * CHUNK)
    assert home.stored(first["url"]) == digest(clip)


def test_an_upload_can_be_ended_for_good(home: Home, clip: Path) -> None:
    ended = run(home, clip, chunkSize=CHUNK, stopAfter=CHUNK, terminate=True)
    assert ended["outcome"] == "aborted"
    headers = home.headers | {"Tus-Resumable": "1.0.0"}
    assert httpx.head(ended["url"], headers=headers).status_code == 410
    again = run(home, clip, endpoint=None, uploadUrl=ended["url"])
    assert again["outcome"] == "error"


def test_an_upload_that_is_over_is_started_anew(home: Home, clip: Path) -> None:
    ended = run(home, clip, chunkSize=CHUNK, stopAfter=CHUNK, terminate=True)
    anew = run(home, clip, uploadUrl=ended["url"])
    assert anew["outcome"] == "success"
    assert anew["url"] != ended["url"]
    assert home.stored(anew["url"]) == digest(clip)


def test_a_finished_upload_needs_no_byte_again(home: Home, clip: Path) -> None:
    first = run(home, clip)
    second = run(home, clip, uploadUrl=first["url"])
    assert (second["outcome"], second["statuses"]) == ("success", [200])
