"""The rows of the home page that people make: what was reacted to lately, and playlists."""

from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import Any
from unittest.mock import ANY

import httpx
import pytest
from sqlalchemy import event, text

from lumenhall.domains.engagement import service
from lumenhall.domains.engagement.models import ReactionType, VideoReaction, WatchProgress
from lumenhall.domains.engagement.schemas import Home
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.library.models import Playlist, PlaylistItem, Video
from lumenhall.domains.library.queries import SHELF_LENGTH, get_stamp
from lumenhall.domains.library.service import PICKED
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database, WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import People, add_person
from tests.factories.playlists import add_playlist
from tests.factories.videos import add_video, make_asset


async def react(session: WriteSession, video: Video, *people: User, days: int = 1) -> None:
    session.add_all(
        VideoReaction(
            user_id=person.id,
            video_id=video.id,
            type=ReactionType.LOVE,
            created_at=clock.now() - timedelta(days=days),
        )
        for person in people
    )
    await session.flush()


async def home(client: httpx.AsyncClient) -> dict[str, Any]:
    reply = await client.get("/api/home")
    assert Home.model_validate_json(reply.content).model_dump(mode="json") == reply.json()
    found: dict[str, Any] = reply.json()
    return found


async def reacted(client: httpx.AsyncClient) -> list[str]:
    return [card["title"] for card in (await home(client))["reacted"]]


async def lists(client: httpx.AsyncClient) -> list[str]:
    return [card["title"] for card in (await home(client))["playlists"]]


async def complete(session: WriteSession, user: User, video: Video, *, completed: bool) -> None:
    given = {"watched_seconds": 1, "last_position": 1, "duration_seconds": 1, "revision": 1}
    session.add(
        WatchProgress(
            user_id=user.id,
            video_id=video.id,
            spans=[],
            view_spans=[],
            position_at=clock.now(),
            completed=completed,
            **given,
        )
    )
    await session.flush()


