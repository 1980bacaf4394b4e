"""Lists of videos: what they hold, in which order, page by page, in how many statements."""

from datetime import timedelta

import httpx
import pytest

from lumenhall.domains.identity.models import Role
from lumenhall.domains.media.models import AssetStatus
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People
from tests.factories.videos import add_category, add_video, make_asset

ASKING = 1  # Finding out who asks is one statement of every request.


async def titles(client: httpx.AsyncClient, **wanted: str | int) -> list[str]:
    reply = await client.get("/api/videos", params=wanted)
    assert reply.status_code == 200, reply.text
    return [video["title"] for video in reply.json()["items"]]


async def every_page(client: httpx.AsyncClient, **wanted: str | int) -> list[str]:
    """Return the titles of all pages of two, as a client that turns them one by one."""
    found, cursor = [], ""
    while True:
        params = {**wanted, "limit": 2, **({"cursor": cursor} if cursor else {})}
        page = (await client.get("/api/videos", params=params)).json()
        assert len(page["items"]) <= 2
        found += [video["title"] for video in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            return found


async def test_the_newest_come_first(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        for hours in (3, 1, 2):
            await add_video(session, bea, f"{hours}", age=timedelta(hours=hours))
        late = clock.now() - timedelta(minutes=1)
        await add_video(session, bea, "late", age=timedelta(days=9), published_at=late)
    assert await titles(client) == ["late", "1", "2", "3"]


async def test_the_most_viewed_come_first_when_asked_for(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        for views in (5, 500, 50):
            await add_video(session, bea, f"{views}", view_count=views)
    assert await titles(client, sort="views") == ["500", "50", "5"]


@pytest.mark.parametrize("scope", ["all", "mine"])
@pytest.mark.parametrize("sort", ["newest", "views"])
async def test_pages_hold_each_video_once_also_where_keys_are_equal(
    people: People, app_context: AppContext, scope: str, sort: str
) -> None:
    bea, client = await people.add("bea")
    now = clock.now()
    async with app_context.database.write() as session:
        for number in range(7):
            await add_video(
                session,
                bea,
                f"{number}",
                view_count=number // 3,
                created_at=now - timedelta(hours=number // 3 + 1),
                published_at=now - timedelta(hours=number // 3 + 1),
            )
    whole = await titles(client, scope=scope, sort=sort)
    assert sorted(whole) == [f"{number}" for number in range(7)]
    assert await every_page(client, scope=scope, sort=sort) == whole


async def test_a_list_for_all_holds_what_everybody_can_see(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        await add_video(session, bea, "seen")
        await add_video(session, bea, "draft", published=False)
        await add_video(session, bea, "waiting", asset=make_asset(bea, playable=False))
    assert await titles(admin) == ["seen"]
    assert await titles(owner) == ["seen"]
    assert set(await titles(owner, scope="mine")) == {"seen", "draft", "waiting"}
    assert await titles(admin, scope="mine") == []


async def test_a_list_may_be_of_one_category(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        music = await add_category(session)
        await add_video(session, bea, "song", category_id=music.id)
        await add_video(session, bea, "other")
    assert await titles(client, category="music") == ["song"]
    assert await titles(client, category="nothing") == []


async def test_a_list_may_be_of_one_person(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    ann, _ = await people.add("ann")
    async with app_context.database.write() as session:
        await add_video(session, bea, "mine")
        await add_video(session, bea, "my draft", published=False)
        await add_video(session, ann, "hers")
        await add_video(session, ann, "her draft", published=False)
    assert await titles(client, uploader="Ann") == ["hers"]
    assert await titles(client, uploader="bea") == ["mine"]
    assert await titles(client, uploader="nobody") == []


async def test_a_list_may_be_of_one_tag(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        for number in range(5):
            await add_video(session, bea, f"{number}", tags=("sea side", "boats"))
        await add_video(session, bea, "secret", tags=("sea side",), published=False)
        await add_video(session, bea, "other", tags=("sea",))
    assert sorted(await every_page(client, tag="Sea side")) == ["0", "1", "2", "3", "4"]
    assert await titles(client, tag="sea%") == []


@pytest.mark.parametrize("wrong", [{"limit": 0}, {"limit": 101}, {"sort": "x"}, {"scope": "x"}])
async def test_what_a_list_may_not_be_asked(people: People, wrong: dict[str, str]) -> None:
    _, client = await people.add("bea")
    assert (await client.get("/api/videos", params=wrong)).status_code == 422


@pytest.mark.parametrize("cursor", ["x", "bnVsbA", "WyJhIiwiYiJd"])
async def test_an_invented_cursor_is_refused(people: People, cursor: str) -> None:
    _, client = await people.add("bea")
    reply = await client.get("/api/videos", params={"cursor": cursor})
    assert (reply.status_code, reply.json()["code"]) == (400, "cursor_invalid")


async def test_a_card_has_no_description_and_no_upload(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        category = await add_category(session)
        video = await add_video(session, bea, category_id=category.id, tags=("b", "a"))
    (card,) = (await client.get("/api/videos")).json()["items"]
    full = (await client.get(f"/api/videos/{video.id}")).json()
    assert full.keys() - card.keys() == {"description", "upload"}
    assert card == {key: full[key] for key in card}
    assert card["tags"] == ["a", "b"]


@pytest.mark.parametrize("scope", ["all", "mine"])
async def test_a_list_takes_as_many_statements_however_long_it_is(
    people: People, app_context: AppContext, statements: list[str], scope: str
) -> None:
    bea, client = await people.add("bea")
    counted: list[int] = []
    for _ in range(2):
        async with app_context.database.write() as session:
            for number in range(8):
                category = await add_category(session, f"C{number}-{len(counted)}")
                await add_video(session, bea, category_id=category.id, tags=("a", "b"))
                queued = make_asset(bea, status=AssetStatus.QUEUED)
                await add_video(session, bea, asset=queued)
        statements.clear()
        await titles(client, scope=scope, limit=100)
        counted.append(len(statements) - ASKING)
    # One for the page, one for the places of those that wait to be encoded.
    assert counted == [2, 2]


async def test_one_video_takes_one_statement(
    people: People, app_context: AppContext, statements: list[str]
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea, tags=("a",))
    statements.clear()
    await client.get(f"/api/videos/{video.id}")
    assert len(statements) == ASKING + 1
