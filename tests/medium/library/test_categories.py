"""Categories over HTTP."""

import asyncio
import io
from datetime import timedelta
from uuid import uuid4

import httpx
import pytest
from PIL import Image
from sqlalchemy import func, select

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.errors import CategoryInvalid, CategoryNotEmpty
from lumenhall.domains.library.models import Category, Video
from lumenhall.domains.library.schemas import NewVideo
from lumenhall.domains.library.service import delete_category, make_video
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People, actor_for
from tests.factories.videos import add_category, add_video, files_under, make_asset


async def names(client: httpx.AsyncClient) -> list[str]:
    return [one["name"] for one in (await client.get("/api/categories")).json()["items"]]


async def test_an_admin_makes_categories_and_orders_them(people: People) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    for name, order in (("Vlogs", 2), ("Cooking", 1), ("Art", 2)):
        made = await admin.post("/api/categories", json={"name": name, "sort_order": order})
        assert made.status_code == 201
    assert await names(admin) == ["Cooking", "Art", "Vlogs"]
    body = made.json()
    assert body["slug"] == "art"
    assert body["video_count"] == 0
    await admin.patch(f"/api/categories/{body['id']}", json={"sort_order": 0})
    assert await names(admin) == ["Art", "Cooking", "Vlogs"]


async def test_names_that_look_alike_get_slugs_of_their_own(people: People) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    replies = [
        await admin.post("/api/categories", json={"name": name})
        for name in ("C", "C++", "C#", "音楽")
    ]
    assert [reply.json()["slug"] for reply in replies] == ["c", "c-2", "c-3", "category"]


@pytest.mark.parametrize("same", [{"name": "Music"}, {"name": "Songs", "slug": "music"}])
async def test_a_name_or_slug_is_given_once(people: People, same: dict[str, str]) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    await admin.post("/api/categories", json={"name": "Music"})
    refused = await admin.post("/api/categories", json=same)
    assert (refused.status_code, refused.json()["code"]) == (409, "category_taken")


async def test_members_see_active_categories_and_change_none(
    people: People, app_context: AppContext
) -> None:
    _, member = await people.add("bea")
    async with app_context.database.write() as session:
        category = await add_category(session, "Music")
        await add_category(session, "Old", is_active=False)
    assert await names(member) == ["Music"]
    address = f"/api/categories/{category.id}"
    for reply in (
        await member.post("/api/categories", json={"name": "Mine"}),
        await member.patch(address, json={"name": "Mine"}),
        await member.delete(address),
    ):
        assert reply.status_code == 403


