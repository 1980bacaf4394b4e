"""Progress over HTTP, on both engines: one row per person and video, whatever the devices do."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.engagement import service
from lumenhall.domains.engagement.models import View, WatchProgress
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.library.models import Video
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People, actor_for
from tests.factories.videos import add_video, make_asset

ASKING = 1  # Finding out who asks is one statement of every request.


def report(position: int = 0, *ranges: tuple[float, float], **more: Any) -> dict[str, Any]:
    given = {"watched_seconds": 0, "duration_seconds": 100, "last_position": position}
    return given | ({"ranges": list(ranges)} if ranges else {}) | more


async def put(client: httpx.AsyncClient, video_id: UUID, **body: Any) -> dict[str, Any]:
    reply = await client.put(f"/api/videos/{video_id}/progress", json=body)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def views_of(app_context: AppContext, video_id: UUID) -> tuple[int, int]:
    """Return what the video says its views are, and how many rows there are."""
    async with app_context.database.read() as session:
        said = await session.scalar(select(Video.view_count).where(Video.id == video_id))
        rows = select(func.count()).select_from(View).where(View.video_id == video_id)
        return said or 0, await session.scalar(rows) or 0


@pytest.fixture
async def video(people: People, app_context: AppContext) -> Video:
    """A video of 100 seconds that everybody can see."""
    owner, _ = await people.add("owner")
    async with app_context.database.write() as session:
        return await add_video(session, owner)


async def test_a_report_answers_where_the_person_stands(people: People, video: Video) -> None:
    _, client = await people.add("bea")
    assert await put(client, video.id, **report(10, (0, 10))) == {
        "watched_seconds": 10,
        "last_position": 10,
        "completed": False,
        "duration_seconds": 100,
    }
    assert await put(client, video.id, **report(95, (5, 95))) == {
        "watched_seconds": 95,
        "last_position": 95,
        "completed": True,
        "duration_seconds": 100,
    }


async def test_a_repeated_report_changes_nothing(
    people: People, video: Video, app_context: AppContext
) -> None:
    _, client = await people.add("bea")
    body = report(40, (0, 40), at=clock.now().isoformat())
    first = await put(client, video.id, **body)
    for _ in range(3):
        assert await put(client, video.id, **body) == first
    async with app_context.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(WatchProgress)) == 1
    assert await views_of(app_context, video.id) == (1, 1)


async def test_what_is_beyond_the_true_duration_is_clamped_whatever_the_client_says(
    people: People, video: Video
) -> None:
    _, client = await people.add("bea")
    beyond = report(2**31 - 1, watched_seconds=10**9, duration_seconds=10**9)
    assert await put(client, video.id, **beyond) == {
        "watched_seconds": 100,
        "last_position": 100,
        "completed": True,
        "duration_seconds": 100,
    }


@pytest.mark.parametrize(
    "wrong",
    [
        b'{"watched_seconds": 1, "duration_seconds": 2}',
        b'{"watched_seconds": -1, "duration_seconds": 2, "last_position": 1}',
        b'{"watched_seconds": NaN, "duration_seconds": 2, "last_position": 1}',
        b'{"watched_seconds": 1e400, "duration_seconds": 2, "last_position": 1}',
        b'{"watched_seconds": 1, "duration_seconds": 2, "last_position": 1, "ranges": [[0, NaN]]}',
        b'{"watched_seconds": 1, "duration_seconds": 2, "last_position": 1, "ranges": [[3, 1]]}',
        b'{"watched_seconds": 1, "duration_seconds": 2, "last_position": 1, "at": "noon"}',
        b"[]",
        b"",
    ],
)
async def test_nonsense_is_refused(people: People, video: Video, wrong: bytes) -> None:
    _, client = await people.add("bea")
    headers = {"Content-Type": "application/json"}
    address = f"/api/videos/{video.id}/progress"
    reply = await client.put(address, content=wrong, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid")


async def test_an_unknown_or_hidden_video_is_not_found(
    people: People, app_context: AppContext
) -> None:
    owner, mine = await people.add("owner")
    _, other = await people.add("bea")
    async with app_context.database.write() as session:
        draft = await add_video(session, owner, published=False)
    for video_id in (uuid4(), draft.id):
        reply = await other.put(f"/api/videos/{video_id}/progress", json=report())
        assert (reply.status_code, reply.json()["code"]) == (404, "video_unknown")
    await put(mine, draft.id, **report(5))


async def test_the_site_says_when_a_video_counts_as_watched(
    people: People, video: Video, app_context: AppContext
) -> None:
    _, client = await people.add("bea")
    async with app_context.database.write() as session:
        await options.change(session, None, completion_threshold=50)
    assert not (await put(client, video.id, **report(49, (0, 49))))["completed"]
    assert (await put(client, video.id, **report(50, (49, 50))))["completed"]


async def test_once_the_length_is_known_nothing_goes_beyond_it(
    people: People, app_context: AppContext
) -> None:
    owner, client = await people.add("owner")
    async with app_context.database.write() as session:
        asset = make_asset(owner, status=AssetStatus.IN_PROGRESS, playable=True, duration=None)
        video = await add_video(session, owner, asset=asset)
    huge = report(9000, (0, 9000), duration_seconds=100_000)
    assert (await put(client, video.id, **huge))["watched_seconds"] == 9000
    async with app_context.database.write() as session:
        (await session.get_one(Asset, asset.id)).duration_seconds = 100
    late = (clock.now() - timedelta(hours=1)).isoformat()
    assert await put(client, video.id, **report(5, (0, 5), at=late)) == {
        "watched_seconds": 100,
        "last_position": 100,
        "completed": True,
        "duration_seconds": 100,
    }


async def test_before_the_length_is_known_the_players_length_counts(
    people: People, app_context: AppContext
) -> None:
    owner, client = await people.add("owner")
    async with app_context.database.write() as session:
        asset = make_asset(owner, status=AssetStatus.IN_PROGRESS, playable=True, duration=None)
        video = await add_video(session, owner, asset=asset)
    body = report(50, (0, 50), duration_seconds=40)
    assert (await put(client, video.id, **body))["duration_seconds"] == 40


async def test_where_playing_goes_on_comes_with_the_video(people: People, video: Video) -> None:
    _, client = await people.add("bea")
    await put(client, video.id, **report(50, (0, 50)))
    address = f"/api/videos/{video.id}"
    progress = (await client.get(address)).json()["progress"]
    assert progress == {
        "watched_seconds": 50,
        "last_position": 50,
        "completed": False,
        "duration_seconds": 100,
        "resume_at": 47,
    }
    (card,) = (await client.get("/api/videos")).json()["items"]
    assert card["progress"] == progress
    assert (await client.get(f"{address}/playback")).json()["resume_at"] == 47
    await put(client, video.id, **report(100, (50, 100)))
    assert (await client.get(f"{address}/playback")).json()["resume_at"] == 0
    _, other = await people.add("cat")
    assert (await other.get(address)).json()["progress"] is None


async def test_a_report_takes_two_statements_and_a_view_two_more(
    people: People, video: Video, statements: list[str]
) -> None:
    _, client = await people.add("bea")
    counted = []
    for end in (10, 20, 30, 40):
        statements.clear()
        await put(client, video.id, **report(end, (end - 10, end)))
        counted.append(len(statements) - ASKING)
    assert counted == [2, 2, 4, 2]


async def test_a_view_counts_once_in_a_day_per_person(
    people: People, video: Video, app_context: AppContext
) -> None:
    watchers = [(await people.add(name))[0] for name in ("bea", "cat")]
    now = clock.now()
    for hours, expected in ((0, 2), (1, 2), (23, 2), (25, 4)):
        for watcher in watchers:
            given = ProgressReport(**report(40, (0, 40)))
            with clock.freeze(now + timedelta(hours=hours)):
                async with app_context.database.write() as session:
                    await service.report_progress(session, actor_for(watcher), video.id, given)
        assert await views_of(app_context, video.id) == (expected, expected)


async def test_devices_that_report_at_once_lose_nothing(
    people: People, video: Video, app_context: AppContext
) -> None:
    _, client = await people.add("bea")
    now = clock.now()
    parts = [number * 7 % 20 * 5 for number in range(20)]
    await asyncio.gather(
        *(
            put(
                client,
                video.id,
                **report(
                    start + 5,
                    (start, start + 5),
                    at=(now - timedelta(seconds=200 - start)).isoformat(),
                ),
            )
            for start in parts
        )
    )
    async with app_context.database.read() as session:
        row = (await session.scalars(select(WatchProgress))).one()
        assert row.spans == [[0, 100]]
        assert (row.watched_seconds, row.last_position, row.completed) == (100, 100, True)
        assert row.revision == len(parts)
    assert await views_of(app_context, video.id) == (1, 1)


async def test_views_of_many_people_at_once_are_all_counted(
    people: People, video: Video, app_context: AppContext
) -> None:
    clients = [(await people.add(f"person{number}"))[1] for number in range(50)]

    async def watch(client: httpx.AsyncClient, device: int) -> None:
        for start in range(device * 5, 100, 10):
            await put(client, video.id, **report(start + 5, (start, start + 5)))

    # A thousand reports: each of fifty people watches on two devices.
    await asyncio.gather(*(watch(client, device) for client in clients for device in (0, 1)))
    assert await views_of(app_context, video.id) == (50, 50)


async def test_progress_of_a_video_that_is_being_deleted_is_not_found(
    people: People, app_context: AppContext
) -> None:
    owner, client = await people.add("owner")
    async with app_context.database.write() as session:
        video = await add_video(session, owner)
    gone, reply = await asyncio.gather(
        client.delete(f"/api/videos/{video.id}"),
        client.put(f"/api/videos/{video.id}/progress", json=report(1)),
    )
    assert gone.status_code == 204
    assert reply.status_code in {200, 404}
    assert await views_of(app_context, video.id) == (0, 0)
