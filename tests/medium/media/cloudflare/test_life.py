"""A video at Stream, from its first report to the last, in whichever order they come."""

import random
from datetime import timedelta
from typing import Any

import httpx
import pytest

from lumenhall.domains.media import life, service
from lumenhall.domains.media.cloudflare.account import NewRemote
from lumenhall.domains.media.errors import (
    AssetStateConflict,
    RetriesUsedUp,
    StreamFull,
    StreamUnavailable,
)
from lumenhall.domains.media.models import AssetStatus
from lumenhall.platform.kit import clock
from tests.medium.media.cloudflare.place import Remote
from tests.medium.media.cloudflare.twin import sign_webhook

NEW = NewRemote(name="Lesson", size_bytes=10, creator="ann")


async def test_a_private_upload_is_made_for_a_browser(remote: Remote) -> None:
    said = remote.twin.metadata[remote.uid]
    assert said["name"] == "Lesson 1.mp4"
    assert said["requiresignedurls"] == "true"
    assert said["maxdurationseconds"] == "14400"
    assert said["length"] == "1000"
    assert said["creator"] == str(remote.owner.id)
    asset = await remote.asset()
    assert (asset.provider, asset.provider_uid) == ("cloudflare", remote.uid)
    assert asset.status is AssetStatus.PENDING_UPLOAD


async def test_a_creation_is_not_repeated_because_that_would_make_two(remote: Remote) -> None:
    remote.twin.down, remote.twin.asked = 503, []
    with pytest.raises(StreamUnavailable):
        await service.ask_for_upload(remote.app, NEW)
    assert remote.twin.asked == ["POST "]


async def test_a_full_account_is_said_to_be_full(remote: Remote) -> None:
    remote.twin.down = 413
    with pytest.raises(StreamFull):
        await service.ask_for_upload(remote.app, NEW)


async def test_the_whole_way_is_followed(remote: Remote, client: httpx.AsyncClient) -> None:
    seen = []
    way: list[tuple[str, dict[str, Any]]] = [
        ("queued", {}),
        ("inprogress", {"pctComplete": "12.7"}),
        ("inprogress", {"pctComplete": "80.2", "readyToStream": True}),
        ("ready", {"pctComplete": "100.000000"}),
    ]
    for state, more in way:
        reply = await remote.send_webhook(client, remote.twin.say(remote.uid, state, **more))
        assert reply.status_code == 204
        asset = await remote.asset()
        seen.append((asset.status.value, asset.processing_progress))
    assert seen == [("queued", 0), ("inprogress", 12), ("inprogress", 80), ("ready", 100)]
    assert (asset.duration_ms, asset.width, asset.height) == (61500, 1280, 720)
    assert (asset.duration_seconds, asset.file_size_bytes) == (62, 4000)
    assert asset.playable
    copy = await remote.copy()
    assert copy
    assert copy.look_at is None


async def test_what_can_be_streamed_plays_before_it_is_ready(remote: Remote) -> None:
    hls = {"hls": f"{remote.twin.url}/{remote.uid}/manifest/video.m3u8"}
    await remote.observe(
        remote.twin.say(remote.uid, "inprogress", pctComplete="30", readyToStream=True)
    )
    assert not (await remote.asset()).playable
    await remote.observe(remote.twin.say(remote.uid, "inprogress", playback=hls))
    asset = await remote.asset()
    assert asset.playable
    assert asset.status is AssetStatus.IN_PROGRESS


async def test_an_address_of_somebody_else_is_not_played(remote: Remote) -> None:
    hls = {"hls": f"http://evil.test/{remote.uid}/manifest/video.m3u8"}
    await remote.observe(remote.twin.say(remote.uid, "ready", playback=hls))
    asset = await remote.asset()
    assert not asset.playable
    assert asset.status is AssetStatus.IN_PROGRESS


async def test_a_failure_says_why(remote: Remote) -> None:
    video = remote.twin.say(
        remote.uid, "error", errReasonCode="ERR_NON_VIDEO", errReasonText="not recognized"
    )
    await remote.observe(video)
    asset = await remote.asset()
    assert asset.status is AssetStatus.ERROR
    assert (asset.error_code, asset.error_message) == ("not_a_video", "This file is not a video.")


