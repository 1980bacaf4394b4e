"""The official TypeScript SDK and tus-js-client, in Node."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.contract.stream_api.conftest import ACCOUNT, Cloud
from tests.factories.clips import make_clip

SCRIPTS = Path(__file__).parents[1] / "node"
NODE = Path(sys.executable).parent / "node"


def run(script: str, cloud: Cloud, **wanted: object) -> dict[str, Any]:
    given = {"root": cloud.root, "site": cloud.server.url, "account": ACCOUNT}
    given |= {"file": str(make_clip("normal"))}
    done = subprocess.run(
        [NODE, SCRIPTS / script, json.dumps(given | wanted)],
        check=False,
        capture_output=True,
        timeout=100,
    )
    assert done.returncode == 0, done.stderr.decode()
    seen: dict[str, Any] = json.loads(done.stdout)
    return seen


def test_the_typescript_sdk_does_all_that_sites_ask_of_it(cloud: Cloud) -> None:
    assert run("sdk.mjs", cloud, token=cloud.token) == {
        "direct": 200,
        "state": "ready",
        "duration": 6,
        "name": "From TypeScript",
        "listed": True,
        "signed": 200,
        "revoked": "Revoked",
        "dead": 401,
        "ours": 200,
        "caption": ["es", "Español", "ready"],
        "created": [201, True, True],
        "unknown": ["NotFoundError", 404, [10003]],
        "stranger": ["AuthenticationError", 401, [10000]],
        "deleted": ["NotFoundError", 404, [10003]],
    }


@pytest.mark.parametrize("chunk", [None, 64 * 1024])
def test_tus_js_client_uploads_with_a_token(cloud: Cloud, chunk: int | None) -> None:
    seen = run("tus.mjs", cloud, token=cloud.token, endpoint=cloud.stream, chunkSize=chunk)
    assert seen["outcome"] == "success", seen
    assert len({*seen["ids"]}) == 1
    video = cloud.wait_for(seen["ids"][0])
    assert (video["meta"]["name"], video["maxDurationSeconds"]) == ("talk.mp4", 600)


def test_tus_js_client_uploads_to_a_one_time_address(cloud: Cloud) -> None:
    size = str(make_clip("normal").stat().st_size)
    made = cloud.ask(
        "POST", "?direct_user=true", headers={"Tus-Resumable": "1.0.0", "Upload-Length": size}
    )
    seen = run("tus.mjs", cloud, uploadUrl=made.headers["location"], chunkSize=64 * 1024)
    assert seen["outcome"] == "success", seen
    assert {*seen["ids"]} == {made.headers["stream-media-id"]}
