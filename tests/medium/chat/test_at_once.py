"""What holds for two who do something in a conversation at the same instant."""

import asyncio
from collections.abc import Coroutine
from typing import Any
from uuid import UUID

import httpx

from lumenhall.domains.chat import queries
from lumenhall.domains.identity.models import MayWrite
from tests.medium.chat.conftest import CHAT, Talker, Talkers

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
