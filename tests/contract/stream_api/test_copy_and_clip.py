"""Videos copied from an address, and clips."""

import hashlib
import os
import time
from pathlib import Path

import cloudflare
import pytest
from cloudflare import Cloudflare

from tests.contract.stream_api.conftest import ACCOUNT, Cloud
from tests.contract.stream_api.source import serving
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.server import Server, StartServer

MEGABYTE = 1024 * 1024


def copy(cloud: Cloud, url: str) -> str:
    made = cloud.sdk.stream.copy.create(account_id=ACCOUNT, url=url)
    assert made is not None
    assert made.status is not None
    assert made.status.state == "downloading"
    assert made.uid is not None
    return made.uid


def failed(cloud: Cloud, url: str) -> tuple[str, str]:
    status = cloud.wait_for(copy(cloud, url), "error", "ready")["status"]
    return status["state"], status["errorReasonCode"]


def stored(server: Server) -> list[str]:
    """Return the SHA-256 of every source that is stored."""
    found = (server.folder / "data" / "media").glob("assets/*/source/*")
    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in found]


@pytest.mark.parametrize("tells_length", [True, False])
def test_a_video_is_copied_from_its_address(cloud: Cloud, tells_length: bool) -> None:
    with serving(talk_mp4=make_clip("normal").read_bytes()) as source:
        source.tells_length = tells_length
        source.redirects["/old"] = "/talk.mp4"
        uid = copy(cloud, f"{source.url}/old")
        video = cloud.wait_for(uid)
    assert video["meta"]["downloaded-from"] == f"{source.url}/old"
    assert video["size"] == make_clip("normal").stat().st_size


def test_what_can_not_be_copied_says_why(cloud: Cloud, odd_file: Path) -> None:
    with serving(notes_mp4=odd_file.read_bytes()) as source:
        assert failed(cloud, f"{source.url}/notes.mp4") == ("error", "ERR_NON_VIDEO")
        missing = failed(cloud, f"{source.url}/missing.mp4")
        assert missing == ("error", "ERR_FETCH_ORIGIN_ERROR")
        source.redirects["/away"] = "file:///etc/passwd"
        assert failed(cloud, f"{source.url}/away") == ("error", "ERR_FETCH_ORIGIN_ERROR")
        source.redirects["/round"] = "/round"
        assert failed(cloud, f"{source.url}/round") == ("error", "ERR_FETCH_ORIGIN_ERROR")
    for wrong in ("ftp://example.com/a.mp4", "file:///etc/passwd", "a b"):
        with pytest.raises(cloudflare.BadRequestError):
            cloud.sdk.stream.copy.create(account_id=ACCOUNT, url=wrong)
    assert cloud.ask("POST", "/copy", json={}).status_code == 400


def test_private_addresses_are_refused(start_server: StartServer) -> None:
    server = start_server()
    with Site(server) as site, serving(talk_mp4=make_clip("normal").read_bytes()) as source:
        token = site.ask("POST", "/api/tokens", {"name": "s", "scopes": ["stream"]})["token"]
        root = f"{server.url}/client/v4"
        with Cloudflare(api_token=token, base_url=root, max_retries=0) as sdk:
            cloud = Cloud(server, site, token, sdk)
            local = f"{source.url.replace('127.0.0.1', 'localhost')}/talk.mp4"
            for address in (f"{source.url}/talk.mp4", local):
                assert failed(cloud, address) == ("error", "ERR_FETCH_ORIGIN_ERROR")
        assert source.asked == []


@pytest.mark.parametrize("gives_parts", [True, False])
def test_a_copy_goes_on_after_a_kill(start_server: StartServer, gives_parts: bool) -> None:
    server = start_server(stream_allow_private_addresses="true")
    data = make_clip("normal").read_bytes()[:64] + os.urandom(6 * MEGABYTE)
    with Site(server) as site, serving(talk_mp4=data) as source:
        source.pause, source.gives_parts = 0.05, gives_parts
        token = site.ask("POST", "/api/tokens", {"name": "s", "scopes": ["stream"]})["token"]
        root = f"{server.url}/client/v4"
        with Cloudflare(api_token=token, base_url=root, max_retries=0) as sdk:
            cloud = Cloud(server, site, token, sdk)
            uid = copy(cloud, f"{source.url}/talk.mp4")
            time.sleep(2.5)
            server.kill()
            source.pause = 0.0
            server.start()
            # Random bytes are no video, but they must arrive whole before anybody says so.
            cloud.wait_for(uid, "error", "ready", "inprogress", "queued")
        assert stored(server) == [hashlib.sha256(data).hexdigest()]
    begun_at = int(source.asked[1][1].removeprefix("bytes=").rstrip("-"))
    assert begun_at > 512 * 1024


def test_a_clip_is_a_video_of_its_own(cloud: Cloud) -> None:
    whole = cloud.post_basic(make_clip("normal"), meta='{"name": "Whole"}')
    cloud.wait_for(whole)
    made = cloud.sdk.stream.clip.create(
        account_id=ACCOUNT,
        clipped_from_video_uid=whole,
        start_time_seconds=2,
        end_time_seconds=5,
        creator="u-3",
    )
    assert made is not None
    uid = cloud.ask("GET", "?creator=u-3").json()["result"][0]["uid"]
    video = cloud.wait_for(uid)
    assert (video["clippedFrom"], video["meta"]) == (whole, {"name": "Whole"})
    assert video["duration"] == pytest.approx(3, abs=0.2)
    wrong = {"clippedFromVideoUID": whole, "startTimeSeconds": 9, "endTimeSeconds": 12}
    assert cloud.ask("POST", "/clip", json=wrong).status_code == 400
