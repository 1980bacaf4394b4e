"""What holds for two who do something in a conversation at the same instant."""

import asyncio
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.schemas import NewMessage
from lumenhall.domains.chat.service import attaching
from lumenhall.domains.identity.models import MayWrite, Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.kit.ids import new_id
from tests.medium.chat.conftest import CHAT, Talker, Talkers
from tests.medium.chat.test_who_may import picture

SECONDS_TO_GET_IN_LINE = 0.2


async def in_line(
    talkers: Talkers, talk: str, *deeds: Coroutine[Any, Any, httpx.Response]
) -> list[httpx.Response]:
    """Do things that have all begun before the first of them gets at the conversation."""
    begun: list[asyncio.Task[httpx.Response]] = []
    async with talkers.app.database.write() as session:
        await queries.lock_conversation(session, UUID(talk))
        for deed in deeds:
            begun.append(asyncio.create_task(deed))
            await asyncio.sleep(SECONDS_TO_GET_IN_LINE)
    return await asyncio.gather(*begun)


async def test_a_request_is_one_message(talkers: Talkers, ann: Talker) -> None:
    shy = await talkers.add("shy", MayWrite.NOBODY)
    talk = await ann.begin(shy)
    replies = await in_line(talkers, talk, *(ann.try_to_say(talk, f"{n}") for n in range(3)))
    assert [reply.status_code for reply in replies] == [201, 403, 403]
    assert len(await shy.hear(talk)) == 1


async def test_who_is_removed_says_nothing_after_that(
    talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    group = await ann.gather(bob)
    removing = ann.client.delete(f"{CHAT}/{group}/participants/{bob.id}")
    replies = await in_line(talkers, group, removing, bob.try_to_say(group))
    assert [reply.status_code for reply in replies] == [204, 404]
    assert (await ann.hear(group))[0]["system"]["action"] == "removed"


async def test_what_is_read_stays_read(talkers: Talkers, ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    for _ in range(3):
        await ann.say(talk)
    replies = await in_line(talkers, talk, bob.read(talk, 3), bob.read(talk, 1))
    assert [reply.json()["number"] for reply in replies] == [3, 3]
    assert (await bob.look(talk))["unread_count"] == 0


async def test_of_two_admins_who_demote_each_other_one_remains(
    talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    group = await ann.gather(bob)
    address = f"{CHAT}/{group}/participants"
    await ann.client.patch(f"{address}/{bob.id}", json={"role": "admin"})
    demoting = (
        one.client.patch(f"{address}/{other.id}", json={"role": "member"})
        for one, other in ((bob, ann), (ann, bob))
    )
    replies = await in_line(talkers, group, *demoting)
    assert [reply.status_code for reply in replies] == [200, 403]
    assert (await bob.look(group))["my_role"] == "admin"


async def test_of_an_answer_and_a_decline_the_first_counts(talkers: Talkers, ann: Talker) -> None:
    shy = await talkers.add("shy", MayWrite.NOBODY)
    talk = await ann.begin(shy)
    await ann.say(talk)
    declining = shy.client.post(f"/api/chat/requests/{talk}/decline")
    replies = await in_line(talkers, talk, shy.try_to_say(talk), declining)
    assert [reply.status_code for reply in replies] == [201, 404]
    assert (await shy.look(talk))["request"] is None


async def attach(who: Talker, talk: str) -> str:
    files = {"file": ("a.png", picture())}
    reply = await who.client.post(f"{CHAT}/{talk}/pictures", files=files)
    return str(reply.json()["id"])


async def test_what_is_being_thrown_away_does_not_go_along(
    talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    media = await attach(ann, talk)
    async with talkers.app.database.write() as session:
        await service.discard_own(session, Actor(ann.user.id, Role.MEMBER), UUID(media))
        sending = asyncio.create_task(ann.try_to_say(talk, media_ids=[media]))
        await asyncio.sleep(SECONDS_TO_GET_IN_LINE)
    assert (await sending).json()["code"] == "attachment_unknown"


async def test_what_is_being_sent_is_not_swept_away(
    monkeypatch: pytest.MonkeyPatch, talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    monkeypatch.setattr(attaching, "KEPT_UNSENT", timedelta(0))
    talk, app = await ann.begin(bob), talkers.app
    media = await attach(ann, talk)
    new = NewMessage(client_id=new_id(), media_ids=[UUID(media)])
    async with app.database.write() as session:
        await service.send_message(session, app, Actor(ann.user.id, Role.MEMBER), UUID(talk), new)
        sweeping = asyncio.create_task(service.discard_unsent(app))
        await asyncio.sleep(SECONDS_TO_GET_IN_LINE)
    assert await sweeping == 0
    assert (await bob.client.get(f"/api/chat/media/{media}")).status_code == 200
