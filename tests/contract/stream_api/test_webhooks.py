"""Webhooks: set and read by the SDK, told of every end, signed afresh, over restarts."""

import hashlib
import hmac
import json
from pathlib import Path

import cloudflare
import httpx
import pytest
from cloudflare import Cloudflare

from tests.contract.stream_api.conftest import ACCOUNT, Cloud
from tests.contract.stream_api.receiver import Told, receiving
from tests.factories.clips import make_clip
from tests.factories.site import Site
from tests.fixtures.server import StartServer
from tests.fixtures.services import free_port


def is_right(told: Told, secret: str) -> bool:
    """Check a message as receivers do, over the raw body."""
    parts = dict(part.split("=", 1) for part in told.signature.split(","))
    signed = f"{parts['time']}.".encode() + told.body
    right = hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
    return hmac.compare_digest(right, parts["sig1"]) and abs(told.at - int(parts["time"])) < 5


def test_a_webhook_is_set_read_and_taken_away(cloud: Cloud) -> None:
    hooks = cloud.sdk.stream.webhooks
    with pytest.raises(cloudflare.NotFoundError):
        hooks.get(account_id="hooked")
    first = hooks.update(account_id="hooked", body_notification_url_2="https://app.example/hook")
    assert first is not None
    read = hooks.get(account_id="hooked")
    assert read is not None
    assert read.to_dict() == first.to_dict()
    again = httpx.put(
        f"{cloud.root}/accounts/hooked/stream/webhook/",
        headers=cloud.headers,
        content=b'{"notificationUrl": "https://app.example/other"}',
    )
    result = again.json()["result"]
    assert result["notificationUrl"] == "https://app.example/other"
    assert len(result["secret"]) == 32
    assert result["secret"] != getattr(first, "secret", None)
    assert hooks.delete(account_id="hooked") == ""
    with pytest.raises(cloudflare.NotFoundError):
        hooks.get(account_id="hooked")
    for wrong in ("ftp://app.example", "no address", "http://name:word@app.example"):
        with pytest.raises(cloudflare.BadRequestError):
            hooks.update(account_id="hooked", body_notification_url_1=wrong)


def test_ready_and_failed_videos_are_told_of(cloud: Cloud, odd_file: Path) -> None:
    with receiving() as receiver:
        set_ = cloud.ask("PUT", "/webhook", json={"notificationUrl": receiver.url})
        secret = set_.json()["result"]["secret"]
        uid = cloud.post_basic(make_clip("normal"))
        (told,) = receiver.wait_for(1)
        assert is_right(told, secret)
        video = json.loads(told.body)
        assert (video["uid"], video["status"]["state"]) == (uid, "ready")
        assert video["playback"]["hls"].startswith(f"{cloud.server.url}/{uid}/")
        receiver.told.clear()
        made = cloud.ask("POST", "/direct_upload", json={"maxDurationSeconds": 2}).json()["result"]
        httpx.post(
            made["uploadURL"], files={"file": ("a.mp4", make_clip("normal").read_bytes())}
        ).raise_for_status()
        (told,) = receiver.wait_for(1)
        status = json.loads(told.body)["status"]
        assert status["errorReasonCode"] == status["errReasonCode"]
        assert status["errorReasonCode"] == "ERR_DURATION_EXCEED_CONSTRAINT"
        cloud.ask("DELETE", "/webhook")


@pytest.mark.timeout(300)
def test_a_message_is_told_again_until_taken_also_after_a_kill(start_server: StartServer) -> None:
    port = free_port()
    server = start_server(stream_allow_private_addresses="true")
    with Site(server) as site:
        token = site.ask("POST", "/api/tokens", {"name": "s", "scopes": ["stream"]})["token"]
    root = f"{server.url}/client/v4"
    with Cloudflare(api_token=token, base_url=root, max_retries=0) as sdk:
        # Nobody listens there yet.
        sdk.stream.webhooks.update(
            account_id=ACCOUNT, body_notification_url_1=f"http://127.0.0.1:{port}/hook"
        )
        secret = httpx.get(
            f"{root}/accounts/{ACCOUNT}/stream/webhook",
            headers={"Authorization": f"Bearer {token}"},
        ).json()["result"]["secret"]
        cloud = Cloud(server, site, token, sdk)
        uid = cloud.post_basic(make_clip("normal"))
        cloud.wait_for(uid)
        server.kill()
        server.start()
        with receiving(port) as receiver:
            receiver.answers.append(503)
            refused, taken = receiver.wait_for(2)
    assert refused.body == taken.body
    assert json.loads(taken.body)["uid"] == uid
    assert is_right(refused, secret)
    assert is_right(taken, secret)


def test_a_private_address_is_never_told(start_server: StartServer) -> None:
    server = start_server()
    with Site(server) as site, receiving() as receiver:
        token = site.ask("POST", "/api/tokens", {"name": "s", "scopes": ["stream"]})["token"]
        root = f"{server.url}/client/v4"
        with Cloudflare(api_token=token, base_url=root, max_retries=0) as sdk:
            sdk.stream.webhooks.update(account_id=ACCOUNT, body_notification_url_1=receiver.url)
            cloud = Cloud(server, site, token, sdk)
            cloud.wait_for(cloud.post_basic(make_clip("normal")))
        server.stop()
        assert "leads into a private network" in server.log.read_text()
        assert receiver.told == []
