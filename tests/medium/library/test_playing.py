"""Playback addresses, live events and what happens by the clock."""

import base64
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from lumenhall.domains.library import service
from lumenhall.domains.library.events import VideoPublished
from lumenhall.domains.library.models import Video
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import subscribe
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime import live
from tests.factories.people import People
from tests.factories.videos import add_video, make_asset

published: list[UUID] = []


@subscribe(VideoPublished)
async def note_published(session: object, event: VideoPublished) -> None:
    published.append(event.video_id)


async def events(app_context: AppContext, user_id: UUID) -> list[tuple[str, dict[str, Any]]]:
    async with app_context.database.read() as session:
        found = (await live.replay(session, user_id, 0)).events
    return [(event["kind"], event["data"]) for event in found or ()]


async def test_a_viewer_gets_addresses_of_their_own(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    mine, theirs = [
        (await person.get(f"/api/videos/{video.id}/playback")).json() for person in (owner, other)
    ]
    assert mine["hls_url"].startswith("/media/")
    assert mine["hls_url"] != theirs["hls_url"]
    assert (mine["final"], mine["duration_seconds"], mine["resume_at"]) == (True, 100, 0)


async def test_a_download_is_called_what_the_video_is_called_now(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        asset = make_asset(bea, has_download=True, allow_download=True)
        video = await add_video(session, bea, "Old", asset=asset)
    await app_context.storage.put_bytes(f"{asset.published_prefix}/download.mp4", b"whole video")
    await owner.patch(f"/api/videos/{video.id}", json={"title": 'Öl & "Salz"'})
    playback = (await other.get(f"/api/videos/{video.id}/playback")).json()
    reply = await other.get(playback["download_url"])
    assert reply.content == b"whole video"
    assert reply.headers["content-disposition"] == (
        "attachment; filename=\"Ol & Salz.mp4\"; filename*=UTF-8''%C3%96l%20%26%20Salz.mp4"
    )
    await owner.patch(f"/api/videos/{video.id}", json={"allow_download": False})
    assert (await other.get(f"/api/videos/{video.id}/playback")).json()["download_url"] is None
    assert (await other.get(playback["download_url"])).status_code == 403


async def test_there_is_nothing_to_play_before_it_is_playable(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea, asset=make_asset(bea, playable=False))
    reply = await owner.get(f"/api/videos/{video.id}/playback")
    assert (reply.status_code, reply.json()["code"]) == (404, "playback_not_found")


async def test_a_bare_file_sent_by_tus_becomes_a_video(people: People) -> None:
    _, owner = await people.add("bea")
    name = base64.b64encode(b"my_first-day.mp4").decode()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Length": "5",
        "Upload-Metadata": f"filename {name}",
    }
    made = await owner.post("/api/uploads", headers=headers)
    assert made.status_code == 201, made.text
    (video,) = (await owner.get("/api/videos?scope=mine")).json()["items"]
    assert video["title"] == "my first day"
    full = (await owner.get(f"/api/videos/{video['id']}")).json()
    assert made.headers["location"].endswith(full["upload"]["url"])


async def test_the_owner_hears_of_every_turn(people: People, app_context: AppContext) -> None:
    bea, _ = await people.add("bea")
    async with app_context.database.write() as session:
        asset = make_asset(bea, status=AssetStatus.IN_PROGRESS, playable=False)
        video = await add_video(session, bea, asset=asset)
        other = make_asset(bea, status=AssetStatus.IN_PROGRESS, playable=False)
        session.add(other)
        await session.flush()
        await media.mark_playable(session, asset.id, f"{asset.folder}/1")
        await media.publish_outputs(session, asset.id, f"{asset.folder}/2")
        await media.mark_error(session, other.id, "broken", "It is broken.")
    about = {"video_id": str(video.id), "asset_id": str(asset.id)}
    heard = await events(app_context, bea.id)
    assert ("asset.playable", about) in heard
    assert ("asset.ready", about) in heard
    assert ("video.changed", {"video_id": str(video.id)}) in heard
    assert "asset.failed" not in [kind for kind, _ in heard]


async def test_a_failure_says_why(people: People, app_context: AppContext) -> None:
    bea, _ = await people.add("bea")
    async with app_context.database.write() as session:
        asset = make_asset(bea, status=AssetStatus.IN_PROGRESS, playable=False)
        video = await add_video(session, bea, asset=asset)
        await media.mark_error(session, asset.id, "broken", "It is broken.")
    about = {"video_id": str(video.id), "asset_id": str(asset.id)}
    reason = {"error_code": "broken", "error_message": "It is broken."}
    assert (await events(app_context, bea.id))[-1] == ("asset.failed", about | reason)


async def test_a_video_is_announced_once_when_everybody_can_see_it(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    async with app_context.database.write() as session:
        asset = make_asset(bea, status=AssetStatus.IN_PROGRESS, playable=False)
        video = await add_video(session, bea, asset=asset, published=False, published_at=None)
        await media.mark_playable(session, asset.id, f"{asset.folder}/1")
    address = f"/api/videos/{video.id}"
    assert video.id not in published
    for _ in range(2):
        await owner.patch(address, json={"published": True})
        await owner.patch(address, json={"published": False})
    assert published.count(video.id) == 1


@pytest.mark.parametrize("playable", [True, False])
async def test_a_video_for_later_is_announced_when_its_moment_comes(
    people: People, app_context: AppContext, playable: bool
) -> None:
    bea, _ = await people.add("bea")
    later = clock.now() + timedelta(hours=1)
    async with app_context.database.write() as session:
        asset = make_asset(bea, playable=playable)
        video = await add_video(session, bea, asset=asset, published_at=later)
        assert await service.announce_due(session) == 0
    for expected in (playable, False):
        with clock.freeze(later + timedelta(seconds=1)):
            async with app_context.database.write() as session:
                assert await service.announce_due(session) == expected
    assert published.count(video.id) == playable
    async with app_context.database.read() as session:
        found = await session.get(Video, video.id)
        assert found is not None
        assert (found.announced_at is not None) is playable
