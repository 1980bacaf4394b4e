"""Reactions over HTTP, on both engines: one per person, counts exact whoever else reacts."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from lumenhall.domains.library.models import Video
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People
from tests.factories.videos import add_video

ASKING = 1  # Finding out who asks is one statement of every request.
TYPES = ("like", "love", "haha", "wow", "sad", "pray")


async def react(client: httpx.AsyncClient, video_id: UUID, type_: str) -> dict[str, Any]:
    reply = await client.post(
        "/api/video-reactions", json={"video_id": str(video_id), "type": type_}
    )
    assert reply.status_code == 200, reply.text
    answer: dict[str, Any] = reply.json()
    return answer


@pytest.fixture
async def video(people: People, app_context: AppContext) -> Video:
    owner, _ = await people.add("owner")
    async with app_context.database.write() as session:
        return await add_video(session, owner)


async def test_the_same_again_takes_it_back_and_another_replaces(
    people: People, video: Video
) -> None:
    _, ann = await people.add("ann")
    _, bea = await people.add("bea")
    assert await react(ann, video.id, "like") == {
        "action": "added",
        "type": "like",
        "reaction_counts": {"like": 1},
    }
    await react(bea, video.id, "like")
    assert await react(ann, video.id, "love") == {
        "action": "changed",
        "type": "love",
        "reaction_counts": {"like": 1, "love": 1},
    }
    assert await react(ann, video.id, "love") == {
        "action": "removed",
        "reaction_counts": {"like": 1},
    }


async def test_who_reacted_with_what_is_told_in_pages(people: People, video: Video) -> None:
    for number, type_ in enumerate(TYPES):
        _, client = await people.add(f"person{number}")
        with clock.freeze(clock.now() + timedelta(seconds=number)):
            await react(client, video.id, type_)
    address = f"/api/videos/{video.id}/reactions"
    first = (await client.get(address, params={"limit": 4})).json()
    assert first["reaction_counts"] == dict.fromkeys(TYPES, 1)
    assert first["my_reaction"] == "pray"
    rest = (await client.get(address, params={"cursor": first["next_cursor"]})).json()
    names = [item["person"]["username"] for item in first["items"] + rest["items"]]
    assert names == [f"person{number}" for number in reversed(range(6))]
    assert rest["next_cursor"] is None
    only = (await client.get(address, params={"type": "wow"})).json()
    assert [item["type"] for item in only["items"]] == ["wow"]


async def test_what_is_not_a_reaction_is_refused(people: People, video: Video) -> None:
    _, client = await people.add("ann")
    reply = await client.post(
        "/api/video-reactions", json={"video_id": str(video.id), "type": "angry"}
    )
    assert reply.status_code == 422


async def test_nobody_reacts_to_what_they_may_not_see(
    people: People, app_context: AppContext
) -> None:
    owner, _ = await people.add("owner")
    async with app_context.database.write() as session:
        draft = await add_video(session, owner, published=False)
    _, client = await people.add("ann")
    for video_id in (draft.id, uuid4()):
        body = {"video_id": str(video_id), "type": "like"}
        assert (await client.post("/api/video-reactions", json=body)).status_code == 404
        assert (await client.get(f"/api/videos/{video_id}/reactions")).status_code == 404


async def test_counts_are_exact_after_a_thousand_toggles_at_once(
    people: People, video: Video
) -> None:
    clients = {name: (await people.add(name))[1] for name in (f"person{n}" for n in range(50))}
    standing: dict[str, str | None] = dict.fromkeys(clients)

    async def toggle_twenty_times(name: str) -> None:
        for turn in range(20):
            # Some change their minds, some take it back: each in an order of their own.
            type_ = TYPES[(turn * turn + int(name[6:])) % 3]
            answer = await react(clients[name], video.id, type_)
            standing[name] = answer.get("type")

    await asyncio.gather(*map(toggle_twenty_times, clients))
    reply = (await clients["person0"].get(f"/api/videos/{video.id}/reactions")).json()
    assert reply["reaction_counts"] == Counter(filter(None, standing.values()))


async def test_one_person_on_many_devices_has_one_reaction(people: People, video: Video) -> None:
    _, client = await people.add("ann")
    answers = await asyncio.gather(*(react(client, video.id, "like") for _ in range(21)))
    assert Counter(answer["action"] for answer in answers) == {"added": 11, "removed": 10}
    reply = (await client.get(f"/api/videos/{video.id}/reactions")).json()
    assert reply["reaction_counts"] == {"like": 1}


async def test_a_reaction_is_four_statements(
    people: People, video: Video, statements: list[str]
) -> None:
    _, client = await people.add("ann")
    await react(client, video.id, "like")
    statements.clear()
    await react(client, video.id, "love")
    assert len(statements) == ASKING + 4
