"""Pictures, videos and voice notes in conversations, on both engines."""

import io
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from PIL import Image

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.service import attaching, discard_unsent
from lumenhall.domains.media import service as media
from lumenhall.domains.processing.encoder.binaries import find_tools
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit
from lumenhall.platform.outbox import Relay
from lumenhall.surfaces.live.doors import may_join
from tests.factories.people import actor_for
from tests.medium.chat.conftest import CHAT, Talker, Talkers

SECRET_PLACE = b"GPS: 52.37 N"


@pytest.fixture(scope="module")
def picture() -> bytes:
    """A photograph that says where it was taken."""
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET_PLACE.decode()
    Image.new("RGB", (3000, 1500), "teal").save(target, "JPEG", exif=exif)
    return target.getvalue()


def record(folder: Path, seconds: int) -> bytes:
    """Return a recording as a browser makes them."""
    target = folder / f"{seconds}.webm"
    source = f"sine=frequency=440:duration={seconds}"
    command = [str(find_tools().ffmpeg), "-v", "error", "-f", "lavfi", "-i", source]
    subprocess.run([*command, "-c:a", "libopus", "-b:a", "16k", str(target)], check=True)
    return target.read_bytes()


async def bring(who: Talker, talk: str, kind: str, data: bytes) -> httpx.Response:
    return await who.client.post(f"{CHAT}/{talk}/{kind}", files={"file": ("holiday.jpg", data)})


async def brought(who: Talker, talk: str, kind: str, data: bytes) -> dict[str, Any]:
    reply = await bring(who, talk, kind, data)
    assert reply.status_code == 201, reply.text
    attached: dict[str, Any] = reply.json()
    return attached


async def test_a_picture_comes_without_what_it_knows_and_only_to_those_in_the_talk(
    talkers: Talkers, ann: Talker, bob: Talker, cleo: Talker, picture: bytes
) -> None:
    assert SECRET_PLACE in picture
    talk = await ann.begin(bob)
    attached = await brought(ann, talk, "pictures", picture)
    assert (attached["type"], attached["width"], attached["height"]) == ("image", 2048, 1024)
    assert (await bob.client.get(attached["url"])).status_code == 404
    said = await ann.say(talk, "Look", media_ids=[attached["id"]])
    assert said["type"] == "media"
    (seen,) = await bob.hear(talk)
    assert seen["media"] == said["media"]
    sent = await bob.client.get(seen["media"][0]["url"])
    assert (sent.status_code, sent.headers["content-type"]) == (200, "image/webp")
    assert SECRET_PLACE not in sent.content
    assert (await cleo.client.get(attached["url"])).status_code == 404
    await bob.block(ann)
    assert (await bob.client.get(attached["url"])).status_code == 404


async def test_a_bubble_gets_a_picture_of_its_size(
    talkers: Talkers, ann: Talker, bob: Talker, picture: bytes
) -> None:
    talk = await ann.begin(bob)
    large = await brought(ann, talk, "pictures", picture)
    sent = await ann.client.get(large["thumbnail_url"])
    with Image.open(io.BytesIO(sent.content)) as small:
        assert (small.format, small.size) == ("WEBP", (720, 360))
    assert (await bob.client.get(large["thumbnail_url"])).status_code == 404
    # Pictures of earlier versions have no copy.
    await talkers.app.storage.delete(f"chat/{talk}/{large['id']}-small.webp")
    whole = await ann.client.get(large["url"])
    assert (await ann.client.get(large["thumbnail_url"])).content == whole.content
    icon = io.BytesIO()
    Image.new("RGB", (720, 32)).save(icon, "PNG")
    assert (await brought(ann, talk, "pictures", icon.getvalue()))["thumbnail_url"] is None


async def test_what_is_unsent_or_never_sent_is_deleted_with_its_file(
    talkers: Talkers, ann: Talker, bob: Talker, picture: bytes
) -> None:
    talk = await ann.begin(bob)
    sent, left = [await brought(ann, talk, "pictures", picture) for _ in range(2)]
    said = await ann.say(talk, "", media_ids=[sent["id"]])
    assert (await ann.client.delete(f"{CHAT}/{talk}/messages/{said['id']}")).status_code == 204
    assert (await bob.client.get(sent["url"])).status_code == 404
    assert await discard_unsent(talkers.app) == 0
    with clock.freeze(clock.now() + timedelta(days=2)):
        assert await discard_unsent(talkers.app) == 1
        await Relay(talkers.app).drain()
    assert (await ann.client.get(left["url"])).status_code == 404
    assert await talkers.app.storage.list_prefix(f"chat/{talk}") == []


