"""Captions over HTTP: added, edited, renamed, and refused to those who may not."""

from dataclasses import dataclass

import httpx
import pytest

from lumenhall.domains.identity.models import User
from lumenhall.platform.context import AppContext
from tests.factories.people import People
from tests.factories.videos import add_video

VTT = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
FORM = {"language": "en", "kind": "captions", "label": "English"}


@dataclass
class Place:
    """A video that everybody sees, and where its captions are."""

    address: str
    owner: httpx.AsyncClient
    other: httpx.AsyncClient
    owner_user: User

    async def add(self) -> str:
        made = await self.owner.post(self.address, data=FORM, files={"file": ("a.vtt", VTT)})
        assert made.status_code == 201, made.text
        return f"{self.address}/{made.json()['id']}"


@pytest.fixture
async def place(people: People, app_context: AppContext) -> Place:
    bea, owner = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    return Place(f"/api/videos/{video.id}/captions", owner, other, bea)


async def test_captions_come_and_go(place: Place) -> None:
    form = FORM | {"is_default": "true"}
    file = {"file": ("a.vtt", VTT)}
    assert (await place.other.post(place.address, data=form, files=file)).status_code == 403
    made = await place.owner.post(place.address, data=form, files=file)
    assert made.status_code == 201
    track = made.json()
    assert (track["language"], track["kind"], track["is_default"]) == ("en", "captions", True)
    again = await place.owner.post(place.address, data=form, files=file)
    assert (again.status_code, again.json()["code"]) == (409, "track_exists")
    broken = await place.owner.post(
        place.address, data={"language": "es"}, files={"file": ("b.srt", b"1\nno")}
    )
    assert broken.status_code == 422
    problem = broken.json()
    assert (problem["code"], problem["line"]) == ("captions_invalid", 2)
    listed = (await place.other.get(place.address)).json()["items"]
    assert [one["id"] for one in listed] == [track["id"]]
    playback = (await place.other.get(place.address.replace("captions", "playback"))).json()
    assert [one["id"] for one in playback["captions"]] == [track["id"]]
    address = f"{place.address}/{track['id']}"
    assert (await place.owner.delete(address)).status_code == 204
    assert (await place.owner.delete(address)).status_code == 404
    assert (await place.owner.get(place.address)).json() == {"items": []}


async def test_captions_are_edited_one_by_one(place: Place) -> None:
    address = f"{await place.add()}/cues"
    read = (await place.other.get(address)).json()
    hello = {"start_ms": 0, "end_ms": 1000, "text": "Hello", "settings": ""}
    assert read["items"] == [hello]
    mine = {"revision": read["revision"], "items": [hello | {"text": "Tom & <b>Jerry</b>"}]}
    saved = await place.owner.put(address, json=mine)
    assert saved.status_code == 200
    assert saved.json()["items"] == mine["items"]
    assert (await place.owner.put(address, json=mine)).json() == saved.json()
    late = await place.owner.put(address, json=mine | {"items": [hello]})
    assert (late.status_code, late.json()["code"]) == (409, "captions_changed")
    assert late.json()["revision"] == saved.json()["revision"]


async def test_viewers_get_the_new_text_under_a_new_address(place: Place) -> None:
    address = await place.add()
    playback = place.address.replace("captions", "playback")
    before = (await place.other.get(playback)).json()["captions"][0]["url"]
    broken = await place.owner.put(address, files={"file": ("b.vtt", b"no")})
    assert (broken.status_code, broken.json()["code"]) == (422, "captions_invalid")
    replaced = await place.owner.put(
        address, files={"file": ("b.vtt", VTT.replace(b"Hello", b"Bye"))}
    )
    assert replaced.status_code == 200, replaced.text
    after = (await place.other.get(playback)).json()["captions"][0]["url"]
    assert before != after
    assert "Bye" in (await place.other.get(after)).text


async def test_captions_are_renamed(place: Place) -> None:
    address = await place.add()
    change = {"label": "Inglés", "language": "EN-gb", "is_default": True}
    changed = (await place.owner.patch(address, json=change)).json()
    shown = {name: changed[name] for name in ("label", "language", "is_default", "kind")}
    assert shown == change | {"language": "en-GB", "kind": "captions"}


async def test_chapters_are_written_without_a_file(place: Place) -> None:
    items = [{"start_ms": 0, "end_ms": 60_000, "text": "Start"}]
    new = {"language": "en", "kind": "chapters", "label": "Chapters", "items": items}
    made = await place.owner.post(f"{place.address}/written", json=new)
    assert made.status_code == 201, made.text
    assert made.json()["kind"] == "chapters"
    none = await place.owner.post(f"{place.address}/written", json=new | {"items": []})
    assert (none.status_code, none.json()["problem"]) == (422, "empty")
    again = await place.owner.post(f"{place.address}/written", json=new)
    assert (again.status_code, again.json()["code"]) == (409, "track_exists")


@pytest.mark.parametrize(
    "item",
    [
        {"start_ms": -1, "end_ms": 5, "text": "x"},
        {"start_ms": 0, "end_ms": 10**12, "text": "x"},
        {"start_ms": 0.5, "end_ms": 5, "text": "x"},
        {"start_ms": "NaN", "end_ms": 5, "text": "x"},
        {"start_ms": 5, "end_ms": 5, "text": "x"},
        {"start_ms": 0, "end_ms": 5, "text": ""},
        {"start_ms": 0, "end_ms": 5},
    ],
)
async def test_what_is_no_caption_is_refused(place: Place, item: dict[str, object]) -> None:
    address = f"{await place.add()}/cues"
    before = (await place.owner.get(address)).json()
    change = {"revision": before["revision"], "items": [item]}
    assert (await place.owner.put(address, json=change)).status_code == 422
    assert (await place.owner.get(address)).json() == before


async def test_only_whoever_may_edit_the_video_changes_captions(place: Place) -> None:
    address = await place.add()
    cues = {"revision": "x", "items": []}
    written = {"language": "es", "items": []}
    replies = [
        await place.other.put(address, files={"file": ("a.vtt", VTT)}),
        await place.other.patch(address, json={"label": "Mine"}),
        await place.other.put(f"{address}/cues", json=cues),
        await place.other.post(f"{place.address}/written", json=written),
        await place.other.delete(address),
    ]
    assert [reply.json()["code"] for reply in replies] == ["not_your_video"] * len(replies)


async def test_captions_of_a_hidden_video_are_unknown(
    place: Place, app_context: AppContext
) -> None:
    async with app_context.database.write() as session:
        draft = await add_video(session, place.owner_user, published=False)
    hidden = Place(f"/api/videos/{draft.id}/captions", place.owner, place.other, place.owner_user)
    address = await hidden.add()
    assert (await place.owner.get(f"{address}/cues")).status_code == 200
    replies = [
        await place.other.get(f"{address}/cues"),
        await place.other.put(f"{address}/cues", json={"revision": "x", "items": []}),
        await place.other.patch(address, json={}),
    ]
    assert {reply.status_code for reply in replies} == {404}


async def test_a_track_is_found_through_its_own_video_only(
    place: Place, app_context: AppContext
) -> None:
    address = await place.add()
    async with app_context.database.write() as session:
        video = await add_video(session, place.owner_user)
    elsewhere = f"/api/videos/{video.id}/captions/{address.rsplit('/', 1)[-1]}"
    reply = await place.owner.get(f"{elsewhere}/cues")
    assert (reply.status_code, reply.json()["code"]) == (404, "track_not_found")
