"""Every request that grows with the library walks an index, on both engines.

In a community of some size, whose tables the planner has looked at, no statement of these
requests reads a large table from its beginning to its end.
"""

from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest
from benchmarks.crowd import Size, fill
from sqlalchemy import insert, text

from lumenhall.domains.engagement.models import Comment
from lumenhall.domains.library.models import Playlist, PlaylistItem, Video
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import People
from tests.medium.main.plans import tables_read_whole

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
        body: dict[str, Any] = {"watched_seconds": 1, "duration_seconds": 600, "last_position": 1}
        if request.endswith("reactions"):
            body = {"video_id": str(place.names["video"]), "type": "wow"}
        sent = {} if request.startswith("GET") else {"json": body}
        asked = request.format(**place.names)
        wrong += await tables_read_whole(
            place.context, place.member, asked, LARGE, LARGE_LATER, **sent
        )
    assert not wrong, "\n\n".join(wrong)
