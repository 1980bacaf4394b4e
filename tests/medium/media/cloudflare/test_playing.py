"""A video at Stream is played under our own addresses, and captions go there."""

from datetime import timedelta
from urllib.parse import urlsplit

import httpx
import pytest
from sqlalchemy import select

from lumenhall.domains.identity.models import UserSession
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import queries, service
from lumenhall.domains.media.models import TrackKind
from lumenhall.domains.media.schemas import NewTrack, Playback
from lumenhall.platform.kit import clock
from tests.factories.people import add_session
from tests.medium.media.cloudflare.place import Remote
from tests.medium.media.cloudflare.twin import is_valid

VTT = b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n"


@pytest.fixture
async def playback(remote: Remote) -> Playback:
    """What the owner of a video that is ready gets to play it."""
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    async with remote.app.database.write() as session:
        await add_session(session, remote.owner)
        signed_in = await session.scalar(select(UserSession.id))
    actor = Actor(remote.owner.id, remote.owner.role, session_id=signed_in)
    async with remote.app.database.read() as session:
        asset = await queries.get_asset(session, remote.asset_id)
        return service.playback(asset, [], actor, remote.app.signing_key)


async def follow(client: httpx.AsyncClient, url: str) -> httpx.Response:
    """Follow redirects within our site."""
    reply = await client.get(url)
    while reply.is_redirect and reply.headers["location"].startswith("/"):
        url = reply.headers["location"]
        reply = await client.get(url)
    return reply


async def test_a_player_comes_from_our_address_to_the_bytes_at_stream(
    remote: Remote, client: httpx.AsyncClient, playback: Playback
) -> None:
    master = await follow(client, playback.hls_url)
    assert master.headers["content-type"].startswith("application/vnd.apple.mpegurl")
    [level] = [line for line in master.text.splitlines() if not line.startswith("#")]
    assert level.startswith("/media/")
    assert "SUBTITLES" not in master.text
    playlist = await client.get(level)
    assert "seg_1.m4s?s=1" in playlist.text
    segment = await client.get(f"{level.rpartition('/')[0]}/seg_1.m4s?s=1")
    assert segment.status_code == 307
    assert segment.headers["cache-control"] == "private, max-age=30"
    address = urlsplit(segment.headers["location"])
    assert f"{address.scheme}://{address.netloc}" == remote.twin.url
    assert address.path.endswith("/video/720/seg_1.m4s")
    assert address.query == "s=1"
    async with httpx.AsyncClient() as browser:
        got = await browser.get(segment.headers["location"])
    assert got.text == "bytes of video/720/seg_1.m4s"


async def test_no_address_that_a_viewer_gets_outlives_the_minute(
    remote: Remote, client: httpx.AsyncClient, playback: Playback
) -> None:
    folder = playback.hls_url.rpartition("/")[0]
    segment = await client.get(f"{folder}/remote/video/720/seg_1.m4s")
    token = urlsplit(segment.headers["location"]).path.split("/")[1]
    assert is_valid(token, remote.twin.videos)
    with clock.freeze(clock.now() + timedelta(seconds=41)):
        assert not is_valid(token, remote.twin.videos)
    master = await follow(client, playback.hls_url)
    assert token.split(".")[0] not in master.text


async def test_the_picture_is_the_one_at_stream(
    client: httpx.AsyncClient, playback: Playback
) -> None:
    assert playback.poster_url
    reply = await client.get(playback.poster_url)
    assert urlsplit(reply.headers["location"]).path.endswith("/thumbnails/thumbnail.jpg")


async def test_dash_comes_the_same_way(client: httpx.AsyncClient, playback: Playback) -> None:
    assert playback.dash_url
    reply = await follow(client, playback.dash_url)
    assert reply.status_code == 200


async def test_playlists_are_read_once_for_many_viewers(
    remote: Remote, client: httpx.AsyncClient, playback: Playback
) -> None:
    first = await follow(client, playback.hls_url)
    remote.twin.down = 500
    assert (await follow(client, playback.hls_url)).text == first.text


async def test_stream_being_away_is_said_so(
    remote: Remote, client: httpx.AsyncClient, playback: Playback
) -> None:
    remote.twin.down = 500
    reply = await follow(client, playback.hls_url)
    assert (reply.status_code, reply.json()["code"]) == (503, "stream_unavailable")


@pytest.mark.parametrize(
    "file",
    [
        "remote/../x.m3u8",
        "remote/.hidden/x.m3u8",
        "remote//x.m3u8",
        "remote/x y.m3u8",
        "remote/a/b/c/d/e/f/g/h/i.m3u8",
        "remote/http:/evil.test/x.m3u8",
        "remote/@evil.test",
        "remote/",
        "download.mp4",
        "storyboard.vtt",
        "remote/nothing.m3u8",
    ],
)
async def test_other_names_lead_nowhere(
    remote: Remote, client: httpx.AsyncClient, playback: Playback, file: str
) -> None:
    folder = playback.hls_url.rpartition("/")[0]
    if file == "remote/nothing.m3u8":
        remote.twin.videos.clear()
    reply = await client.get(f"{folder}/{file}")
    assert reply.status_code == 404


async def test_a_grant_of_another_video_or_a_sign_out_ends_playback(
    remote: Remote, client: httpx.AsyncClient, playback: Playback
) -> None:
    wrong = playback.hls_url.replace(str(remote.asset_id), str(remote.owner.id))
    assert (await client.get(wrong)).status_code == 404
    async with remote.app.database.write() as session:
        for signed_in in await session.scalars(select(UserSession)):
            await session.delete(signed_in)
    with clock.freeze(clock.now() + timedelta(seconds=21)):
        assert (await client.get(playback.hls_url)).status_code == 403


async def test_captions_go_to_stream_one_for_each_language(remote: Remote) -> None:
    await remote.observe(remote.twin.say(remote.uid, "ready"))
    remote.twin.captions[remote.uid] = {"fr": "old"}
    remote.twin.generated[remote.uid] = ["de"]
    cues = await service.parse_captions(VTT)
    async with remote.app.database.write() as session:
        for about in (
            NewTrack("es", label="one"),
            NewTrack("es", label="two", is_default=True),
            NewTrack("en", kind=TrackKind.CHAPTERS),
        ):
            await service.add_track(session, remote.asset_id, cues, about)
    assert await remote.jobs(service.SEND_CAPTIONS) >= 3
    await service.send_captions(remote.app, remote.asset_id)
    assert list(remote.twin.captions[remote.uid]) == ["es"]
    assert remote.twin.captions[remote.uid]["es"].startswith("WEBVTT")
    assert f"DELETE /{remote.uid}/captions/de" not in remote.twin.asked


async def test_captions_of_a_deleted_asset_are_nobodys(remote: Remote) -> None:
    await remote.delete()
    await service.send_captions(remote.app, remote.asset_id)


async def test_pages_may_reach_where_videos_are(remote: Remote, client: httpx.AsyncClient) -> None:
    policy = (await client.get("/healthz")).headers["content-security-policy"]
    for kind in ("connect-src", "img-src", "media-src"):
        assert f"{kind} 'self'" in policy
    assert policy.count(remote.twin.url) == 3
