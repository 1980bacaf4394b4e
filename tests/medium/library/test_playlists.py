"""Playlists over HTTP, on both engines."""

import asyncio
import random
from typing import Any

import httpx
import pytest

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.models import Video
from lumenhall.platform.context import AppContext
from tests.factories.people import People
from tests.factories.videos import add_video

ASKING = 1
TITLES = ("One", "Two", "Three", "Four")


@pytest.fixture
async def videos(people: People, app_context: AppContext) -> list[Video]:
    owner, _ = await people.add("owner")
    async with app_context.database.write() as session:
        return [await add_video(session, owner, title) for title in TITLES]


async def make(client: httpx.AsyncClient, title: str = "Evening", **more: Any) -> str:
    reply = await client.post("/api/playlists", json={"title": title} | more)
    assert reply.status_code == 201, reply.text
    return f"/api/playlists/{reply.json()['id']}"


async def fill(client: httpx.AsyncClient, address: str, videos: list[Video]) -> None:
    for video in videos:
        assert (await client.put(f"{address}/items/{video.id}")).status_code == 204


async def titles(client: httpx.AsyncClient, address: str, **params: Any) -> list[str]:
    reply = await client.get(f"{address}/items", params=params)
    return [video["title"] for video in reply.json()["items"]]


async def test_a_playlist_holds_videos_in_the_order_they_came(
    people: People, videos: list[Video]
) -> None:
    _, ann = await people.add("ann")
    address = await make(ann, video_id=str(videos[1].id))
    await fill(ann, address, [videos[0], videos[1]])
    look = (await ann.get(address)).json()
    assert (look["video_count"], look["first_video"]["title"]) == (2, "Two")
    assert await titles(ann, address) == ["Two", "One"]
    (listed,) = (await ann.get("/api/playlists")).json()["items"]
    assert listed == look


async def test_videos_are_moved_and_removed(people: People, videos: list[Video]) -> None:
    _, ann = await people.add("ann")
    address = await make(ann)
    await fill(ann, address, videos)

    async def move(number: int, after: int | None) -> None:
        place = {"after": None if after is None else str(videos[after].id)}
        reply = await ann.put(f"{address}/items/{videos[number].id}/position", json=place)
        assert reply.status_code == 204, reply.text

    await move(3, None)
    assert await titles(ann, address) == ["Four", "One", "Two", "Three"]
    await move(0, 2)
    assert await titles(ann, address) == ["Four", "Two", "Three", "One"]
    await move(1, 1)
    await ann.delete(f"{address}/items/{videos[1].id}")
    await ann.delete(f"{address}/items/{videos[1].id}")
    assert await titles(ann, address) == ["Four", "Three", "One"]
    gone = {"after": str(videos[1].id)}
    reply = await ann.put(f"{address}/items/{videos[0].id}/position", json=gone)
    assert reply.json()["code"] == "not_in_playlist"


async def test_any_moves_leave_the_order_that_a_list_would_have(
    people: People, videos: list[Video]
) -> None:
    _, ann = await people.add("ann")
    address = await make(ann)
    await fill(ann, address, videos)
    expected = [video.title for video in videos]
    chance = random.Random(3)  # noqa: S311 The same moves in every run.
    for _ in range(30):
        moved, after = chance.choice(videos), chance.choice([None, *videos])
        place = {"after": after and str(after.id)}
        await ann.put(f"{address}/items/{moved.id}/position", json=place)
        if moved is not after:
            expected.remove(moved.title)
            expected.insert(expected.index(after.title) + 1 if after else 0, moved.title)
        assert await titles(ann, address) == expected


async def test_private_is_private_and_public_is_everybodys(
    people: People, videos: list[Video]
) -> None:
    _, ann = await people.add("ann")
    private, public = await make(ann, "Mine"), await make(ann, "Ours", is_public=True)
    await fill(ann, public, videos[:1])
    for name, role in (("bea", Role.MEMBER), ("mod", Role.MODERATOR), ("root", Role.ADMIN)):
        _, other = await people.add(name, role)
        for address in (private, f"{private}/items"):
            assert (await other.get(address)).json()["code"] == "playlist_unknown"
        for method, address in (
            ("PATCH", private),
            ("DELETE", private),
            ("PUT", f"{private}/items/{videos[0].id}"),
            ("DELETE", f"{private}/items/{videos[0].id}"),
        ):
            reply = await other.request(method, address, json={"title": "Theirs"})
            assert reply.status_code == 404, (method, address)
        assert (await other.patch(public, json={"title": "X"})).status_code == 403
        assert await titles(other, public) == ["One"]
        for params in ({"owner": "ann"}, {"scope": "public"}):
            listed = (await other.get("/api/playlists", params=params)).json()["items"]
            assert [playlist["title"] for playlist in listed] == ["Ours"]
    _, moderator = await people.add("mod2", Role.MODERATOR)
    assert (await moderator.delete(public)).status_code == 204
    assert (await ann.get(public)).status_code == 404