async def test_the_most_reacted_of_the_last_30_days_come_first(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    cat, _ = await people.add("cat")
    dan, _ = await people.add("dan")
    async with app_context.database.write() as session:
        await react(session, await add_video(session, bea, "one"), bea)
        await react(session, await add_video(session, bea, "three"), bea, cat, dan)
        await react(session, await add_video(session, bea, "long ago"), bea, cat, dan, days=31)
        mixed = await add_video(session, bea, "two")
        await react(session, mixed, bea, days=31)
        await react(session, mixed, cat, dan)
        await add_video(session, bea, "none")
    assert await reacted(client) == []
    await service.shelve_reacted(app_context.database)
    with clock.freeze(clock.now() + timedelta(seconds=31)):
        assert await reacted(client) == ["three", "two", "one"]


async def test_what_one_has_watched_to_the_end_is_left_out_for_oneself_alone(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        for number in range(SHELF_LENGTH + 3):
            video = await add_video(session, bea, f"{number}")
            await react(session, video, bea)
            if number < 4:
                await complete(session, bea, video, completed=number > 0)
    await service.shelve_reacted(app_context.database)
    assert len(await reacted(other)) == SHELF_LENGTH
    mine = await reacted(client)
    assert len(mine) == SHELF_LENGTH
    assert {"1", "2", "3"}.isdisjoint(mine)
    assert "0" in mine


async def test_what_is_hidden_takes_no_place_on_the_shelf_and_leaves_it_at_once(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    cat, _ = await people.add("cat")
    async with app_context.database.write() as session:
        for number in range(PICKED):
            draft = await add_video(session, ada, f"draft {number}", published=False)
            await react(session, draft, ada, cat)
        waiting = await add_video(session, ada, asset=make_asset(ada, playable=False))
        await react(session, waiting, ada, cat)
        seen = await add_video(session, ada, "seen")
        await react(session, seen, ada)
    await service.shelve_reacted(app_context.database)
    assert await reacted(admin) == ["seen"]
    await admin.patch(f"/api/videos/{seen.id}", json={"published": False})
    assert await reacted(admin) == []


async def test_shelving_again_without_news_writes_nothing(
    people: People, app_context: AppContext, statements: list[str]
) -> None:
    bea, _ = await people.add("bea")
    async with app_context.database.write() as session:
        await react(session, await add_video(session, bea), bea)
    await service.shelve_reacted(app_context.database)
    statements.clear()
    await service.shelve_reacted(app_context.database)
    assert len(statements) == 2, statements


async def explain(database: Database, asking: Callable[[], Awaitable[object]], table: str) -> str:
    """Return how the database goes about what is asked of the table."""
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append((arguments[2], arguments[3]))

    engine = database.engine
    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await asking()
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    statement, parameters = next(one for one in asked if f"FROM {table}" in one[0])
    async with engine.connect() as connection:
        if database.is_sqlite:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        else:
            # The planner would rather read so small a table whole.
            await connection.exec_driver_sql("ANALYZE")
            await connection.exec_driver_sql("SET enable_seqscan = off")
            plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return str(plan.all())


async def test_indexes_serve_what_the_rows_ask(people: People, app_context: AppContext) -> None:
    bea, client = await people.add("bea")
    database = app_context.database
    async with database.write() as session:
        video = await add_video(session, bea)
        await react(session, video, bea)
        crowd = [await add_person(session, f"p{number}") for number in range(200)]
        await react(session, video, *crowd, days=40)
        for _ in range(200):
            await add_playlist(session, bea, video)
            await complete(session, bea, await add_video(session, bea), completed=True)
    shelve = partial(service.shelve_reacted, database)
    plan = await explain(database, shelve, "video_reactions")
    assert "ix_video_reactions_created_at_video_id" in plan
    plan = await explain(database, partial(client.get, "/api/home"), "playlists JOIN users")
    assert "ix_playlists_is_public_updated_at_id" in plan
    plan = await explain(database, partial(client.get, "/api/me/history"), "videos JOIN assets")
    assert "ix_watch_progress_user_id_updated_at_video_id" in plan


async def test_public_playlists_come_the_one_changed_last_first(
    people: People, app_context: AppContext
) -> None:
    bea, client = await people.add("bea")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, other = await people.add("cat")
    async with app_context.database.write() as session:
        first, second = [await add_video(session, bea, title) for title in ("1", "2")]
        draft = await add_video(session, bea, "draft", published=False)
        older = clock.now() - timedelta(days=1)
        await add_playlist(session, bea, first, title="older", updated_at=older)
        await add_playlist(session, bea, draft, second, first, title="newer")
        await add_playlist(session, bea, first, title="private", is_public=False)
        await add_playlist(session, bea, title="empty")
        await add_playlist(session, bea, draft, title="of drafts")
    found = (await home(client))["playlists"]
    assert [(one["title"], one["video_count"]) for one in found] == [("newer", 2), ("older", 1)]
    assert [one["first_video"]["title"] for one in found] == ["2", "1"]
    for who, edits, deletes in (
        (client, True, True),
        (moderator, False, True),
        (other, False, False),
    ):
        card = (await home(who))["playlists"][0]
        assert (card["can_edit"], card["can_delete"]) == (edits, deletes)
        looked = (await who.get(f"/api/playlists/{card['id']}")).json()
        # Its owner counts the draft too; the home page is for everybody.
        seen = {"video_count": ANY, "first_video": ANY}
        assert card | seen == looked | seen


async def rename(session: WriteSession, playlist: Playlist) -> None:
    playlist.title = "Renamed"


async def hide(session: WriteSession, playlist: Playlist) -> None:
    playlist.is_public = False


async def empty(session: WriteSession, playlist: Playlist) -> None:
    await session.execute(text("DELETE FROM playlist_items"))


async def delete(session: WriteSession, playlist: Playlist) -> None:
    await session.execute(text("DELETE FROM playlists WHERE title = 'List'"))


CHANGES: list[tuple[Callable[[WriteSession, Playlist], Awaitable[None]], list[str]]] = [
    (rename, ["Renamed"]),
    (hide, []),
    (empty, []),
    (delete, []),
]


@pytest.mark.parametrize(
    ("change", "expected"), CHANGES, ids=lambda one: getattr(one, "__name__", "")
)
async def test_what_changes_about_a_public_playlist_is_seen_at_once(
    people: People,
    app_context: AppContext,
    change: Callable[[WriteSession, Playlist], Awaitable[None]],
    expected: list[str],
) -> None:
    bea, client = await people.add("bea")
    async with app_context.database.write() as session:
        playlist = await add_playlist(session, bea, await add_video(session, bea), title="List")
    assert await lists(client) == ["List"]
    async with app_context.database.write() as session:
        await change(session, await session.get_one(Playlist, playlist.id))
    assert await lists(client) == expected


async def test_what_happens_in_a_private_playlist_leaves_the_home_page_as_it_is(
    database: Database,
) -> None:
    async def stamp() -> str:
        async with database.read() as session:
            return await get_stamp(session)

    async with database.write() as session:
        bea = await add_person(session, "bea")
        video = await add_video(session, bea)
    before = await stamp()
    async with database.write() as session:
        playlist = await add_playlist(session, bea, video, is_public=False)
    async with database.write() as session:
        (await session.get_one(Playlist, playlist.id)).title = "Other"
        item = await session.get_one(PlaylistItem, (playlist.id, video.id))
        item.position = 7
    async with database.write() as session:
        await session.delete(await session.get_one(Playlist, playlist.id))
    assert await stamp() == before