async def test_what_was_not_sent_can_be_thrown_away_with_its_upload(
    talkers: Talkers, ann: Talker, bob: Talker, picture: bytes
) -> None:
    talk = await ann.begin(bob)
    left = await brought(ann, talk, "pictures", picture)
    new = {"filename": "swim.mp4", "size_bytes": 1000}
    made = (await ann.client.post(f"{CHAT}/{talk}/videos", json=new)).json()
    for one in (left, made["media"]):
        address = f"/api/chat/media/{one['id']}"
        assert (await bob.client.delete(address)).status_code == 404
        assert (await ann.client.delete(address)).status_code == 204
        assert (await ann.client.delete(address)).json()["code"] == "media_unknown"
    await Relay(talkers.app).drain()
    assert await talkers.app.storage.list_prefix(f"chat/{talk}") == []
    assert (await ann.client.get("/api/me/quota")).json()["used_bytes"] == 0
    sent = await brought(ann, talk, "pictures", picture)
    await ann.say(talk, media_ids=[sent["id"]])
    assert (await ann.client.delete(f"/api/chat/media/{sent['id']}")).status_code == 404


async def test_only_so_many_attachments_come_in_a_minute(
    ann: Talker, bob: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attaching, "PER_PERSON", Limit("attachments", 2, 60))
    talk = await ann.begin(bob)
    codes = [(await bring(ann, talk, "voices", b"")).json()["code"] for _ in range(3)]
    assert codes == ["voice_not_readable", "voice_not_readable", "too_many_messages"]
    assert (await bring(bob, talk, "voices", b"")).json()["code"] == "voice_not_readable"


async def test_lists_and_answers_say_what_is_attached(
    tmp_path: Path, ann: Talker, bob: Talker, picture: bytes
) -> None:
    talk = await ann.begin(bob)
    several = [(await brought(ann, talk, "pictures", picture))["id"] for _ in range(2)]
    new = {"filename": "swim.mp4", "size_bytes": 1000}
    several.append((await ann.client.post(f"{CHAT}/{talk}/videos", json=new)).json()["media"]["id"])
    album = await ann.say(talk, "", media_ids=several)
    counted = {"images": 2, "videos": 1, "voice_seconds": None}
    (entry,) = await bob.list()
    assert entry["last_message"]["media"] == counted
    note = await brought(ann, talk, "voices", record(tmp_path, 2))
    voice = await ann.say(talk, "", media_ids=[note["id"]])
    (entry,) = await bob.list()
    heard = entry["last_message"]["media"]
    assert (heard["images"], heard["videos"]) == (0, 0)
    assert heard["voice_seconds"] == note["duration_seconds"]
    answer = await bob.say(talk, "Nice", reply_to_id=album["id"])
    assert answer["reply_to"]["media"] == counted
    assert (await bob.say(talk, "Hm", reply_to_id=answer["id"]))["reply_to"]["media"] is None
    await ann.client.delete(f"{CHAT}/{talk}/messages/{album['id']}")
    await ann.client.delete(f"{CHAT}/{talk}/messages/{voice['id']}")
    assert (await ann.hear(talk))[1]["reply_to"]["media"] is None


