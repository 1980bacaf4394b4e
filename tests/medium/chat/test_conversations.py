"""Conversations over HTTP, on both engines."""

import asyncio
from uuid import uuid4

import pytest

from lumenhall.domains.chat.service import groups, starting
from lumenhall.domains.identity.models import MayWrite, Role
from tests.factories.people import add_person
from tests.medium.chat.conftest import CHAT, Talker, Talkers


async def test_two_who_start_at_once_have_one_conversation(ann: Talker, bob: Talker) -> None:
    begun = await asyncio.gather(*(one.begin(other) for one, other in [(ann, bob), (bob, ann)] * 5))
    assert len(set(begun)) == 1


async def test_what_is_said_is_there_for_both_and_new_for_one(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    assert await ann.list() == await bob.list() == []
    text = "  <b>Look</b> at 'this'; DROP TABLE messages -- 🏔 שלום "
    said = await ann.say(talk, text)
    assert (said["number"], said["text"]) == (1, text.strip())
    (seen,) = await bob.hear(talk)
    assert seen == said
    (mine,), (theirs,) = await ann.list(), await bob.list()
    assert (mine["unread_count"], theirs["unread_count"]) == (0, 1)
    assert theirs["person"]["username"] == "ann"
    assert theirs["last_message"]["text"] == text.strip()
    assert (await bob.client.get("/api/chat/unread")).json() == {
        "conversations": 1,
        "mentions": 0,
        "requests": 0,
    }


async def test_reading_is_explicit_and_only_goes_on(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    for _ in range(3):
        await ann.say(talk)
    await bob.hear(talk)
    assert (await bob.look(talk))["unread_count"] == 3
    for number, stands in ((2, 2), (1, 2), (99, 3)):
        assert (await bob.read(talk, number)).json() == {"number": stands}
    assert (await bob.look(talk))["unread_count"] == 0
    marks = {one["person"]["username"]: one for one in (await ann.look(talk))["participants"]}
    assert (marks["bob"]["read_number"], marks["bob"]["delivered_number"]) == (3, 3)


async def test_the_same_message_ten_times_at_once_is_one(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    client_id = str(uuid4())
    replies = await asyncio.gather(*(ann.say(talk, client_id=client_id) for _ in range(10)))
    assert {reply["number"] for reply in replies} == {1}
    assert len(await bob.hear(talk)) == 1
    other = await ann.gather(bob)
    refused = await ann.try_to_say(other, client_id=client_id)
    assert refused.json()["code"] == "client_id_used"


async def test_numbers_have_no_gaps_whoever_talks_at_once(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    await asyncio.gather(*(one.say(group, f"{n}") for n in range(8) for one in (ann, bob, cleo)))
    numbers = [message["number"] for message in await bob.hear(group, limit=100)]
    assert numbers == list(range(25, 0, -1))


async def test_a_hidden_conversation_comes_back_with_the_next_message(
    ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk, "one")
    assert (await bob.client.delete(f"{CHAT}/{talk}")).status_code == 204
    assert await bob.list() == []
    await ann.say(talk, "two")
    (back,) = await bob.list()
    assert back["unread_count"] == 1
    assert [one["text"] for one in await bob.hear(talk)] == ["two", "one"]


async def test_pinned_ones_come_first(ann: Talker, bob: Talker, cleo: Talker) -> None:
    first, second = await ann.begin(bob), await ann.begin(cleo)
    await ann.say(first)
    await ann.say(second)
    assert [one["id"] for one in await ann.list()] == [second, first]
    await ann.client.patch(f"{CHAT}/{first}", json={"is_pinned": True, "is_muted": True})
    assert [one["id"] for one in await ann.list()] == [first, second]
    page = (await ann.client.get(CHAT, params={"limit": 1})).json()
    following = {"limit": 1, "cursor": page["next_cursor"]}
    assert [
        one["id"] for one in (await ann.client.get(CHAT, params=following)).json()["items"]
    ] == [second]
    await bob.say(first)
    assert (await ann.client.get("/api/chat/unread")).json()["conversations"] == 0


async def test_who_left_knows_nothing_and_no_message_brings_them_back(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    await bob.say(group, "Before")
    assert (await bob.client.delete(f"{CHAT}/{group}/participants/{bob.id}")).status_code == 204
    await ann.say(group, "After")
    assert await bob.list() == []
    for method, path in (
        ("GET", ""),
        ("GET", "/messages"),
        ("DELETE", ""),
    ):
        reply = await bob.client.request(method, f"{CHAT}/{group}{path}")
        assert (reply.status_code, reply.json()["code"]) == (404, "conversation_unknown")
    assert (await bob.try_to_say(group)).status_code == 404
    again = await ann.client.post(f"{CHAT}/{group}/participants", json={"people": [bob.id]})
    assert again.status_code == 200
    (entry,) = await bob.list()
    assert entry["unread_count"] == 1


async def test_only_admins_of_a_group_change_it_and_there_is_always_one(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob)
    address = f"{CHAT}/{group}"
    for method, path, body in (
        ("PATCH", "", {"name": "Mine"}),
        ("POST", "/participants", {"people": [cleo.id]}),
        ("PATCH", f"/participants/{bob.id}", {"role": "admin"}),
    ):
        reply = await bob.client.request(method, address + path, json=body)
        assert (reply.status_code, reply.json()["code"]) == (403, "not_group_admin")
    refused = await bob.client.delete(f"{address}/participants/{ann.id}")
    assert refused.json()["code"] == "not_group_admin"
    named = await ann.client.patch(address, json={"name": "Choir"})
    assert named.json()["name"] == "Choir"
    assert (await ann.client.delete(f"{address}/participants/{ann.id}")).status_code == 204
    assert (await bob.look(group))["my_role"] == "admin"
    said = [one["system"]["action"] for one in await bob.hear(group)]
    assert said == ["left", "renamed", "created"]


async def test_a_group_has_room_for_so_many(
    monkeypatch: pytest.MonkeyPatch, ann: Talker, bob: Talker, cleo: Talker
) -> None:
    for module in (groups, starting):
        monkeypatch.setattr(module, "MOST_PARTICIPANTS", 2)
    group = await ann.gather(bob)
    full = await ann.client.post(f"{CHAT}/{group}/participants", json={"people": [cleo.id]})
    assert (full.status_code, full.json()["code"]) == (409, "group_full")
    body = {"type": "group", "name": "Too many", "people": [bob.id, cleo.id]}
    assert (await ann.client.post(CHAT, json=body)).json()["code"] == "group_full"


async def test_the_last_place_of_a_group_goes_to_one_of_two_who_are_added_at_once(
    talkers: Talkers, ann: Talker
) -> None:
    async with talkers.app.database.write() as session:
        crowd = [await add_person(session, f"member{number}") for number in range(256)]
    ids = [str(one.id) for one in crowd]
    body = {"type": "group", "name": "Everybody", "people": ids[:254]}
    group = (await ann.client.post(CHAT, json=body)).json()["id"]
    address = f"{CHAT}/{group}/participants"
    replies = await asyncio.gather(
        *(ann.client.post(address, json={"people": [one]}) for one in ids[254:])
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409]
    assert (await ann.look(group))["participant_count"] == 256
    again = await ann.client.post(address, json={"people": ids[254:]})
    assert again.json()["code"] == "group_full"


@pytest.mark.parametrize(
    ("may_write", "follows", "is_asked"),
    [
        (MayWrite.EVERYONE, "", False),
        (MayWrite.FOLLOWERS, "", True),
        (MayWrite.FOLLOWERS, "a", False),
        (MayWrite.MUTUAL, "a", True),
        (MayWrite.MUTUAL, "b", True),
        (MayWrite.MUTUAL, "ab", False),
        (MayWrite.NOBODY, "ab", True),
    ],
)
async def test_who_may_write_at_once(
    talkers: Talkers, ann: Talker, may_write: MayWrite, follows: str, is_asked: bool
) -> None:
    dan = await talkers.add("dan", may_write)
    if "a" in follows:
        await ann.client.put("/api/people/dan/follow")
    if "b" in follows:
        await dan.client.put("/api/people/ann/follow")
    talk = await ann.begin(dan)
    await ann.say(talk)
    assert (await ann.try_to_say(talk)).status_code == (403 if is_asked else 201)
    assert len(await dan.list("requests")) == int(is_asked)
    assert len(await dan.list()) == int(not is_asked)
    boss = await talkers.add("boss", role=Role.ADMIN)
    await boss.say(await boss.begin(dan))
    assert "boss" in {one["person"]["username"] for one in await dan.list()}


async def test_a_request_is_accepted_by_word_or_by_an_answer(
    talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    dan = await talkers.add("dan", MayWrite.NOBODY)
    first, second = await ann.begin(dan), await bob.begin(dan)
    await ann.say(first)
    await bob.say(second)
    assert (await ann.look(first))["request"] == "outgoing"
    await dan.read(first, 1)
    marks = {one["person"]["username"]: one for one in (await ann.look(first))["participants"]}
    assert marks["dan"]["read_number"] is None
    assert (await ann.look(first))["is_online"] is None
    assert (await dan.client.post(f"/api/chat/requests/{first}/accept")).status_code == 204
    await dan.say(second, "Yes?")
    for one, talk in ((ann, first), (bob, second)):
        await one.say(talk, "Thank you")
    assert len(await dan.list()) == 2
    assert await dan.list("requests") == []
    again = await dan.client.post(f"/api/chat/requests/{first}/accept")
    assert again.json()["code"] == "request_unknown"


async def test_who_asked_last_comes_first_page_by_page(
    talkers: Talkers, ann: Talker, bob: Talker, cleo: Talker
) -> None:
    shy = await talkers.add("shy", MayWrite.NOBODY)
    asking = [ann, bob, cleo]
    talks = [await one.begin(shy) for one in asking]
    for place in (2, 0, 1):
        await asking[place].say(talks[place])
    listed, params = [], {"limit": "2"}
    for _ in range(2):
        page = (await shy.client.get("/api/chat/requests", params=params)).json()
        listed += [one["id"] for one in page["items"]]
        params["cursor"] = page["next_cursor"]
    assert listed == [talks[1], talks[0], talks[2]]


async def test_a_decline_is_silent_and_final(talkers: Talkers, ann: Talker) -> None:
    dan = await talkers.add("dan", MayWrite.NOBODY)
    talk = await ann.begin(dan)
    await ann.say(talk)
    assert (await dan.client.post(f"/api/chat/requests/{talk}/decline")).status_code == 204
    refused = await ann.try_to_say(talk)
    assert refused.json()["code"] == "request_pending"
    assert (await ann.look(talk))["request"] == "outgoing"
    assert await dan.list("requests") == await dan.list() == []
    assert (await dan.client.get(f"{CHAT}/{talk}")).status_code == 404
    assert await ann.begin(dan) == talk
    declined = await dan.client.post(CHAT, json={"type": "direct", "people": [ann.id]})
    assert declined.json()["code"] == "request_declined"


async def test_who_asked_and_waits_does_not_bring_the_other_into_a_group(
    talkers: Talkers, ann: Talker
) -> None:
    shy = await talkers.add("shy", MayWrite.NOBODY)
    talk, group = await ann.begin(shy), await ann.gather()
    await ann.say(talk)
    body = {"type": "group", "name": "By the way", "people": [shy.id]}
    tries = [(CHAT, body), (f"{CHAT}/{group}/participants", {"people": [shy.id]})]
    for answer in ("", "decline"):
        if answer:
            await shy.client.post(f"/api/chat/requests/{talk}/{answer}")
        for address, asked in tries:
            reply = await ann.client.post(address, json=asked)
            assert (reply.status_code, reply.json()["code"]) == (403, "request_pending")
    assert await shy.list() == []


async def test_a_block_ends_a_direct_conversation_until_it_is_lifted(
    ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk)
    await bob.block(ann)
    for one, other in ((ann, bob), (bob, ann)):
        assert await one.list() == []
        assert (await one.try_to_say(talk)).status_code == 404
        new = await one.client.post(CHAT, json={"type": "direct", "people": [other.id]})
        assert (new.status_code, new.json()["code"]) == (403, "person_blocked")
        grouped = {"type": "group", "name": "Both", "people": [other.id]}
        assert (await one.client.post(CHAT, json=grouped)).json()["code"] == "person_blocked"
    await bob.unblock(ann)
    assert [one["text"] for one in await bob.hear(talk)] == ["Hello"]


async def test_in_a_group_the_blocked_are_not_heard(ann: Talker, bob: Talker, cleo: Talker) -> None:
    group = await ann.gather(bob, cleo)
    await ann.read(group, 1)
    await bob.read(group, 1)
    said = await bob.say(group, "From Bob")
    await cleo.say(group, "Oh, Bob", reply_to_id=said["id"])
    await ann.block(bob)
    heard = await ann.hear(group)
    assert [one["text"] for one in heard if one["type"] == "text"] == ["Oh, Bob"]
    assert heard[0]["reply_to"] is None
    assert (await ann.look(group))["unread_count"] == 1
    address = f"{CHAT}/{group}/messages/{said['id']}"
    assert (await ann.client.get(address)).status_code == 404
    reaction = await ann.client.put(f"{address}/reaction", json={"type": "like"})
    assert (reaction.status_code, reaction.json()["code"]) == (404, "message_unknown")
    answer = await ann.try_to_say(group, reply_to_id=said["id"])
    assert (answer.status_code, answer.json()["code"]) == (400, "reply_unknown")
    await bob.say(group, "Bob again")
    (mine,) = [one for one in await ann.list() if one["id"] == group]
    assert (mine["last_message"]["text"], mine["unread_count"]) == ("Oh, Bob", 1)
    assert len(await cleo.hear(group)) == 4


async def test_lists_take_as_many_statements_however_long_they_are(
    ann: Talker, bob: Talker, talkers: Talkers, statements: list[str]
) -> None:
    async def cost(path: str) -> int:
        statements.clear()
        assert (await ann.client.get(path)).status_code == 200
        return len(statements)

    async def costs() -> list[int]:
        return [await cost(path) for path in (CHAT, f"{CHAT}/{talk}/messages", "/api/chat/unread")]

    talk = await ann.begin(bob)
    first = await bob.say(talk)
    await ann.say(talk, reply_to_id=first["id"])
    await ann.client.put(f"{CHAT}/{talk}/messages/{first['id']}/reaction", json={"type": "like"})
    before = await costs()
    for number in range(5):
        other = await talkers.add(f"other{number}")
        await other.say(await other.begin(ann))
        await bob.say(talk, reply_to_id=first["id"])
    assert await costs() == before
    assert before == [7, 5, 3]
