"""What open pages hear of a video ends with the right to see it."""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from typing import Any

import pytest

from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id
from tests.factories.people import COOKIE, People
from tests.fixtures.live import LiveServer, Page
from tests.medium.main.stage import Stage, Thing
from tests.medium.main.test_who_sees_what import SEES, SIGNED_IN


@pytest.fixture
async def stage(people: People, app_context: AppContext) -> Stage:
    stage = Stage(people, app_context)
    await stage.set_up()
    return stage


async def pages(stage: Stage, live_server: LiveServer) -> dict[str, Page]:
    """Open a page in every role."""
    opened = {}
    for role in SIGNED_IN:
        opened[role] = await live_server.open(stage.browsers[role].cookies[COOKIE])
        await opened[role].next()
    return opened


async def hears(page: Page, expected: set[str]) -> set[str]:
    """Return what a page hears on topics, at least what is expected, until it is quiet."""
    heard: set[str] = set()
    while not expected <= heard:
        heard |= _on_topics([await page.next()])
    return heard | _on_topics(await page.rest())


def _on_topics(said: list[dict[str, Any]]) -> set[str]:
    topical = [message for message in said if message.get("seq") is None]
    return {message.get("kind", message["type"]) for message in topical}


async def all_hear(opened: dict[str, Page], expected: dict[str, set[str]]) -> None:
    said = await asyncio.gather(*(hears(page, expected[role]) for role, page in opened.items()))
    assert dict(zip(opened, said, strict=True)) == expected


async def talk(stage: Stage, thing: Thing) -> None:
    """Let the owner do all that people with the video open hear of."""
    video = f"/api/videos/{thing.video_id}"
    said = {"text": "Hello", "client_id": str(new_id())}
    comment = await stage.ask("owner", f"POST {video}/comments", json=said)
    address = f"/api/comments/{comment.json()['id']}"
    await stage.ask("owner", f"PATCH {address}", json={"text": "Hello there"})
    await stage.ask("owner", f"POST {address}/reactions", json={"type": "wow"})
    await stage.ask("owner", f"DELETE {address}")
    reaction = {"video_id": str(thing.video_id), "type": "wow"}
    await stage.ask("owner", "POST /api/video-reactions", json=reaction)


TALK = {
    "comment.added",
    "comment.changed",
    "comment.reacted",
    "comment.deleted",
    "video.reacted",
}


async def join(opened: dict[str, Page], thing: Thing) -> None:
    for page in opened.values():
        await page.say(type="join", topic=f"asset:{thing.asset_id}")


def to_each(seen_by: Collection[str], heard: set[str], otherwise: set[str]) -> dict[str, set[str]]:
    return {role: heard if role in seen_by else otherwise for role in SIGNED_IN}


async def test_only_who_may_know_of_a_video_hears_of_it(
    stage: Stage, live_server: LiveServer
) -> None:
    opened = await pages(stage, live_server)
    for kind, seen_by in SEES.items():
        thing = await stage.add(kind)
        await join(opened, thing)
        await all_hear(opened, to_each(seen_by, set(), {"refused"}))
        if kind != "deleted":
            await talk(stage, thing)
            await all_hear(opened, to_each(seen_by, TALK, set()))


async def unpublish(stage: Stage, thing: Thing) -> None:
    await stage.ask("owner", f"PATCH /api/videos/{thing.video_id}", json={"published": False})


async def withdraw(stage: Stage, thing: Thing) -> None:
    await stage.ask("moderator", f"PATCH /api/videos/{thing.video_id}", json={"published": False})


async def postpone(stage: Stage, thing: Thing) -> None:
    later = {"published_at": "2999-01-01T00:00:00Z"}
    await stage.ask("owner", f"PATCH /api/videos/{thing.video_id}", json=later)


@pytest.mark.parametrize(
    ("hide", "stay"),
    [
        (unpublish, {"owner", "admin"}),
        (withdraw, {"moderator", "owner", "admin"}),
        (postpone, {"owner", "admin"}),
    ],
)
async def test_who_had_it_open_hears_nothing_once_it_is_hidden(
    stage: Stage,
    live_server: LiveServer,
    hide: Callable[[Stage, Thing], Awaitable[None]],
    stay: set[str],
) -> None:
    thing = await stage.add("published")
    opened = await pages(stage, live_server)
    await join(opened, thing)
    await all_hear(opened, to_each((), set(), set()))
    await hide(stage, thing)
    await all_hear(opened, to_each(stay, {"video.changed"}, {"refused"}))
    await talk(stage, thing)
    await all_hear(opened, to_each(stay, TALK, set()))
