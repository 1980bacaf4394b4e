"""Withdrawn videos, and what becomes known when a moment comes."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest

from lumenhall.domains.identity.models import Role
from lumenhall.domains.library import service
from lumenhall.domains.library.events import VideoPublished
from lumenhall.platform import events
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People
from tests.factories.videos import add_video


async def withdrawn(client: httpx.AsyncClient, **query: Any) -> tuple[list[str], str | None]:
    reply = await client.get("/api/moderation/withdrawn-videos", params=query)
    assert reply.status_code == 200, reply.text
    page = reply.json()
    return [entry["video"]["title"] for entry in page["items"]], page["next_cursor"]


async def test_moderators_find_what_was_withdrawn_and_publish_it_again(
    people: People, app_context: AppContext
) -> None:
    bea, owner = await people.add("bea")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        videos = [await add_video(session, bea, f"{number}") for number in range(3)]
        await add_video(session, bea, "a draft of hers", published=False)
    start = clock.now()
    for number, video in enumerate(videos):
        with clock.freeze(start + timedelta(seconds=number)):
            reply = await moderator.patch(f"/api/videos/{video.id}", json={"published": False})
            assert reply.status_code == 200, reply.text
    first, cursor = await withdrawn(moderator, limit=2)
    rest, end = await withdrawn(moderator, limit=2, cursor=cursor)
    assert (first, rest, end) == (["2", "1"], ["0"], None)
    assert await withdrawn(admin) == (["2", "1", "0"], None)
    refused = await owner.get("/api/moderation/withdrawn-videos")
    assert (refused.status_code, refused.json()["code"]) == (403, "moderators_only")
    again = {"published": True}
    assert (await owner.patch(f"/api/videos/{videos[1].id}", json=again)).status_code == 403
    assert (await moderator.patch(f"/api/videos/{videos[1].id}", json=again)).status_code == 200
    assert await withdrawn(admin) == (["2", "0"], None)


async def test_what_is_due_is_announced_once_however_many_look(
    people: People, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    bea, _ = await people.add("bea")
    later = clock.now() + timedelta(hours=1)
    async with app_context.database.write() as session:
        for _ in range(3):
            await add_video(session, bea, published_at=later)
    announced: list[Any] = []

    async def note(_: object, event: events.Event) -> None:
        if isinstance(event, VideoPublished):
            announced.append(event.video_id)

    monkeypatch.setattr("lumenhall.domains.library.service.publishing.announce", note)

    async def look() -> int:
        async with app_context.database.write() as session:
            return await service.announce_due(session)

    with clock.freeze(later + timedelta(seconds=1)):
        assert sum(await asyncio.gather(*(look() for _ in range(4)))) == 3
        assert await look() == 0
    assert len(announced) == len(set(announced)) == 3