async def test_what_the_reader_may_not_see_is_left_out_and_not_counted(
    people: People, app_context: AppContext
) -> None:
    owner, browser = await people.add("owner")
    _, other = await people.add("ann")
    async with app_context.database.write() as session:
        draft = await add_video(session, owner, "Draft", published=False)
        video = await add_video(session, owner, "Film")
    address = await make(browser, is_public=True)
    await fill(browser, address, [draft, video])
    mine, theirs = (await browser.get(address)).json(), (await other.get(address)).json()
    assert (mine["video_count"], mine["first_video"]["title"]) == (2, "Draft")
    assert (theirs["video_count"], theirs["first_video"]["title"]) == (1, "Film")
    assert await titles(other, address) == ["Film"]
    own = await make(other)
    assert (await other.put(f"{own}/items/{draft.id}")).json()["code"] == "video_unknown"


async def test_watch_later_is_a_list_that_everybody_has_once(
    people: People, videos: list[Video]
) -> None:
    _, ann = await people.add("ann")
    await asyncio.gather(*(ann.put(f"/api/watch-later/{video.id}") for video in videos))
    (later,) = (await ann.get("/api/playlists")).json()["items"]
    address = f"/api/playlists/{later['id']}"
    assert (later["kind"], later["title"], later["can_delete"]) == ("watch_later", "", False)
    assert sorted(await titles(ann, address)) == sorted(TITLES)
    await ann.delete(f"/api/watch-later/{videos[0].id}")
    assert "One" not in await titles(ann, address)
    assert (await ann.delete(address)).json()["code"] == "playlist_stays"
    assert (await ann.patch(address, json={"is_public": True})).json()["code"] == "playlist_stays"


async def test_a_video_knows_in_which_of_ones_lists_it_is(
    people: People, videos: list[Video]
) -> None:
    _, ann = await people.add("ann")
    first, second = await make(ann, "First"), await make(ann, "Second")
    await fill(ann, first, videos[:1])
    reply = (await ann.get(f"/api/videos/{videos[0].id}/playlists")).json()["items"]
    assert [(item["title"], item["contains"]) for item in reply] == [
        ("First", True),
        ("Second", False),
    ]
    assert second.endswith(reply[1]["id"])


async def test_items_come_in_pages(people: People, videos: list[Video]) -> None:
    _, ann = await people.add("ann")
    address = await make(ann)
    await fill(ann, address, videos)
    first = (await ann.get(f"{address}/items", params={"limit": 3})).json()
    rest = await titles(ann, address, cursor=first["next_cursor"])
    assert [video["title"] for video in first["items"]] + rest == list(TITLES)


async def test_a_full_list_takes_no_more(
    people: People, videos: list[Video], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lumenhall.domains.library.service.playlists.MOST_IN_PLAYLIST", 1)
    monkeypatch.setattr("lumenhall.domains.library.service.playlists.MOST_PLAYLISTS", 1)
    _, ann = await people.add("ann")
    address = await make(ann)
    await fill(ann, address, videos[:1])
    full = await ann.put(f"{address}/items/{videos[1].id}")
    assert full.json()["code"] == "playlist_full"
    more = await ann.post("/api/playlists", json={"title": "More"})
    assert more.json()["code"] == "too_many_playlists"


async def test_lists_are_a_constant_number_of_statements(
    people: People, videos: list[Video], statements: list[str]
) -> None:
    _, ann = await people.add("ann")
    address = await make(ann)
    await fill(ann, address, videos)
    await make(ann, video_id=str(videos[0].id))
    for path, expected in (("/api/playlists", 2), (f"{address}/items", 3)):
        statements.clear()
        await ann.get(path)
        assert len(statements) <= ASKING + expected, path
