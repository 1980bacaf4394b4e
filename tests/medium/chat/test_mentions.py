"""Whom messages name: told at once and later, counted apart, and exact after every change."""

from sqlalchemy import select

from lumenhall.domains.chat.models import MessageMention
from lumenhall.platform.context import AppContext
from lumenhall.platform.realtime.models import LiveEvent, LiveRecipient
from tests.medium.chat.conftest import CHAT, Talker


async def mentions(talker: Talker, talk: str) -> list[int]:
    found: list[int] = (await talker.look(talk))["mentions"]
    listed = [entry["mentions"] for entry in await talker.list() if entry["id"] == talk]
    assert listed in ([found], [])
    return found


async def waiting(talker: Talker) -> tuple[int, int]:
    """Return in how many conversations something is new, and in how many for this person."""
    total = (await talker.client.get("/api/chat/unread")).json()
    return total["conversations"], total["mentions"]


async def told(app: AppContext, talker: Talker) -> list[tuple[int, bool]]:
    async with app.database.read() as session:
        events = await session.scalars(
            select(LiveEvent)
            .join(LiveRecipient, LiveRecipient.event_id == LiveEvent.id)
            .where(LiveRecipient.user_id == talker.user.id, LiveEvent.kind == "chat.mentioned")
            .order_by(LiveRecipient.seq)
        )
        return [(one.data["number"], one.data["is_mentioned"]) for one in events]


async def test_who_is_named_is_told_and_sees_where(
    ann: Talker, bob: Talker, cleo: Talker, app_context: AppContext
) -> None:
    group = await ann.gather(bob, cleo)
    await ann.say(group, "Hello all")
    await ann.say(group, "And @Bob. Also someone@cleo")
    await cleo.say(group, "@bob, @bob!")
    assert await mentions(bob, group) == [3, 4]
    assert await mentions(cleo, group) == []
    assert (await waiting(bob), await waiting(cleo)) == ((1, 1), (0, 0))
    assert await told(app_context, bob) == [(3, True), (4, True)]
    await bob.read(group, 3)
    assert (await mentions(bob, group), await waiting(bob)) == ([4], (1, 1))
    await bob.read(group, 4)
    assert (await mentions(bob, group), await waiting(bob)) == ([], (0, 0))


async def test_a_mention_counts_where_the_conversation_is_muted(ann: Talker, bob: Talker) -> None:
    group = await ann.gather(bob)
    await bob.read(group, 1)
    await bob.client.patch(f"{CHAT}/{group}", json={"is_muted": True})
    await ann.say(group, "Just so")
    assert await waiting(bob) == (0, 0)
    await ann.say(group, "@bob?")
    assert await waiting(bob) == (1, 1)
    await bob.say(group, "Yes")
    assert await waiting(bob) == (0, 0)


async def test_a_change_of_words_names_others(
    ann: Talker, bob: Talker, cleo: Talker, app_context: AppContext
) -> None:
    group = await ann.gather(bob, cleo)
    said = await ann.say(group, "@bob look")
    address = f"{CHAT}/{group}/messages/{said['id']}"
    await ann.client.patch(address, json={"text": "@cleo look"})
    assert (await mentions(bob, group), await mentions(cleo, group)) == ([], [2])
    assert await told(app_context, bob) == [(2, True), (2, False)]
    assert await told(app_context, cleo) == [(2, True)]
    await ann.client.patch(address, json={"text": "@cleo look here"})
    assert await told(app_context, cleo) == [(2, True)]
    await ann.client.delete(address)
    assert await mentions(cleo, group) == []
    assert await told(app_context, cleo) == [(2, True), (2, False)]
    async with app_context.database.read() as session:
        assert (await session.scalars(select(MessageMention))).all() == []


async def test_who_does_not_hear_it_is_not_named(
    ann: Talker, bob: Talker, cleo: Talker, app_context: AppContext
) -> None:
    group = await ann.gather(bob, cleo)
    await bob.client.delete(f"{CHAT}/{group}/participants/{bob.id}")
    await cleo.block(ann)
    await ann.say(group, "@ann @bob @cleo @nobody")
    for one in (ann, bob, cleo):
        assert await told(app_context, one) == []
    assert await mentions(ann, group) == []
    await cleo.unblock(ann)
    assert await mentions(cleo, group) == []


async def test_what_the_blocked_have_said_names_nobody_while_they_are(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    await bob.read(group, 1)
    await ann.say(group, "@bob!")
    await bob.block(ann)
    assert (await mentions(bob, group), await waiting(bob)) == ([], (0, 0))
    await bob.unblock(ann)
    assert (await mentions(bob, group), await waiting(bob)) == ([2], (1, 1))


async def test_who_comes_back_to_a_group_begins_afresh(ann: Talker, bob: Talker) -> None:
    group = await ann.gather(bob)
    await ann.say(group, "@bob!")
    await bob.client.delete(f"{CHAT}/{group}/participants/{bob.id}")
    assert await waiting(bob) == (0, 0)
    await ann.client.post(f"{CHAT}/{group}/participants", json={"people": [bob.id]})
    assert await mentions(bob, group) == []


async def test_sending_takes_as_many_statements_however_many_are_named(
    ann: Talker, bob: Talker, cleo: Talker, statements: list[str]
) -> None:
    async def cost(text: str) -> int:
        statements.clear()
        await ann.say(group, text)
        return len(statements)

    group = await ann.gather(bob, cleo)
    assert await cost("@bob") == await cost("@bob @cleo @nobody @ann")
