"""Watching together: one state for all, whoever steers, leaves, comes late or comes back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from lumenhall.domains.chat import service
from lumenhall.domains.chat.service import parties
from lumenhall.domains.identity.models import MayWrite, Role
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit
from tests.factories.people import add_session
from tests.factories.videos import add_video, make_asset
from tests.fixtures.live import LiveServer, Page
from tests.medium.chat.conftest import Talker, Talkers
from tests.medium.chat.evening import (
    Evening,
    is_card,
    names,
    stands,
    started,
    talking,
    try_to_start,
)

LENGTH = 100


@pytest.fixture
async def video(app_context: AppContext, ann: Talker) -> str:
    """A video of 100 seconds by Ann, which everybody can see."""
    async with app_context.database.write() as session:
        asset = make_asset(ann.user, duration=LENGTH, duration_ms=LENGTH * 1000)
        return str((await add_video(session, ann.user, "The tide", asset=asset)).id)


@pytest.fixture
def at_eight() -> datetime:
    return clock.now().replace(microsecond=0)


async def test_it_is_told_in_the_conversation_with_the_video(
    ann: Talker, bob: Talker, video: str
) -> None:
    talk = await ann.gather(bob)
    evening = await Evening.begin(ann, talk, video)
    card = await evening.card(bob)
    assert card["system"]["party_id"] == evening.party.rpartition("/")[2]
    assert card["shared_video"]["title"] == "The tide"
    assert card["sender"]["username"] == "ann"
    assert (await bob.look(talk))["unread_count"] == 2
    look = await evening.look(bob)
    assert look is not None
    assert (look["message_id"], look["can_end"]) == (card["id"], False)
    assert look["started_by"]["username"] == "ann"


async def test_who_comes_late_lands_where_the_others_are(
    ann: Talker, bob: Talker, video: str, at_eight: datetime
) -> None:
    with clock.freeze(at_eight):
        evening = await Evening.begin(ann, await ann.gather(bob), video)
        await evening.steer(ann, 1, position_seconds=30, rate=1.5)
    with clock.freeze(at_eight + timedelta(seconds=10.5)):
        look = await evening.join(bob)
    assert stands(look) == ("playing", 45.75, 1.5, 2)
    assert datetime.fromisoformat(look["at"]) == at_eight + timedelta(seconds=10.5)
    with clock.freeze(at_eight + timedelta(hours=1)):
        assert stands(await evening.join(bob)) == ("playing", LENGTH, 1.5, 2)


async def test_pausing_and_seeking_hold_for_everybody(
    ann: Talker, bob: Talker, video: str, at_eight: datetime
) -> None:
    with clock.freeze(at_eight):
        evening = await Evening.begin(ann, await talking(ann, bob), video)
        await evening.steer(bob, 1, state="paused", position_seconds=12.25)
    with clock.freeze(at_eight + timedelta(minutes=1)):
        look = await evening.look(ann)
        assert look is not None
        assert stands(look) == ("paused", 12.25, 1, 2)
        await evening.steer(ann, 2, state="paused", position_seconds=5000)
        look = await evening.look(bob)
        assert look is not None
        assert stands(look) == ("paused", LENGTH, 1, 3)


async def test_of_two_who_press_at_once_one_counts_for_both(
    ann: Talker, bob: Talker, video: str
) -> None:
    evening = await Evening.begin(ann, await ann.gather(bob), video)
    presses = [
        evening.steer(who, 1, state="paused", position_seconds=place)
        for place, who in enumerate([ann, bob] * 5)
    ]
    answers = {stands(look) for look in await asyncio.gather(*presses)}
    look = await evening.look(ann)
    assert look is not None
    assert answers == {stands(look)}
    assert look["version"] == 2


async def test_a_command_that_comes_twice_counts_once(ann: Talker, bob: Talker, video: str) -> None:
    evening = await Evening.begin(ann, await ann.gather(bob), video)
    first = await evening.steer(ann, 1, state="paused", position_seconds=7)
    await evening.steer(bob, 2, state="paused", position_seconds=50)
    again = await evening.steer(ann, 1, state="paused", position_seconds=7)
    assert stands(first) == ("paused", 7, 1, 2)
    assert stands(again) == ("paused", 50, 1, 3)


async def test_there_is_one_at_a_time_also_when_two_begin_at_once(
    ann: Talker, bob: Talker, video: str, app_context: AppContext
) -> None:
    talk = await ann.gather(bob)
    replies = await asyncio.gather(*(try_to_start(who, talk, video) for who in [ann, bob] * 3))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.json()["id"] for reply in replies}) == 1
    assert len([one for one in await ann.hear(talk) if is_card(one)]) == 1
    async with app_context.database.write() as session:
        other = await add_video(session, ann.user, "Another one")
    reply = await try_to_start(bob, talk, str(other.id))
    assert (reply.status_code, reply.json()["code"]) == (409, "already_watching")


async def test_people_come_and_go_and_it_goes_on(
    ann: Talker, bob: Talker, video: str, at_eight: datetime
) -> None:
    with clock.freeze(at_eight):
        evening = await Evening.begin(ann, await ann.gather(bob), video)
        assert names(await evening.look(bob)) == ["ann"]
        assert names(await evening.join(bob)) == ["ann", "bob"]
        await evening.leave(ann)
        await evening.leave(ann)
        assert names(await evening.look(bob)) == ["bob"]
        assert names(await evening.join(ann)) == ["ann", "bob"]
    with clock.freeze(at_eight + timedelta(seconds=10)):
        await evening.join(bob)
    with clock.freeze(at_eight + timedelta(seconds=13)):
        look = await evening.look(bob)
        assert look is not None
        assert names(look) == ["bob"]
        assert stands(look) == ("playing", 13, 1, 1)


async def test_the_starter_and_admins_end_it_and_the_message_says_so(
    ann: Talker, bob: Talker, cleo: Talker, video: str
) -> None:
    group = await ann.gather(bob, cleo)
    evening = await Evening.begin(bob, group, video)
    refused = await cleo.client.delete(evening.party)
    assert (refused.status_code, refused.json()["code"]) == (403, "not_your_watching")
    assert (await ann.client.delete(evening.party)).status_code == 204
    assert await evening.look(bob) is None
    assert (await evening.card(cleo))["system"]["ended"] == "ended"
    for reply in (
        await bob.client.delete(evening.party),
        await evening.try_to_steer(bob, 1),
        await bob.client.put(f"{evening.party}/here"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (410, "watching_over")
    await evening.leave(bob)
    assert (await Evening.begin(bob, group, video)).party != evening.party


async def test_another_conversation_can_not_reach_it(
    ann: Talker, bob: Talker, cleo: Talker, video: str
) -> None:
    evening = await Evening.begin(ann, await ann.gather(bob), video)
    elsewhere = evening.party.replace(evening.talk, await cleo.gather(bob))
    assert (await cleo.client.delete(elsewhere)).status_code == 410
    assert (await cleo.client.put(f"{elsewhere}/here")).status_code == 410


async def test_nobody_there_for_minutes_ends_it(
    ann: Talker, bob: Talker, video: str, app_context: AppContext, at_eight: datetime
) -> None:
    with clock.freeze(at_eight):
        evening = await Evening.begin(ann, await ann.gather(bob), video)
    with clock.freeze(at_eight + timedelta(minutes=4)):
        await evening.join(bob)
    with clock.freeze(at_eight + timedelta(minutes=6)):
        assert await service.end_deserted(app_context) == 0
    with clock.freeze(at_eight + timedelta(minutes=10)):
        assert await service.end_deserted(app_context) == 1
    assert (await evening.card(ann))["system"]["ended"] == "nobody"


async def test_a_deserted_one_makes_room_for_the_next(
    ann: Talker, bob: Talker, video: str, at_eight: datetime
) -> None:
    talk = await ann.gather(bob)
    with clock.freeze(at_eight):
        first = await Evening.begin(ann, talk, video)
    with clock.freeze(at_eight + timedelta(minutes=10)):
        second = await Evening.begin(bob, talk, video)
    assert first.party != second.party
    ends = [one["system"].get("ended") for one in await ann.hear(talk) if is_card(one)]
    assert ends == [None, "nobody"]


async def hide(owner: Talker, _moderator: Talker, video: str) -> None:
    await owner.client.patch(f"/api/videos/{video}", json={"published": False})


async def withdraw(_owner: Talker, moderator: Talker, video: str) -> None:
    await moderator.client.patch(f"/api/videos/{video}", json={"published": False})


async def postpone(owner: Talker, _moderator: Talker, video: str) -> None:
    later = {"published_at": "2999-01-01T00:00:00Z"}
    await owner.client.patch(f"/api/videos/{video}", json=later)


async def remove(owner: Talker, _moderator: Talker, video: str) -> None:
    assert (await owner.client.delete(f"/api/videos/{video}")).status_code == 204


@pytest.mark.parametrize("end", [hide, withdraw, postpone, remove])
async def test_a_video_that_is_hidden_or_deleted_ends_it_for_all(
    live_server: LiveServer,
    ann: Talker,
    bob: Talker,
    video: str,
    talkers: Talkers,
    end: Callable[[Talker, Talker, str], Awaitable[None]],
) -> None:
    moderator = await talkers.add("mod", role=Role.MODERATOR)
    evening = await Evening.begin(bob, await bob.gather(ann), video)
    page = await opened(live_server, talkers.app, bob)
    await ann.client.patch(f"/api/videos/{video}", json={"title": "Another title"})
    assert await evening.look(bob) is not None
    await end(ann, moderator, video)
    while True:
        heard = await page.next()
        if heard.get("kind") == "chat.watching_ended":
            break
    assert heard["data"]["reason"] == "video"
    assert await evening.look(bob) is None
    card = await evening.card(bob)
    assert (card["system"]["ended"], card["shared_video"]) == ("video", None)


async def test_only_what_everybody_can_see_is_watched(
    ann: Talker, bob: Talker, video: str, app_context: AppContext
) -> None:
    talk = await ann.gather(bob)
    reply = await try_to_start(ann, talk, video, at=LENGTH + 1)
    assert (reply.status_code, reply.json()["code"]) == (422, "moment_beyond_end")
    async with app_context.database.write() as session:
        await session.execute(text("UPDATE videos SET published = false"))
    reply = await try_to_start(ann, talk, video)
    assert (reply.status_code, reply.json()["code"]) == (400, "shared_video_unknown")


async def test_who_was_never_talked_with_is_not_brought_to_watch(
    talkers: Talkers, ann: Talker, video: str
) -> None:
    dan = await talkers.add("dan", MayWrite.NOBODY)
    talk = await ann.begin(dan)
    reply = await try_to_start(ann, talk, video)
    assert (reply.status_code, reply.json()["code"]) == (403, "not_talking_yet")
    await ann.say(talk)
    reply = await try_to_start(ann, talk, video)
    assert (reply.status_code, reply.json()["code"]) == (403, "request_pending")
    reply = await try_to_start(dan, talk, video)
    assert (reply.status_code, reply.json()["code"]) == (403, "not_talking_yet")
    await dan.client.post(f"/api/chat/requests/{talk}/accept")
    await started(dan, talk, video)


async def test_too_many_commands_are_refused(
    ann: Talker, bob: Talker, video: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parties, "COMMANDS", Limit("few", 3, 60))
    evening = await Evening.begin(ann, await ann.gather(bob), video)
    replies = [await evening.try_to_steer(ann, version) for version in range(1, 5)]
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert int(replies[3].headers["Retry-After"]) > 0


async def test_a_block_between_two_of_a_group_hides_them_from_each_other(
    live_server: LiveServer,
    ann: Talker,
    bob: Talker,
    cleo: Talker,
    video: str,
    app_context: AppContext,
) -> None:
    evening = await Evening.begin(ann, await ann.gather(bob, cleo), video)
    await bob.block(ann)
    page = await opened(live_server, app_context, bob)
    await evening.join(cleo)
    look = await evening.join(bob)
    assert (look["started_by"], names(look)) == (None, ["bob", "cleo"])
    assert names(await evening.look(ann)) == ["ann", "cleo"]
    await evening.steer(ann, 1, state="paused", position_seconds=3)
    heard = [(one["kind"], one["data"]) for one in await page.rest()]
    here = [data["people"] for kind, data in heard if kind == "chat.watching_people"]
    assert here[-1] == [bob.id, cleo.id]
    (told,) = [data for kind, data in heard if kind == "chat.watching"]
    assert (told["state"], told["user_id"], told["did"]) == ("paused", None, "paused")


async def test_pages_know_at_once_and_after_an_absence_where_it_stands(
    live_server: LiveServer, ann: Talker, bob: Talker, video: str, app_context: AppContext
) -> None:
    talk = await ann.gather(bob)
    async with app_context.database.write() as session:
        secret = await add_session(session, bob.user)
    page = await live_server.open(secret)
    seq = (await page.next())["seq"]
    evening = await Evening.begin(ann, talk, video)
    commands = [
        {"state": "paused", "position_seconds": 4.5},
        {"state": "playing", "position_seconds": 4.5},
        {"state": "playing", "position_seconds": 60},
        {"state": "playing", "position_seconds": 60, "rate": 2},
    ]
    for version, command in enumerate(commands, 1):
        await evening.steer(ann, version, **command)
    heard = await page.rest()
    steered = [one["data"] for one in heard if one.get("kind") == "chat.watching"]
    assert [one["did"] for one in steered] == ["started", "paused", "played", "sought", "sped"]
    assert [one["version"] for one in steered] == [1, 2, 3, 4, 5]
    assert {one["user_id"] for one in steered} == {ann.id}
    back = await live_server.open(secret, since=seq)
    replayed = [one["data"] for one in await back.rest() if one.get("kind") == "chat.watching"]
    assert replayed == steered
    look = await evening.look(bob)
    assert look is not None
    assert (look["state"], look["rate"], look["version"]) == ("playing", 2, 5)
    moved = datetime.fromisoformat(look["at"]) - datetime.fromisoformat(steered[-1]["at"])
    expected = steered[-1]["position_seconds"] + moved.total_seconds() * 2
    assert look["position_seconds"] == pytest.approx(expected, abs=0.002)


async def test_it_takes_as_many_statements_however_many_are_there(
    talkers: Talkers, ann: Talker, bob: Talker, video: str, statements: list[str]
) -> None:
    others = [await talkers.add(f"guest{number}") for number in range(4)]
    evening = await Evening.begin(ann, await ann.gather(bob, *others), video)

    async def count() -> list[int]:
        counted = []
        for work in (evening.look(bob), evening.join(bob)):
            statements.clear()
            await work
            # Whatever else the process looks after by the clock is not asked for here.
            counted.append(len([one for one in statements if "outbox" not in one]))
        return counted

    await evening.join(bob)
    alone = await count()
    for other in others:
        await evening.join(other)
    assert await count() == alone


async def opened(live_server: LiveServer, app: AppContext, who: Talker) -> Page:
    """Open a page of somebody that has said hello."""
    async with app.database.write() as session:
        secret = await add_session(session, who.user)
    page = await live_server.open(secret)
    await page.next()
    return page
