"""What is kept of the home page is never older than the library, whoever changed it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any, NamedTuple

import httpx
import pytest
from sqlalchemy import text

from lumenhall.domains.engagement.schemas import Home
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.library.models import Category, Video, VideoTag
from lumenhall.domains.library.service.shelves import KEPT_FOR
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.main.asgi import create_app
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database, WriteSession
from lumenhall.platform.kit import clock
from lumenhall.platform.settings import Settings
from tests.factories.people import People
from tests.factories.videos import add_category, add_video, make_asset
from tests.fixtures.application import BASE_URL


class Place(NamedTuple):
    """A community whose home page two processes have read and kept."""

    database: Database
    owner: User
    video: Video
    category: Category
    here: httpx.AsyncClient
    elsewhere: httpx.AsyncClient

    async def home(self) -> dict[str, Any]:
        """Return the page as the other process shows it."""
        reply = await self.elsewhere.get("/api/home")
        assert reply.status_code == 200, reply.text
        home: dict[str, Any] = reply.json()
        return home


@pytest.fixture
async def place(
    people: People, app_context: AppContext, settings: Settings
) -> AsyncIterator[Place]:
    owner, here = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category = await add_category(session)
        video = await add_video(session, owner, "First", category_id=category.id, view_count=5)
        await add_video(session, owner, "Second", category_id=category.id, view_count=3)
    other = create_app(settings, with_worker=False)
    transport = httpx.ASGITransport(other)
    async with httpx.AsyncClient(
        transport=transport, base_url=BASE_URL, cookies=here.cookies
    ) as elsewhere:
        place = Place(app_context.database, owner, video, category, here, elsewhere)
        for client in (here, elsewhere):
            found = (await client.get("/api/home")).json()
            assert titles(found["newest"]) == {"First", "Second"}
        yield place
    await other.state.context.database.dispose()


def titles(cards: list[dict[str, Any]]) -> set[str]:
    return {card["title"] for card in cards}


def first(home: dict[str, Any]) -> Any:
    (card,) = (card for card in home["newest"] if card["title"] == "First")
    return card


async def patch(place: Place, **values: Any) -> None:
    reply = await place.here.patch(f"/api/videos/{place.video.id}", json=values)
    assert reply.status_code == 200, reply.text


async def unpublish(place: Place) -> None:
    await patch(place, published=False)


async def postpone(place: Place) -> None:
    await patch(place, published_at=(clock.now() + timedelta(days=1)).isoformat())


async def delete(place: Place) -> None:
    reply = await place.here.delete(f"/api/videos/{place.video.id}")
    assert reply.status_code == 204, reply.text


async def stop_playing(place: Place) -> None:
    async with place.database.write() as session:
        (await session.get_one(Asset, place.video.asset_id)).published_prefix = None


async def unpublish_by_hand(place: Place) -> None:
    async with place.database.write() as session:
        await session.execute(text("UPDATE videos SET published = false WHERE title = 'First'"))


@pytest.mark.parametrize("hide", [unpublish, postpone, delete, stop_playing, unpublish_by_hand])
async def test_what_is_no_longer_for_everybody_is_gone_at_once_everywhere(
    place: Place, hide: Callable[[Place], Awaitable[None]]
) -> None:
    await hide(place)
    home = await place.home()
    assert titles(home["newest"]) == {"Second"}
    assert titles(home["categories"][0]["videos"]) == {"Second"}


async def rename(session: WriteSession, place: Place) -> None:
    (await session.get_one(Video, place.video.id)).title = "Renamed"


async def make_hero(session: WriteSession, place: Place) -> None:
    (await session.get_one(Video, place.video.id)).is_hero = True


async def tag(session: WriteSession, place: Place) -> None:
    session.add(VideoTag(video_id=place.video.id, tag="new"))


async def rename_owner(session: WriteSession, place: Place) -> None:
    (await session.get_one(User, place.owner.id)).display_name = "Ada Lovelace"


async def rename_category(session: WriteSession, place: Place) -> None:
    (await session.get_one(Category, place.category.id)).name = "Songs"


async def switch_category_off(session: WriteSession, place: Place) -> None:
    (await session.get_one(Category, place.category.id)).is_active = False


async def move(session: WriteSession, place: Place) -> None:
    art = await add_category(session, "Art", sort_order=-1)
    (await session.get_one(Video, place.video.id)).category_id = art.id


async def take_another_picture(session: WriteSession, place: Place) -> None:
    (await session.get_one(Asset, place.video.asset_id)).thumbnail_key = "assets/1/2.jpg"


async def add_one(session: WriteSession, place: Place) -> None:
    await add_video(session, place.owner, "Third")


CHANGES: list[tuple[Callable[[WriteSession, Place], Awaitable[None]], Callable[[Any], bool]]] = [
    (rename, lambda home: titles(home["newest"]) == {"Renamed", "Second"}),
    (make_hero, lambda home: bool(home["hero"]["title"] == "First")),
    (tag, lambda home: bool(first(home)["tags"] == ["new"])),
    (rename_owner, lambda home: bool(first(home)["uploaded_by"]["display_name"][4:] == "Lovelace")),
    (rename_category, lambda home: bool(home["categories"][0]["category"]["name"] == "Songs")),
    (switch_category_off, lambda home: home["categories"] == []),
    (move, lambda home: [len(row["videos"]) for row in home["categories"]] == [1, 1]),
    (take_another_picture, lambda home: first(home)["asset"]["thumbnail_url"] is not None),
    (add_one, lambda home: "Third" in titles(home["newest"])),
]


@pytest.mark.parametrize(("change", "is_seen"), CHANGES, ids=lambda given: given.__name__)
async def test_what_everybody_sees_changes_at_once_everywhere(
    place: Place,
    change: Callable[[WriteSession, Place], Awaitable[None]],
    is_seen: Callable[[Any], bool],
) -> None:
    assert not _seen(is_seen, await place.home())
    async with place.database.write() as session:
        await change(session, place)
    assert is_seen(await place.home())


def _seen(is_seen: Callable[[Any], bool], home: dict[str, Any]) -> bool:
    try:
        return is_seen(home)
    except TypeError:
        return False


async def test_what_was_rolled_back_is_not_seen(place: Place) -> None:
    with pytest.raises(RuntimeError):
        async with place.database.write() as session:
            await rename(session, place)
            await session.flush()
            raise RuntimeError
    assert titles((await place.home())["newest"]) == {"First", "Second"}


async def test_of_two_writers_at_once_the_one_who_ends_first_is_seen_first(place: Place) -> None:
    if place.database.is_sqlite:
        return  # Writers go one after the other there.
    async with place.database.write() as slow:
        await rename(slow, place)
        await slow.flush()
        async with place.database.write() as quick:
            await rename_owner(quick, place)
        assert first(await place.home())["uploaded_by"]["display_name"] == "Ada Lovelace"
    assert titles((await place.home())["newest"]) == {"Renamed", "Second"}


async def test_a_video_comes_when_its_moment_does(place: Place) -> None:
    now = clock.now()
    async with place.database.write() as session:
        soon = now + timedelta(seconds=10)
        await add_video(session, place.owner, "Soon", published_at=soon)
    for seconds, expected in ((9, False), (11, True)):
        with clock.freeze(now + timedelta(seconds=seconds)):
            assert ("Soon" in titles((await place.home())["newest"])) is expected


async def test_views_count_at_most_half_a_minute_later(place: Place) -> None:
    now = clock.now()
    async with place.database.write() as session:
        await session.execute(text("UPDATE videos SET view_count = 9 WHERE title = 'Second'"))
    with clock.freeze(now + KEPT_FOR + timedelta(seconds=1)):
        (row,) = (await place.home())["categories"]
    assert [video["view_count"] for video in row["videos"]] == [9, 5]


async def test_of_many_who_come_after_a_change_one_reads_the_shelves(
    place: Place, statements: list[str]
) -> None:
    await patch(place, title="Renamed")
    statements.clear()
    pages = await asyncio.gather(*(place.here.get("/api/home") for _ in range(20)))
    assert {frozenset(titles(page.json()["newest"])) for page in pages} == {
        frozenset({"Renamed", "Second"})
    }
    assert sum("UNION ALL" in statement for statement in statements) == 1


async def test_the_page_is_what_it_says_in_its_description(
    place: Place, people: People, app_context: AppContext
) -> None:
    _, viewer = await people.add("bea")
    async with app_context.database.write() as session:
        await make_hero(session, place)
        await tag(session, place)
        asset = make_asset(place.owner, status=AssetStatus.IN_PROGRESS, thumbnail_key="a/b.jpg")
        await add_video(session, place.owner, 'Quotes " and ünïcödé', asset=asset)
    report = {"watched_seconds": 20, "duration_seconds": 100, "last_position": 20}
    for video in (await viewer.get("/api/videos")).json()["items"]:
        await viewer.put(f"/api/videos/{video['id']}/progress", json=report)
    reply = await viewer.get("/api/home")
    assert Home.model_validate_json(reply.content).model_dump(mode="json") == reply.json()
    cards = (await viewer.get("/api/videos")).json()["items"]
    home = reply.json()
    assert home["newest"] == cards
    assert {card["id"]: card for card in home["continue_watching"]} == {
        card["id"]: card for card in cards
    }


async def test_a_session_is_prolonged_by_the_home_page_as_by_any_other(place: Place) -> None:
    with clock.freeze(clock.now() + timedelta(minutes=6)):
        reply = await place.here.get("/api/home")
    assert "lumenhall_session" in reply.headers["set-cookie"]
