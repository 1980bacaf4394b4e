"""The command of the guide that moves a site from one Stream server to another."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cloudflare import Cloudflare

from tests.contract.stream_api.conftest import Cloud
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.server import Server, StartServer

OLD_ACCOUNT, NEW_ACCOUNT = "the-old-one", "the-new-one"
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n"


def copy(cloud: Cloud, target: Server, token: str) -> list[list[str]]:
    """Run the command and return its table."""
    done = subprocess.run(
        [
            *(str(Path(sys.executable).parent / "lumenhall"), "cloudflare", "copy"),
            *("--from-account", OLD_ACCOUNT, "--from-url", cloud.root),
            *("--to-account", NEW_ACCOUNT, "--to-url", f"{target.url}/client/v4"),
        ],
        env={**os.environ, "FROM_TOKEN": cloud.token, "TO_TOKEN": token},
        capture_output=True,
        check=True,
        timeout=240,
        text=True,
    )
    head, *rows = (line.split(",") for line in done.stdout.splitlines())
    assert head == ["old_uid", "new_uid"]
    return rows


def post(cloud: Cloud, **fields: str) -> str:
    clip = make_clip("normal")
    files = {"file": (clip.name, clip.read_bytes(), "video/mp4")}
    reply = cloud.ask("POST", files=files, data=fields)
    assert reply.status_code == 200, reply.text
    uid: str = reply.json()["result"]["uid"]
    cloud.wait_for(uid)
    return uid


@pytest.mark.timeout(500)
def test_all_videos_come_along_and_a_second_run_copies_nothing_twice(
    cloud: Cloud, start_server: StartServer
) -> None:
    old = replace(cloud, account=OLD_ACCOUNT)
    public, private = post(old), post(old, requireSignedURLs="true", meta='{"name": "Private ñ"}')
    old.sdk.stream.captions.language.update(
        "es", account_id=OLD_ACCOUNT, identifier=private, file=VTT
    )
    target = start_server(stream_allow_private_addresses="true")
    with Site(target) as site:
        made = site.ask("POST", "/api/tokens", {"name": "moving", "scopes": ["stream"]})
    rows = copy(old, target, made["token"])
    assert [row[0] for row in rows] == [public, private]
    assert copy(old, target, made["token"]) == rows

    with Cloudflare(api_token=made["token"], base_url=f"{target.url}/client/v4") as new:
        assert len(list(new.stream.list(account_id=NEW_ACCOUNT))) == 2
        first, second = (new.stream.get(row[1], account_id=NEW_ACCOUNT) for row in rows)
        captions = new.stream.captions.get(rows[1][1], account_id=NEW_ACCOUNT)
        assert [caption.language for caption in captions] == ["es"]
    assert first
    assert second
    assert (first.require_signed_urls, second.require_signed_urls) == (False, True)
    assert isinstance(second.meta, dict)
    assert second.meta["name"] == "Private ñ"
    assert second.meta["copied-from"] == private
    assert [round(video.duration or 0) for video in (first, second)] == [6, 6]
