"""The history: what one has watched, and taking it out again."""

from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.engagement import queries, service
from lumenhall.domains.engagement.models import View, WatchProgress
from lumenhall.domains.identity.models import Role
from lumenhall.domains.library.models import Video
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import People
from tests.factories.videos import add_video


async def watch(client: httpx.AsyncClient, video_id: UUID, seconds: int = 40) -> dict[str, Any]:
    report = {"watched_seconds": 0, "duration_seconds": 100, "last_position": seconds}
    reply = await client.put(
        f"/api/videos/{video_id}/progress", json=report | {"ranges": [[0, seconds]]}
    )
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def history(client: httpx.AsyncClient, **query: Any) -> tuple[list[str], str | None]:
    page = (await client.get("/api/me/history", params=query)).json()
    return [entry["video"]["title"] for entry in page["items"]], page["next_cursor"]


async def test_it_has_what_one_watched_the_latest_first_page_by_page(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        videos = [await add_video(session, bea, f"{number}") for number in range(5)]
    start = clock.now()
    for number, video in enumerate(videos):
        with clock.freeze(start + timedelta(seconds=number)):
            await watch(client, video.id, 100 if number == 3 else 40)
    with clock.freeze(start + timedelta(seconds=9)):
        await watch(client, videos[1].id, 50)
    first, cursor = await history(client, limit=3)
    rest, end = await history(client, limit=3, cursor=cursor)
    assert (first, rest, end) == (["1", "4", "3"], ["2", "0"], None)
    (newest, *_) = (await client.get("/api/me/history")).json()["items"]
    assert newest["watched_at"].startswith((start + timedelta(seconds=9)).isoformat()[:19])
    assert newest["video"]["progress"]["last_position"] == 50
    assert await history(other) == ([], None)


async def test_what_one_may_no_longer_see_is_not_in_it(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, member = await people.add("cat")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        video = await add_video(session, bea, "Gone")
    for client in (owner, member, moderator, admin):
        await watch(client, video.id)
        assert await history(client) == (["Gone"], None)
    await owner.patch(f"/api/videos/{video.id}", json={"published": False})
    assert [len((await history(one))[0]) for one in (owner, member, moderator, admin)] == [
        1,
        0,
        0,
        1,
    ]


async def test_forgetting_takes_it_out_of_the_history_and_leaves_the_view(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
        kept = await add_video(session, bea, "Kept")
    for who in (client, other):
        await watch(who, video.id)
        await watch(who, kept.id)
    for _ in range(2):
        reply = await client.delete(f"/api/videos/{video.id}/progress")
        assert (reply.status_code, reply.content) == (204, b"")
    assert (await history(client))[0] == ["Kept"]
    assert len((await history(other))[0]) == 2
    found = (await client.get(f"/api/videos/{video.id}")).json()
    assert (found["progress"], found["view_count"]) == (None, 2)
    home = (await client.get("/api/home")).json()
    assert [card["title"] for card in home["continue_watching"]] == ["Kept"]


async def test_what_was_forgotten_begins_anew_without_a_second_view_in_the_same_day(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    start = clock.now()
    await watch(client, video.id, 60)
    for hours, views in ((1, 1), (25, 2)):
        await client.delete(f"/api/videos/{video.id}/progress")
        with clock.freeze(start + timedelta(hours=hours)):
            assert (await watch(client, video.id))["watched_seconds"] == 40
        async with app_context.database.read() as session:
            counted = await session.scalar(select(Video.view_count).where(Video.id == video.id))
            rows = await session.scalar(select(func.count()).select_from(View))
        assert (counted, rows) == (views, views)


async def test_clearing_forgets_all_of_ones_own(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        videos = [await add_video(session, bea) for _ in range(3)]
    for video in videos:
        await watch(client, video.id)
    await watch(other, videos[0].id)
    for _ in range(2):
        assert (await client.delete("/api/me/history")).status_code == 204
    assert await history(client) == ([], None)
    async with app_context.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WatchProgress)) == 1
        assert await session.scalar(select(func.count()).select_from(View)) == 4


async def test_what_one_may_not_see_cannot_be_forgotten(
    people: People, app_context: AppContext
) -> None:
    bea, _ = await people.add("bea")
    _, member = await people.add("cat")
    async with app_context.database.write() as session:
        hidden = await add_video(session, bea, published=False)
    for video_id in (hidden.id, uuid4()):
        reply = await member.delete(f"/api/videos/{video_id}/progress")
        assert (reply.status_code, reply.json()["code"]) == (404, "video_unknown")


async def test_a_page_of_it_takes_one_statement(
    people: People, app_context: AppContext, statements: list[str]
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        videos = [await add_video(session, bea) for _ in range(5)]
    for video in videos:
        await watch(client, video.id)
    statements.clear()
    assert len((await history(client))[0]) == 5
    assert len(statements) == 2, statements  # The other one finds out who asks.


async def test_a_report_does_not_bring_back_what_was_forgotten_while_it_was_read(
    people: People, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        video = await add_video(session, bea)
    await watch(client, video.id, 60)
    read = queries.get_standing
    reads: list[bool] = []

    async def forget_after_reading(session: WriteSession, *about: Any) -> Any:
        standing = await read(session, *about)
        if not reads:
            await service.forget_all(session, about[0])
        reads.append(True)
        return standing

    monkeypatch.setattr(queries, "get_standing", forget_after_reading)
    assert (await watch(client, video.id, 10))["watched_seconds"] == 10
    assert len(reads) == 2
