"""What a player gets under a playback address, and who gets nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from lumenhall.domains.media import service
from lumenhall.domains.media.captions import parse
from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.media.manifests import read_track, write_manifests
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.storage import MemoryStorage
from tests.medium.media.place import KEY, Place

SRT = parse(b"1\n00:00:01,000 --> 00:00:02,000\nHello\n")


@pytest.fixture
def made(ladder: Callable[[str, bool], Path]) -> Path:
    folder = ladder("normal", True)
    write_manifests(folder, ["v180.mp4", "v90.mp4"], "a.mp4")
    return folder


async def test_nothing_plays_before_there_is_something(place: Place) -> None:
    with pytest.raises(PlaybackNotFound):
        await place.playback()


async def test_a_growing_copy_plays_and_is_asked_for_again(place: Place) -> None:
    await place.preview(growing=True)
    playback = await place.playback()
    assert not playback.final
    assert (playback.dash_url, playback.download_url, playback.storyboard_vtt_url) == (None,) * 3
    master = await place.client.get(playback.hls_url)
    assert master.text == "#EXTM3U\n1/v.m3u8\n"
    assert master.headers["content-type"] == "application/vnd.apple.mpegurl"
    media = await place.client.get(f"{playback.hls_url.rpartition('/')[0]}/1/v.m3u8")
    assert "no-cache" in media.headers["cache-control"]
    segment = await place.client.get(f"{playback.hls_url.rpartition('/')[0]}/1/v_00000.m4s")
    assert segment.content == b"segment"
    assert segment.headers["content-type"] == "video/iso.segment"
    assert segment.headers["cache-control"] == "private, max-age=31536000, immutable"


async def test_a_copy_with_an_end_may_be_kept(place: Place) -> None:
    await place.preview(growing=False)
    folder = (await place.playback()).hls_url.rpartition("/")[0]
    assert "immutable" in (await place.client.get(f"{folder}/1/v.m3u8")).headers["cache-control"]


async def test_the_master_is_always_the_best_there_is(place: Place, made: Path) -> None:
    await place.preview(growing=True)
    url = (await place.playback()).hls_url
    assert "1/v.m3u8" in (await place.client.get(url)).text
    await place.publish(made)
    best = (await place.client.get(url)).text
    assert "2/v180.m3u8" in best
    assert 'URI="2/a.m3u8"' in best
    # Whoever is in the middle of the copy plays on.
    old = await place.client.get(f"{url.rpartition('/')[0]}/1/v_00000.m4s")
    assert old.content == b"segment"


async def test_every_address_of_a_playback_answers(place: Place, made: Path) -> None:
    await place.publish(made)
    async with place.database.write() as session:
        await service.set_allow_download(session, place.asset_id, True)
        await service.add_track(session, place.asset_id, SRT, NewTrack("en", is_default=True))
        poster = f"assets/{place.asset_id}/pictures/1.jpg"
        await service.set_thumbnail(session, place.asset_id, poster)
    await place.storage.put_bytes(poster, b"poster")
    playback = await place.playback()
    assert playback.final
    types = {
        playback.hls_url: "application/vnd.apple.mpegurl",
        playback.dash_url: "application/dash+xml",
        playback.download_url: "video/mp4",
        playback.poster_url: "image/jpeg",
        playback.storyboard_vtt_url: "text/vtt; charset=utf-8",
        playback.captions[0].url: "text/vtt; charset=utf-8",
    }
    for url, content_type in types.items():
        reply = await place.client.get(str(url))
        assert reply.status_code == 200, url
        assert reply.headers["content-type"] == content_type
        head = await place.client.head(str(url))
        assert head.headers["content-length"] == reply.headers["content-length"]
        again = {"If-None-Match": reply.headers["etag"]}
        assert (await place.client.get(str(url), headers=again)).status_code == 304


async def test_a_storyboard_names_its_pictures_in_full(place: Place, made: Path) -> None:
    await place.publish(made)
    url = str((await place.playback()).storyboard_vtt_url)
    text = (await place.client.get(url)).text
    picture = text.splitlines()[3]
    assert picture.startswith("/media/")
    assert (await place.client.get(picture.partition("#")[0])).content == b"picture"


async def test_a_download_has_a_name_and_needs_leave(place: Place, made: Path) -> None:
    await place.publish(made)
    folder = (await place.playback()).hls_url.rpartition("/")[0]
    refused = await place.client.get(f"{folder}/download.mp4")
    assert (refused.status_code, refused.json()["code"]) == (403, "download_not_allowed")
    assert (await place.client.get(f"{folder}/2/download.mp4")).status_code == 404
    async with place.database.write() as session:
        await service.set_allow_download(session, place.asset_id, True)
    reply = await place.client.get(f"{folder}/download.mp4")
    assert reply.content == b"whole video"
    plain, encoded = "Fete d'ete.mp4", "F%C3%AAte%20d%27%C3%A9t%C3%A9.mp4"
    assert reply.headers["content-disposition"] == (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    )


async def test_byte_ranges_hold_exactly_what_the_manifest_names(place: Place, made: Path) -> None:
    await place.publish(made)
    folder = (await place.playback()).hls_url.rpartition("/")[0]
    track, whole = read_track(made / "v180.mp4"), (made / "v180.mp4").read_bytes()
    for part in track.segments:
        end = part.offset + part.size - 1
        headers = {"Range": f"bytes={part.offset}-{end}"}
        reply = await place.client.get(f"{folder}/2/v180.mp4", headers=headers)
        assert reply.status_code == 206
        assert reply.headers["content-range"] == f"bytes {part.offset}-{end}/{len(whole)}"
        assert reply.content == whole[part.offset : end + 1]


async def test_ranges_follow_the_rules_of_http(place: Place) -> None:
    await place.preview(growing=True)
    url = f"{(await place.playback()).hls_url.rpartition('/')[0]}/1/v_00000.m4s"
    tag = (await place.client.get(url)).headers["etag"]
    for headers, status, content in (
        ({"Range": "bytes=-3"}, 206, b"ent"),
        ({"Range": "bytes=4-"}, 206, b"ent"),
        ({"Range": "bytes=7-"}, 416, None),
        ({"Range": "bytes=0-1", "If-Range": tag}, 206, b"se"),
        ({"Range": "bytes=0-1", "If-Range": '"other"'}, 200, b"segment"),
        ({"If-None-Match": f'W/"x", {tag}'}, 304, b""),
        ({"If-None-Match": '"x"'}, 200, b"segment"),
    ):
        reply = await place.client.get(url, headers=headers)
        assert reply.status_code == status, headers
        assert content is None or reply.content == content


async def test_a_range_that_can_not_be_had_is_a_problem_with_a_code(place: Place) -> None:
    await place.preview(growing=False)
    segment = f"{(await place.playback()).hls_url.rpartition('/')[0]}/1/v_00000.m4s"
    for asked, status, code in (
        ("bytes=7-", 416, "range_not_satisfiable"),
        ("bytes=0-1,9-", 416, "range_not_satisfiable"),
        ("bytes=-0", 416, "range_not_satisfiable"),
        ("bytes", 400, "range_invalid"),
        ("pages=1-2", 400, "range_invalid"),
        ("bytes=x-y", 400, "range_invalid"),
        ("bytes=4-2", 400, "range_invalid"),
    ):
        reply = await place.client.get(segment, headers={"Range": asked})
        assert reply.headers["content-type"] == "application/problem+json"
        assert (reply.status_code, reply.json()["code"]) == (status, code)
        assert reply.headers.get("content-range") == ("bytes */7" if status == 416 else None)
        assert reply.headers["cache-control"] == "no-store"
        head = await place.client.head(segment, headers={"Range": asked})
        assert (head.status_code, head.content) == (status, b"")


async def test_neither_source_nor_half_made_outputs_are_served(place: Place) -> None:
    await place.preview(growing=True)
    await place.storage.put_bytes(f"assets/{place.asset_id}/3/v180.mp4", b"half")
    await place.storage.put_bytes(f"assets/{place.asset_id}/source/1.mp4", b"source")
    folder = (await place.playback()).hls_url.rpartition("/")[0]
    for name in ("3/v180.mp4", "source/1", "source/1.mp4", "1/../3/v180.mp4", "1/none.m4s"):
        assert (await place.client.get(f"{folder}/{name}")).status_code == 404
    reply = await place.client.get(f"{folder}/1%2F..%2F3%2Fv180.mp4")
    assert (reply.status_code, reply.json()["code"]) == (404, "playback_not_found")


async def test_forged_and_foreign_addresses_lead_nowhere(place: Place) -> None:
    await place.preview(growing=True)
    url = (await place.playback()).hls_url
    _, _, grant, asset_id, _ = url.split("/")
    async with place.database.write() as session:
        other = await service.create_asset(session, place.owner.user_id, original_filename="b")
    for wrong in (
        f"/media/{grant}/{other.id}/master.m3u8",
        f"/media/{grant}/{new_id()}/master.m3u8",
        f"/media/{grant}/nonsense/master.m3u8",
        f"/media/{'A' * len(grant)}/{asset_id}/master.m3u8",
        f"/media/x/{asset_id}/master.m3u8",
    ):
        reply = await place.client.get(wrong)
        assert (reply.status_code, reply.json()["code"]) == (404, "playback_not_found")
        assert reply.headers["content-type"] == "application/problem+json"


async def test_captions_of_another_asset_are_not_found(place: Place) -> None:
    await place.preview(growing=True)
    async with place.database.write() as session:
        other = await service.create_asset(session, place.owner.user_id, original_filename="b")
        track = await service.add_track(session, other.id, SRT, NewTrack("en"))
    folder = (await place.playback()).hls_url.rpartition("/")[0]
    assert (await place.client.get(f"{folder}/captions/{track.id}.vtt")).status_code == 404


async def test_segments_ask_the_database_nothing_for_a_while(
    place: Place, statements: list[str]
) -> None:
    await place.preview(growing=True)
    url = f"{(await place.playback()).hls_url.rpartition('/')[0]}/1/v_00000.m4s"
    await place.client.get(url)
    statements.clear()
    for _ in range(5):
        assert (await place.client.get(url)).status_code == 200
    assert statements == []


async def test_a_new_picture_has_a_new_address(place: Place) -> None:
    urls = []
    for name in ("1", "2"):
        async with place.database.write() as session:
            key = f"assets/{place.asset_id}/pictures/{name}.jpg"
            await service.set_thumbnail(session, place.asset_id, key)
        picture = service.Picture.of(place.asset_id, (await place.asset()).thumbnail_key)
        assert picture is not None
        urls.append(service.picture_addresses(place.owner, KEY)(picture))
    assert len(set(urls)) == 2


@pytest.mark.parametrize("storage", [MemoryStorage()])
async def test_a_store_elsewhere_gets_redirects_and_playlists_come_from_here(
    place: Place, made: Path
) -> None:
    await place.publish(made)
    playback = await place.playback()
    folder = playback.hls_url.rpartition("/")[0]
    assert "2/v180.m3u8" in (await place.client.get(playback.hls_url)).text
    assert "v180.mp4" in (await place.client.get(f"{folder}/2/v180.m3u8")).text
    assert (await place.client.get(str(playback.dash_url))).status_code == 200
    reply = await place.client.get(f"{folder}/2/v180.mp4")
    assert reply.status_code == 307
    key = f"assets/{place.asset_id}/2/v180.mp4"
    assert reply.headers["location"] == f"memory://store/{key}?seconds=40"
    assert reply.headers["cache-control"] == "private, max-age=30"
