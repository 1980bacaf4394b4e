"""What our provider asks for, and what comes of it, at our own server."""

import asyncio
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from urllib.parse import urljoin

import httpx
import pytest
from pydantic import SecretStr

from lumenhall.domains.media.cloudflare.account import Account, NewRemote, Stream, connect
from lumenhall.domains.media.cloudflare.delivery import Delivery
from lumenhall.domains.media.cloudflare.states import Report
from lumenhall.domains.media.errors import StreamUnavailable
from lumenhall.domains.media.models import AssetStatus
from tests.contract.stream_api.conftest import ACCOUNT, TUS, Cloud
from tests.factories.clips import make_clip
from tests.factories.courses import curriculum
from tests.factories.site import Site
from tests.fixtures.server import StartServer

PATIENCE_SECONDS = 120
VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nHola\n"


def account_at(cloud: Cloud, token: str | None = None, key: str = "", key_id: str = "") -> Account:
    return Account(
        account_id=ACCOUNT,
        api_token=SecretStr(token or cloud.token),
        signing_key_id=key_id,
        signing_key=SecretStr(key),
        base_url=cloud.root,
        delivery_url="",
        longest_seconds=600,
    )


async def send(stream: Stream, *, name: str = "Lesson ñ.mp4") -> str:
    """Send a clip as a browser does, and return its uid."""
    size = make_clip("normal").stat().st_size
    ticket = await stream.create_upload(NewRemote(name, size, creator="ann"))
    await asyncio.to_thread(send_bytes, ticket.upload_url)
    return ticket.uid


def send_bytes(url: str) -> None:
    """Send the clip to an upload address in one piece."""
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    data = make_clip("normal").read_bytes()
    reply = httpx.patch(url, content=data, headers=headers, timeout=60)
    assert reply.status_code == 204, reply.text


async def wait_for(stream: Stream, uid: str, is_there: Callable[[Report], bool]) -> Report:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        report = await stream.find(uid)
        assert report
        if is_there(report):
            return report
        assert time.monotonic() < deadline, report
        await asyncio.sleep(0.2)


async def test_a_video_is_made_reported_played_and_deleted(cloud: Cloud) -> None:
    made = await connect(account_at(cloud)).register("https://site.example/api/webhooks/cloudflare")
    assert len(made.webhook_secret) == 32
    account = account_at(cloud, key=made.signing_key, key_id=made.signing_key_id)
    stream = connect(account)
    uid = await send(stream)
    report = await wait_for(stream, uid, lambda found: found.status is AssetStatus.READY)
    assert (report.percent, report.width, report.height) == (100, 320, 180)
    assert report.duration_ms
    assert report.hls_url
    video = cloud.ask("GET", f"/{uid}").json()["result"]
    assert video["requireSignedURLs"] is True
    assert (video["creator"], video["meta"]["name"]) == ("ann", "Lesson ñ.mp4")

    prefix = report.hls_url.partition(f"/{uid}/")[0]
    assert account.delivers(prefix)
    delivery = Delivery(account)
    for manifest in ("manifest/video.m3u8", "manifest/video.mpd"):
        text = await delivery.playlist(prefix, uid, manifest, "/media/g/a/remote")
        assert text
        assert uid not in text
        assert "SUBTITLES" not in text
    master = await delivery.playlist(prefix, uid, "manifest/video.m3u8", "/folder")
    assert master
    level = next(line for line in master.splitlines() if line[:1] not in {"", "#"})
    address = delivery.address(prefix, uid, urljoin("manifest/video.m3u8", level))
    thumbnail = delivery.address(prefix, uid, "thumbnails/thumbnail.jpg?height=90")
    late = datetime.now(UTC) - timedelta(minutes=2)
    ended = f"{prefix}/{delivery._sign(uid, int(late.timestamp()))}/manifest/video.m3u8"
    async with httpx.AsyncClient(timeout=60) as browser:
        assert (await browser.get(address)).status_code == 200
        assert (await browser.get(thumbnail)).headers["content-type"] == "image/jpeg"
        assert (await browser.get(report.hls_url)).status_code == 401
        assert (await browser.get(ended)).status_code == 401

    await stream.set_captions(uid, {"es": VTT, "en": VTT})
    await stream.set_captions(uid, {"es": VTT})
    captions = cloud.ask("GET", f"/{uid}/captions").json()["result"]
    assert [caption["language"] for caption in captions] == ["es"]

    await stream.delete(uid)
    await stream.delete(uid)
    assert await stream.find(uid) is None


async def test_a_token_that_does_not_count_is_no_reason_to_lose_anything(cloud: Cloud) -> None:
    stream = connect(account_at(cloud, token="wrong"))
    uid = "0" * 32
    for ask in (stream.find, stream.delete):
        with pytest.raises(StreamUnavailable, match="401"):
            await ask(uid)


async def test_an_account_elsewhere_is_unavailable(cloud: Cloud) -> None:
    account = account_at(cloud)
    away = connect(
        Account(
            account_id=account.account_id,
            api_token=account.api_token,
            signing_key_id="",
            signing_key=SecretStr(""),
            base_url="http://127.0.0.1:9/client/v4",
            delivery_url="",
            longest_seconds=600,
        )
    )
    with pytest.raises(StreamUnavailable):
        await away.create_upload(NewRemote("a.mp4", 10, creator="ann"))


def test_a_site_that_no_webhook_reaches_follows_its_videos_closely(
    cloud: Cloud, start_server: StartServer
) -> None:
    key = cloud.ask("POST", "/keys").json()["result"]
    home = start_server(
        cloudflare_account_id=ACCOUNT,
        cloudflare_api_token=cloud.token,
        cloudflare_base_url=cloud.root,
        cloudflare_signing_key_id=key["id"],
        cloudflare_signing_key=key["pem"],
    )
    with Site(home) as site:
        course = f"/api/courses/{site.ask('POST', '/api/courses', {'title': 'Kites'})['id']}"
        site.ask("PUT", f"{course}/curriculum", curriculum("lesson-1") | {"version": 0})
        video = f"{course}/lessons/lesson-1/video"
        file = {"filename": "a.mp4", "size_bytes": make_clip("normal").stat().st_size}
        url = site.ask("POST", video, file)["upload"]["url"]
        send_bytes(url)
        site.ask("POST", f"{video}/sent")
        # What it was about to ask is not forgotten.
        home.kill()
        home.start()
        steps = {"queued": 0, "inprogress": 1, "ready": 2}
        seen = [(0, 0)]
        deadline = time.monotonic() + PATIENCE_SECONDS
        while seen[-1][0] < steps["ready"]:
            look = site.ask("GET", video)
            seen.append((steps[look["status"]], look["processing_progress"]))
            assert seen[-1] >= seen[-2], seen
            assert time.monotonic() < deadline, look
            time.sleep(0.2)