async def test_a_voice_note_has_a_shape_and_plays_everywhere(
    tmp_path: Path, ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    attached = await brought(ann, talk, "voices", record(tmp_path, 3))
    assert attached["duration_seconds"] == pytest.approx(3, abs=0.1)
    assert len(attached["waveform"]) == 64
    assert max(attached["waveform"]) == 100
    said = await ann.say(talk, "", media_ids=[attached["id"]])
    assert said["type"] == "voice"
    assert attached["asset_id"] is None
    part = await bob.client.get(attached["url"], headers={"Range": "bytes=4-7"})
    assert (part.status_code, part.content) == (206, b"ftyp")
    assert part.headers["content-type"] == "audio/mp4"


@pytest.mark.parametrize(
    ("kind", "data", "status", "code"),
    [
        ("pictures", b"<svg onload=alert(1)>", 415, "picture_not_readable"),
        ("pictures", b"", 415, "picture_not_readable"),
        ("voices", b"#EXTM3U\nfile:///etc/passwd\n", 415, "voice_not_readable"),
        ("voices", b"", 415, "voice_not_readable"),
    ],
)
async def test_what_is_neither_is_refused(
    ann: Talker, bob: Talker, kind: str, data: bytes, status: int, code: str
) -> None:
    talk = await ann.begin(bob)
    refused = await bring(ann, talk, kind, data)
    assert (refused.status_code, refused.json()["code"]) == (status, code)


async def test_a_voice_note_has_an_end(tmp_path: Path, ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    refused = await bring(ann, talk, "voices", record(tmp_path, 63))
    assert (refused.status_code, refused.json()["code"]) == (422, "voice_too_long")


async def test_only_ones_own_attachments_go_along_and_once(
    ann: Talker, bob: Talker, cleo: Talker, picture: bytes
) -> None:
    talk, other = await ann.begin(bob), await ann.begin(cleo)
    mine = await brought(ann, talk, "pictures", picture)
    theirs = await brought(bob, talk, "pictures", picture)
    elsewhere = await brought(ann, other, "pictures", picture)
    for wrong in (
        [theirs["id"]],
        [elsewhere["id"]],
        [mine["id"], mine["id"]],
        [str(uuid4())],
    ):
        refused = await ann.try_to_say(talk, media_ids=wrong)
        assert (refused.status_code, refused.json()["code"]) == (400, "attachment_unknown")
    await ann.say(talk, media_ids=[mine["id"]])
    again = await ann.try_to_say(talk, media_ids=[mine["id"]])
    assert again.json()["code"] == "attachment_unknown"
    assert (await bring(cleo, talk, "pictures", picture)).status_code == 404


async def test_ten_pictures_are_enough(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    target = io.BytesIO()
    Image.new("RGB", (2, 2)).save(target, "PNG")
    many = [(await brought(ann, talk, "pictures", target.getvalue()))["id"] for _ in range(11)]
    refused = await ann.try_to_say(talk, media_ids=many)
    assert (refused.status_code, refused.json()["code"]) == (422, "too_many_attachments")
    said = await ann.say(talk, "", media_ids=many[:10])
    assert [one["id"] for one in said["media"]] == many[:10]


async def test_a_video_is_for_those_in_the_talk_once_it_is_sent(
    talkers: Talkers, ann: Talker, bob: Talker, cleo: Talker
) -> None:
    talk = await ann.begin(bob)
    new = {"filename": "swim.mp4", "size_bytes": 1000}
    made = (await ann.client.post(f"{CHAT}/{talk}/videos", json=new)).json()
    video = made["media"]
    assert (video["status"], video["is_playable"]) == ("pendingupload", False)
    head = await ann.client.head(made["upload_url"], headers={"Tus-Resumable": "1.0.0"})
    assert head.headers["upload-offset"] == "0"
    database = talkers.app.database
    async with database.read() as session:
        attached = await queries.get_media(session, actor_for(ann.user), UUID(video["id"]))
        asset_id = attached.asset_id
        assert asset_id is not None
        assert not await queries.is_attached_for(session, asset_id, bob.user.id)
    said = await ann.say(talk, "", media_ids=[video["id"]])
    async with database.write() as session:
        assert await queries.is_attached_for(session, asset_id, bob.user.id)
        assert not await queries.is_attached_for(session, asset_id, cleo.user.id)
        topic = f"asset:{asset_id}"
        assert await may_join(session, actor_for(bob.user), topic)
        assert not await may_join(session, actor_for(cleo.user), topic)
        await media.mark_error(session, asset_id, "damaged", "It does not play.")
    (seen,) = await bob.hear(talk)
    assert seen["media"][0]["error_message"] == "It does not play."
    playback = f"/api/chat/media/{video['id']}/playback"
    assert (await bob.client.get(playback)).json()["code"] == "playback_not_found"
    assert (await cleo.client.get(playback)).json()["code"] == "media_unknown"
    assert (await ann.client.delete(f"{CHAT}/{talk}/messages/{said['id']}")).status_code == 204
    gone = await ann.client.head(made["upload_url"], headers={"Tus-Resumable": "1.0.0"})
    assert gone.status_code in {404, 410}
