"""Every request that grows with the library walks an index, on both engines.

In a community of some size, whose tables the planner has looked at, no statement of these
requests reads a large table from its beginning to its end.
"""

import re
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from benchmarks.crowd import Size, fill
from sqlalchemy import Connection, event, insert, text

from lumenhall.domains.engagement.models import Comment
from lumenhall.domains.library.models import Playlist, PlaylistItem, Video
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import People

SIZE = Size(videos=8000, members=150, progress_rows=15_000, reactions=15_000)
LARGE = {
    "comments",
    "playlist_items",
    "search_documents",
    "search_index",
    "video_reactions",
    "video_tags",
    "videos",
    "watch_progress",
}
# PostgreSQL looks at sizes and rightly reads these whole while they are small.
LARGE_LATER = {"assets", "users"}
SAID = "What a view!"


class Place(NamedTuple):
    """A community of some size and one of its members."""

    context: AppContext
    member: httpx.AsyncClient
    names: dict[str, Any]


@pytest.fixture
async def place(people: People, app_context: AppContext) -> Place:
    (secret,), videos = await fill(app_context.database, SIZE)
    member = people.browser(secret)
    async with app_context.database.write() as session:
        video = await session.get_one(Video, UUID(videos[0]))
        parent = _comment(video)
        playlist = Playlist(owner_id=video.uploaded_by, title="Long", is_public=True)
        session.add_all([parent, playlist])
        await session.flush()
        session.add_all(_comment(video) for _ in range(500))
        elsewhere = [
            {
                "id": new_id(),
                "video_id": UUID(other),
                "author_id": video.uploaded_by,
                "client_id": new_id(),
                "text": SAID,
            }
            for other in videos
        ]
        await session.execute(insert(Comment), elsewhere)
        session.add_all(_comment(video, parent_id=parent.id) for _ in range(500))
        for number, listed in enumerate(videos[:500]):
            item = {"playlist_id": playlist.id, "video_id": UUID(listed)}
            session.add(PlaylistItem(position=number, **item))
        await session.flush()
        await session.execute(text("ANALYZE"))
        words = video.title.split()
    names = {
        "video": video.id,
        "comment": parent.id,
        "playlist": playlist.id,
        "short": video.short_id,
        "word": words[0],
        "words": "+".join(words[:2]),
        "uploader": "member7",
    }
    return Place(app_context, member, names)


def _comment(video: Video, **values: Any) -> Comment:
    by = {"author_id": video.uploaded_by, "client_id": new_id()}
    return Comment(video_id=video.id, text=SAID, **by, **values)


REQUESTS = (
    "GET /api/home",
    "GET /api/videos",
    "GET /api/videos?sort=views",
    "GET /api/videos?category=music",
    "GET /api/videos?category=music&sort=views",
    "GET /api/videos?scope=mine",
    "GET /api/videos?uploader={uploader}",
    "GET /api/videos?tag={word}",
    "GET /api/videos/{video}",
    "GET /api/videos/by-short-id/{short}",
    "GET /api/videos/{video}/comments",
    "GET /api/videos/{video}/comment-moments",
    "GET /api/comments/{comment}/replies",
    "GET /api/videos/{video}/reactions",
    "GET /api/videos/{video}/playlists",
    "GET /api/playlists",
    "GET /api/playlists/{playlist}/items",
    "GET /api/search?q={words}",
    "GET /api/search?q={word}&category=music",
    "GET /api/me/history",
    "PUT /api/videos/{video}/progress",
    "POST /api/video-reactions",
)


async def test_no_request_reads_a_large_table_from_end_to_end(place: Place) -> None:
    wrong = []
    for request in REQUESTS:
        for statement, parameters in await asked(place, request):
            async with place.context.database.engine.connect() as connection:
                plan = await connection.run_sync(explain, statement, parameters)
            if read_whole := whole_tables(plan):
                wrong.append(f"{request}: {read_whole}\n{statement}\n" + "\n".join(plan))
    assert not wrong, "\n\n".join(wrong)


async def asked(place: Place, request: str) -> list[tuple[str, Any]]:
    """Return the statements of a request, with their parameters."""
    heard: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        if arguments[2].lstrip().startswith(("SELECT", "UPDATE", "WITH")):
            heard.append((arguments[2], arguments[3]))

    method, path = request.format(**place.names).split(" ", 1)
    body: dict[str, Any] = {"watched_seconds": 1, "duration_seconds": 600, "last_position": 1}
    if path.endswith("reactions"):
        body = {"video_id": str(place.names["video"]), "type": "wow"}
    engine = place.context.database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    reply = await place.member.request(method, path, json=body if method != "GET" else None)
    event.remove(engine, "before_cursor_execute", note)
    assert reply.status_code == 200, reply.text
    return heard


def explain(connection: Connection, statement: str, parameters: Any) -> list[str]:
    """Return the steps by which the engine would run a statement."""
    if connection.dialect.name == "postgresql":
        # A page at any place costs about the same: there are no turning disks any more.
        connection.exec_driver_sql("SET random_page_cost = 1.1")
        found = connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
        return [row[0] for row in found]
    found = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
    return [row.detail for row in found]


def whole_tables(plan: list[str]) -> set[str]:
    """Return the large tables that are read whole.

    What SQLite walks in the order of an index ends early; its virtual table is the index of words.
    """
    found: set[str] = set()
    for step in plan:
        if match := re.search(r"Seq Scan on (\w+)", step):
            found |= {match[1]} & LARGE
        if match := re.match(r"SCAN (\w+)\b(?! VIRTUAL| USING)", step):
            found |= {match[1]} & (LARGE | LARGE_LATER)
    return found