async def test_the_count_is_of_videos_that_everybody_can_see(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category = await add_category(session)
        await add_video(session, ada, category_id=category.id)
        await add_video(session, ada, category_id=category.id, published=False)
        waiting = make_asset(ada, playable=False)
        await add_video(session, ada, category_id=category.id, asset=waiting)
    (found,) = (await admin.get("/api/categories")).json()["items"]
    assert found["video_count"] == 1


async def test_counts_follow_at_once_and_are_not_taken_at_every_request(
    people: People, app_context: AppContext, statements: list[str]
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        first, second = [await add_category(session, name) for name in ("First", "Second")]
        video = await add_video(session, ada, category_id=first.id)
        later = clock.now() + timedelta(minutes=5)
        await add_video(session, ada, category_id=first.id, published_at=later)
    address = f"/api/videos/{video.id}"

    async def counts() -> list[int]:
        items = (await admin.get("/api/categories")).json()["items"]
        return [one["video_count"] for one in items]

    assert await counts() == [1, 0]
    statements.clear()
    assert await counts() == [1, 0]
    assert not any("count(" in statement for statement in statements)
    await admin.patch(address, json={"category_id": str(second.id)})
    assert await counts() == [0, 1]
    with clock.freeze(later + timedelta(seconds=1)):
        assert await counts() == [1, 1]
    await admin.patch(address, json={"published": False})
    assert (await counts())[1] == 0
    await admin.patch(address, json={"published": True})
    assert (await counts())[1] == 1
    await admin.delete(address)
    assert (await counts())[1] == 0


async def test_a_category_that_holds_videos_is_kept_and_says_how_many(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category = await add_category(session)
        for _ in range(2):
            await add_video(session, ada, category_id=category.id, published=False)
    refused = await admin.delete(f"/api/categories/{category.id}")
    assert refused.status_code == 409
    assert refused.json()["code"] == "category_not_empty"
    assert refused.json()["video_count"] == 2


@pytest.mark.parametrize("moves", [True, False])
async def test_its_videos_may_move_or_become_uncategorised(
    people: People, app_context: AppContext, moves: bool
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category, other = await add_category(session), await add_category(session, "Art")
        video = await add_video(session, ada, category_id=category.id)
    heir = {"move_to": str(other.id)} if moves else {"uncategorise": True}
    gone = await admin.delete(f"/api/categories/{category.id}", params=heir)
    assert gone.status_code == 204
    found = (await admin.get(f"/api/videos/{video.id}")).json()["category"]
    assert (found and found["id"]) == (str(other.id) if moves else None)
    assert await names(admin) == ["Art"]


@pytest.mark.parametrize("to_itself", [True, False])
async def test_videos_move_only_to_another_category_that_exists(
    people: People, app_context: AppContext, to_itself: bool
) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category = await add_category(session)
    target = category.id if to_itself else uuid4()
    refused = await admin.delete(f"/api/categories/{category.id}?move_to={target}")
    assert (refused.status_code, refused.json()["code"]) == (422, "category_invalid")


async def test_an_unknown_category_is_not_found(people: People) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    for reply in (
        await admin.delete(f"/api/categories/{uuid4()}"),
        await admin.patch(f"/api/categories/{uuid4()}", json={"name": "X"}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (404, "category_unknown")


async def test_a_video_that_comes_while_its_category_goes_is_refused_or_counted(
    people: People, app_context: AppContext
) -> None:
    ada, _ = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        category = await add_category(session)

    async def come() -> bool:
        try:
            async with app_context.database.write() as session:
                new = NewVideo(title="New", filename="new.mp4", category_id=category.id)
                await make_video(session, actor_for(ada), new)
                await asyncio.sleep(0.05)
        except CategoryInvalid:
            return False
        return True

    async def go() -> bool:
        try:
            async with app_context.database.write() as session:
                await delete_category(session, actor_for(ada), category.id)
                await asyncio.sleep(0.05)
        except CategoryNotEmpty:
            return False
        return True

    came, gone = await asyncio.gather(come(), go())
    assert came != gone
    async with app_context.database.read() as reading:
        assert (await reading.get(Category, category.id) is None) == gone
        found = await reading.scalar(select(func.count()).select_from(Video))
        assert bool(found) == came


def picture(colour: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (800, 400), colour).save(file, "PNG")
    return file.getvalue()


async def test_a_category_has_a_picture_that_admins_change(
    people: People, app_context: AppContext
) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    _, member = await people.add("bea")
    async with app_context.database.write() as session:
        category = await add_category(session)
    address = f"/api/categories/{category.id}/image"
    assert (await member.get(address)).status_code == 404
    refused = await member.put(address, files={"file": ("a.png", picture("red"))})
    assert refused.status_code == 403
    for colour in ("red", "blue"):
        reply = await admin.put(address, files={"file": ("a.png", picture(colour))})
        assert reply.status_code == 200
        shown = await member.get(reply.json()["image_url"])
        assert shown.headers["content-type"] == "image/webp"
        assert "immutable" in shown.headers["cache-control"]
    assert await files_under(app_context.storage, "categories", 1)
    text = await admin.put(address, files={"file": ("a.png", b"no picture")})
    assert (text.status_code, text.json()["code"]) == (415, "picture_not_readable")
    assert (await admin.delete(address)).status_code == 204
    assert (await member.get(address)).status_code == 404
    await admin.put(address, files={"file": ("a.png", picture("red"))})
    assert (await admin.delete(f"/api/categories/{category.id}")).status_code == 204
    assert await files_under(app_context.storage, "categories", 0)