REPORTS: list[tuple[str, dict[str, Any]]] = [
    ("pendingupload", {}),
    ("downloading", {}),
    ("queued", {"pctComplete": ""}),
    ("inprogress", {"pctComplete": "40"}),
    ("inprogress", {"pctComplete": "7.5"}),
    ("inprogress", {"readyToStream": True}),
    ("live-inprogress", {}),
    ("ready", {"pctComplete": "39.0"}),
    ("error", {"errorReasonCode": "ERR_MALFORMED_VIDEO"}),
    ("error", {"errReasonCode": "ERR_NON_VIDEO"}),
]


async def test_no_order_of_reports_goes_backwards(remote: Remote) -> None:
    chance = random.Random(8)  # noqa: S311 The same orders every time.
    for _ in range(25):
        await remote.begin()
        orders = chance.choices(REPORTS, k=chance.randint(1, 9))
        before = await remote.asset()
        for state, more in orders:
            await remote.observe(remote.twin.say(remote.uid, state, **more))
            now = await remote.asset()
            assert life.rank(now.status) >= life.rank(before.status), orders
            assert now.processing_progress >= before.processing_progress, orders
            assert now.playable >= before.playable, orders
            if life.has_ended(before.status):
                assert now.status is before.status, orders
            before = now


async def test_reports_of_unknown_videos_are_harmless(
    remote: Remote, client: httpx.AsyncClient
) -> None:
    reply = await remote.send_webhook(client, {"uid": "unknown", "status": {"state": "ready"}})
    assert reply.status_code == 204
    bodies: list[object] = [[], {"status": {}}, {"uid": 7}, "text", None]
    for body in bodies:
        reply = await remote.send_webhook(client, body)
        assert reply.status_code == 204
    assert (await remote.asset()).status is AssetStatus.PENDING_UPLOAD


async def test_a_replayed_webhook_changes_nothing(
    remote: Remote, client: httpx.AsyncClient
) -> None:
    early = sign_webhook(dict(remote.twin.say(remote.uid, "inprogress", pctComplete="10")))
    await remote.send_webhook(client, remote.twin.say(remote.uid, "ready"))
    ready = await remote.asset()
    for body, headers in (early, early):
        reply = await client.post("/api/webhooks/cloudflare", content=body, headers=headers)
        assert reply.status_code == 204
    after = await remote.asset()
    assert (after.status, after.processing_progress) == (ready.status, 100)
    assert after.updated_at == ready.updated_at


async def test_a_webhook_that_was_altered_signed_long_ago_or_not_at_all_is_refused(
    remote: Remote, client: httpx.AsyncClient
) -> None:
    body, headers = sign_webhook(remote.twin.say(remote.uid, "ready"))
    with clock.freeze(clock.now() - timedelta(minutes=6)):
        old = sign_webhook(remote.twin.say(remote.uid, "ready"))
    for sent, with_headers in ((body + b" ", headers), (b"\n" + body, headers), (body, {}), old):
        reply = await client.post("/api/webhooks/cloudflare", content=sent, headers=with_headers)
        assert (reply.status_code, reply.json()["code"]) == (403, "webhook_refused")
    assert (await remote.asset()).status is AssetStatus.PENDING_UPLOAD
    large = b"x" * (256 * 1024 + 1)
    reply = await client.post("/api/webhooks/cloudflare", content=large, headers=headers)
    assert reply.status_code == 403


async def test_a_failed_video_is_asked_for_again_three_times_and_no_more(remote: Remote) -> None:
    video = remote.twin.say(remote.uid, "error", errorReasonCode="ERR_UNKNOWN")
    await remote.observe(video)
    for _ in range(service.MOST_RETRIES):
        async with remote.app.database.write() as session:
            await service.retry_remote(session, remote.asset_id)
        assert (await remote.asset()).status is AssetStatus.QUEUED
        await remote.tend()
        assert (await remote.asset()).status is AssetStatus.ERROR
    async with remote.app.database.write() as session:
        with pytest.raises(RetriesUsedUp):
            await service.retry_remote(session, remote.asset_id)


async def test_what_stream_made_good_counts_when_it_is_tried_again(remote: Remote) -> None:
    await remote.observe(remote.twin.say(remote.uid, "error"))
    remote.twin.say(remote.uid, "ready")
    async with remote.app.database.write() as session:
        await service.retry_remote(session, remote.asset_id)
    await remote.tend()
    asset = await remote.asset()
    assert asset.status is AssetStatus.READY
    assert asset.error_message is None
    async with remote.app.database.write() as session:
        with pytest.raises(AssetStateConflict):
            await service.retry_remote(session, remote.asset_id)
