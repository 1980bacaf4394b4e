"""Search over HTTP, on both engines: the same words find the same videos in the same order."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import delete, event, select

from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.library import service
from lumenhall.domains.library.models import SearchDocument
from lumenhall.domains.media import service as media
from lumenhall.domains.media.captions import parse
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.platform.context import AppContext
from tests.factories.people import People
from tests.factories.videos import add_category, add_video, make_asset

ASKING = 1
VTT = b"""WEBVTT

00:00:01.000 --> 00:00:04.000
We sail at dawn

00:01:05.000 --> 00:01:09.000
<i>The old lighthouse</i> keeper &amp; his dog

00:01:10.000 --> 00:01:12.000
walks on the beach
"""


async def found(client: httpx.AsyncClient, q: str, **params: Any) -> list[str]:
    reply = await client.get("/api/search", params={"q": q} | params)
    assert reply.status_code == 200, reply.text
    return [hit["video"]["title"] for hit in reply.json()["items"]]


class Shelf:
    """Puts videos into the library the way services do: with their words noted."""

    def __init__(self, app_context: AppContext, owner: User) -> None:
        self._app = app_context
        self.owner = owner

    async def add(self, title: str, captions: bytes | None = None, **values: Any) -> UUID:
        async with self._app.database.write() as session:
            video = await add_video(session, values.pop("owner", self.owner), title, **values)
            if captions:
                about = NewTrack(language="en")
                await media.add_track(session, video.asset_id, parse(captions), about)
            await service.index_video(session, video.id)
            return video.id


@pytest.fixture
async def shelf(people: People, app_context: AppContext) -> Shelf:
    owner, _ = await people.add("owner")
    return Shelf(app_context, owner)


@pytest.fixture
async def ann(people: People) -> httpx.AsyncClient:
    return (await people.add("ann"))[1]


async def test_the_closest_come_first_and_then_the_newest(
    shelf: Shelf, ann: httpx.AsyncClient
) -> None:
    await shelf.add("Spoken of", VTT)
    await shelf.add("Described", description="A lighthouse in a storm")
    await shelf.add("Tagged", tags=("lighthouse",))
    await shelf.add("Old lighthouse")
    await shelf.add("New lighthouse")
    await shelf.add("Something else")
    expected = ["New lighthouse", "Old lighthouse", "Tagged", "Described", "Spoken of"]
    assert await found(ann, "lighthouse") == expected


@pytest.mark.parametrize(
    ("title", "queries"),
    [
        ("Cooking with friends", ["cook", "COOKED", "cooks friend", "frie"]),
        ("Canciones de montaña", ["cancion", "canción", "montanas", "MONTAÑAS canciones", "mon"]),
        ("Ünïcode & Straße", ["unicode", "straße", "strasse"]),
        ("C++ in 3.5 hours", ["c", "3 5", "hour"]),
        ("Привет мир", ["привет", "мир"]),
        ("東京の夜", ["東京"]),
        ("snake_case naming", ["snake", "case", "snake-case", "names"]),
    ],
)
async def test_words_are_found_in_all_their_forms(
    shelf: Shelf, ann: httpx.AsyncClient, title: str, queries: Sequence[str]
) -> None:
    await shelf.add(title)
    await shelf.add("Nothing of the kind")
    for query in queries:
        assert await found(ann, query) == [title], query


async def test_all_words_must_be_there_wherever_they_are(
    shelf: Shelf, ann: httpx.AsyncClient
) -> None:
    await shelf.add("Boats", description="How to sail", tags=("summer",))
    await shelf.add("Summer")
    assert await found(ann, "sail boats summer") == ["Boats"]
    assert await found(ann, "sail winter") == []


@pytest.mark.parametrize(
    "query", ['"', "' OR 1=1 --", "a* NOT b", "NEAR(", "🏔", "%", ":*", "(", "\\", "0", "a" * 200]
)
async def test_nothing_that_is_typed_breaks_the_search(
    shelf: Shelf, ann: httpx.AsyncClient, query: str
) -> None:
    await shelf.add("A mountain")
    await found(ann, query)
    assert (await ann.get("/api/search/suggestions", params={"q": query})).status_code == 200


async def test_a_hit_in_captions_says_when(shelf: Shelf, ann: httpx.AsyncClient) -> None:
    await shelf.add("Quiet", VTT)
    reply = (await ann.get("/api/search", params={"q": "keepers dogs"})).json()
    assert reply["items"][0]["caption"] == {
        "start_seconds": 65,
        "text": "The old lighthouse keeper & his dog",
        "language": "en",
    }
    by_title = (await ann.get("/api/search", params={"q": "quiet"})).json()
    assert by_title["items"][0]["caption"] is None


async def test_filters_narrow(
    shelf: Shelf, people: People, app_context: AppContext, ann: httpx.AsyncClient
) -> None:
    bea, _ = await people.add("bea")
    async with app_context.database.write() as session:
        music = await add_category(session, "Music")
    await shelf.add("Song one", category_id=music.id, tags=("live",))
    await shelf.add("Song two", owner=bea)
    await shelf.add("Song three", asset=make_asset(shelf.owner, duration=600))
    await shelf.add("Song four", age=timedelta(days=40))
    assert await found(ann, "song", category="music") == ["Song one"]
    assert await found(ann, "song", tag="live") == ["Song one"]
    assert await found(ann, "song", uploader="Bea") == ["Song two"]
    assert await found(ann, "song", length="medium") == ["Song three"]
    assert await found(ann, "song", length="short") == ["Song four", "Song two", "Song one"]
    assert await found(ann, "song", since="month") == ["Song three", "Song two", "Song one"]


async def test_hits_come_in_pages(shelf: Shelf, ann: httpx.AsyncClient) -> None:
    for number in range(3):
        await shelf.add(f"Tide {number}")
        await shelf.add(f"Wave {number}", description="Tide")
    seen: list[str] = []
    cursor: str | None = None
    while True:
        params = {"q": "tide", "limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await ann.get("/api/search", params=params)).json()
        seen += [hit["video"]["title"] for hit in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["Tide 2", "Tide 1", "Tide 0", "Wave 2", "Wave 1", "Wave 0"]


async def test_nobody_finds_what_they_may_not_see(shelf: Shelf, people: People) -> None:
    owner, mine = await people.add("cyd")
    await shelf.add("Secret draft", owner=owner, published=False)
    await shelf.add("Secret tomorrow", owner=owner, age=timedelta(days=-1))
    broken = make_asset(owner, status=AssetStatus.ERROR, playable=False)
    await shelf.add("Secret failure", owner=owner, asset=broken)
    for name, role in (("dee", Role.MEMBER), ("eve", Role.MODERATOR), ("root", Role.ADMIN)):
        _, other = await people.add(name, role)
        assert await found(other, "secret") == []
        suggestions = await other.get("/api/search/suggestions", params={"q": "secret"})
        assert suggestions.json() == {"items": []}
    assert len(await found(mine, "secret")) == 3


async def test_words_follow_every_change(
    shelf: Shelf, people: People, app_context: AppContext
) -> None:
    _, browser = await people.add("root", Role.ADMIN)
    video_id = await shelf.add("Before", VTT)
    address = f"/api/videos/{video_id}"
    await browser.patch(address, json={"title": "After", "tags": ["fresh"]})
    assert (await found(browser, "before"), await found(browser, "after fresh")) == ([], ["After"])
    (track,) = (await browser.get(f"{address}/captions")).json()["items"]
    assert await found(browser, "dawn") == ["After"]
    await browser.delete(f"{address}/captions/{track['id']}")
    assert await found(browser, "dawn") == []
    await browser.delete(address)
    assert await found(browser, "after") == []
    async with app_context.database.read() as session:
        assert (await session.scalars(select(SearchDocument))).all() == []


async def test_what_was_here_before_search_is_found_later(
    shelf: Shelf, app_context: AppContext, ann: httpx.AsyncClient
) -> None:
    await shelf.add("Ancient")
    async with app_context.database.write() as session:
        await session.execute(delete(SearchDocument))
    assert await found(ann, "ancient") == []
    async with app_context.database.write() as session:
        assert await service.index_missing(session) == 1
        assert await service.index_missing(session) == 0
    assert await found(ann, "ancient") == ["Ancient"]


async def test_suggestions_while_typing(
    shelf: Shelf, people: People, app_context: AppContext, ann: httpx.AsyncClient
) -> None:
    await people.add("lisa", display_name="Lighthouse Lisa")
    async with app_context.database.write() as session:
        await add_category(session, "Lighting")
    video_id = await shelf.add("The lighthouse", tags=("light", "sea"))
    reply = await ann.get("/api/search/suggestions", params={"q": "Ligh"})
    assert reply.json()["items"] == [
        {"kind": "category", "text": "Lighting", "target": "lighting"},
        {"kind": "video", "text": "The lighthouse", "target": str(video_id)},
        {"kind": "tag", "text": "light", "target": "light"},
        {"kind": "person", "text": "Lighthouse Lisa", "target": "lisa"},
    ]


async def test_a_search_is_a_constant_number_of_statements(
    shelf: Shelf, ann: httpx.AsyncClient, statements: list[str]
) -> None:
    for number in range(3):
        await shelf.add(f"Tide {number}")
    statements.clear()
    assert len(await found(ann, "tide")) == 3
    assert len(statements) == ASKING + 1


async def test_the_index_of_the_engine_is_walked(
    shelf: Shelf, ann: httpx.AsyncClient, app_context: AppContext
) -> None:
    await shelf.add("Tide")
    engine = app_context.database.engine
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append((arguments[2], arguments[3]))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await found(ann, "tide")
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    statement, parameters = asked[-1]
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # The planner would rather read so small a table whole.
            await connection.exec_driver_sql("SET enable_seqscan = off")
            plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            assert "ix_search_documents_words" in str(plan.all())
        else:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [row.detail for row in plan]
            walks = [step for step in steps if "search_index VIRTUAL TABLE" in step]
            assert len(walks) == 4
            assert not any("SCAN search_documents" in step for step in steps)


async def test_videos_made_over_http_are_found(people: People) -> None:
    _, root = await people.add("root", Role.ADMIN)
    body = {"title": "Fresh tide", "filename": "a.mp4", "size_bytes": 10, "published": True}
    made = await root.post("/api/videos", json=body)
    assert made.status_code == 201, made.text
    assert await found(root, "fresh") == ["Fresh tide"]
