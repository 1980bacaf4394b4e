"""The home page: what is on it, in which order, in how many statements."""

from datetime import timedelta
from typing import Any

import httpx

from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.queries import REACTED, SHELF_LENGTH
from lumenhall.domains.library.service import put_on_shelf
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import People
from tests.factories.playlists import add_playlist
from tests.factories.videos import add_category, add_video, make_asset

ASKING = 1  # Finding out who asks is one statement of every request.


async def home(client: httpx.AsyncClient) -> dict[str, Any]:
    reply = await client.get("/api/home")
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


def titles(cards: list[dict[str, Any]]) -> list[str]:
    return [card["title"] for card in cards]


async def add_progress(
    session: WriteSession, user: User, video: Video, *, hours: int = 0, **values: Any
) -> None:
    given = {"watched_seconds": 10, "last_position": 10, "duration_seconds": 100}
    session.add(
        WatchProgress(
            user_id=user.id,
            video_id=video.id,
            spans=[[0, 10]],
            view_spans=[],
            position_at=clock.now(),
            revision=1,
            updated_at=clock.now() - timedelta(hours=hours),
            **(given | {"completed": False} | values),
        )
    )
    await session.flush()


async def test_an_empty_community_has_an_empty_home(people: People) -> None:
    _, client = await people.add("bea")
    assert await home(client) == {
        "hero": None,
        "continue_watching": [],
        "newest": [],
        "reacted": [],
        "playlists": [],
        "categories": [],
    }


async def test_the_hero_comes_with_its_description(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        hero = await add_video(session, bea, "Hero", is_hero=True, description="Look.")
    found = (await home(client))["hero"]
    assert found == (await client.get(f"/api/videos/{hero.id}")).json()
    assert found["description"] == "Look."


async def test_continue_watching_has_the_unfinished_the_newest_first(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    cat, other = await people.add("cat")
    async with app_context.database.write() as session:
        for hours in (3, 1, 2):
            video = await add_video(session, bea, f"{hours}")
            await add_progress(session, bea, video, hours=hours)
        await add_progress(session, bea, await add_video(session, bea, "done"), completed=True)
        await add_progress(session, bea, await add_video(session, bea, "opened"), last_position=0)
        hidden = await add_video(session, cat, "hidden", published=False)
        await add_progress(session, bea, hidden)
        draft = await add_video(session, bea, "own draft", published=False)
        await add_progress(session, bea, draft, hours=4)
    found = (await home(client))["continue_watching"]
    assert titles(found) == ["1", "2", "3", "own draft"]
    assert found[0]["progress"]["resume_at"] == 7
    assert (await home(other))["continue_watching"] == []


async def test_there_is_a_row_per_active_category_the_most_viewed_first(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        music = await add_category(session, "Music", sort_order=2)
        art = await add_category(session, "Art", sort_order=1)
        old = await add_category(session, "Old", is_active=False)
        await add_category(session, "Empty")
        for views in (5, 50, 7):
            await add_video(session, bea, f"{views}", category_id=music.id, view_count=views)
        await add_video(session, bea, "painting", category_id=art.id)
        await add_video(session, bea, "forgotten", category_id=old.id)
    rows = (await home(client))["categories"]
    assert [row["category"]["slug"] for row in rows] == ["art", "music"]
    assert [titles(row["videos"]) for row in rows] == [["painting"], ["50", "7", "5"]]


async def test_nothing_on_it_is_hidden_from_anybody(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        music = await add_category(session)
        more: dict[str, Any] = {"category_id": music.id, "is_hero": True}
        await add_video(session, ada, published=False, **more)
        waiting = make_asset(ada, playable=False)
        await add_video(session, ada, asset=waiting, category_id=music.id)
        later = clock.now() + timedelta(days=1)
        await add_video(session, ada, published_at=later, category_id=music.id)
    found = await home(admin)
    assert (found["hero"], found["newest"], found["categories"]) == (None, [], [])


async def test_it_takes_two_statements_and_eight_after_a_change_however_much_there_is(
    people: People, app_context: AppContext, statements: list[str]
) -> None:
    bea, client = await people.add("bea")
    counted: list[int] = []
    for number in range(2):
        async with app_context.database.write() as session:
            for category_number in range(3):
                category = await add_category(session, f"C{number}-{category_number}")
                for _ in range(SHELF_LENGTH // 2):
                    video = await add_video(session, bea, category_id=category.id, tags=("a",))
                    await add_progress(session, bea, video)
                    await add_playlist(session, bea, video)
                    await put_on_shelf(session, REACTED, [video.id])
        for _ in range(2):
            statements.clear()
            found = await home(client)
            counted.append(len(statements) - ASKING)
    assert counted == [8, 2, 8, 2]
    assert len(found["newest"]) == len(found["continue_watching"]) == SHELF_LENGTH
    assert len(found["categories"]) == 6
    assert len(found["playlists"]) == SHELF_LENGTH
    assert len(found["reacted"]) == 1
