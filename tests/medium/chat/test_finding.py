"""Finding messages by words, and conversations by names: all that one may see, nothing else."""

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import delete, event, select

from lumenhall.domains.chat import service
from lumenhall.domains.chat.models import MessageWords
from lumenhall.domains.chat.queries import finding
from lumenhall.domains.identity.models import MayWrite
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.medium.chat.conftest import CHAT, Talker, Talkers
from tests.medium.chat.test_who_may import (
    Stage,
    blocked,
    blocking,
    declined,
    declining,
    left,
    never_in,
    pending,
    removed,
)

SEARCH = "/api/chat/search"


async def page(talker: Talker, words: str, **params: Any) -> dict[str, Any]:
    reply = await talker.client.get(SEARCH, params={"q": words} | params)
    assert reply.status_code == 200, reply.text
    found: dict[str, Any] = reply.json()
    return found


async def found(talker: Talker, words: str, **params: Any) -> list[str]:
    """Return what was found, with the words that were asked for in brackets."""
    return [_told(hit) for hit in (await page(talker, words, **params))["items"]]


def _told(hit: dict[str, Any]) -> str:
    parts = hit["parts"]
    return "".join(f"[{one['text']}]" if one["is_match"] else one["text"] for one in parts)


async def named(talker: Talker, words: str) -> list[str]:
    reply = await talker.client.get(f"{SEARCH}/conversations", params={"q": words})
    assert reply.status_code == 200, reply.text
    return [look["name"] or look["person"]["display_name"] for look in reply.json()["items"]]


async def test_words_are_found_in_their_forms_and_while_they_are_typed(
    ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk, "The baked potatoes, con CANCIÓN")
    await bob.say(talk, "Potato salad")
    assert await found(ann, "potato") == ["[Potato] salad", "The baked [potatoes], con CANCIÓN"]
    assert await found(bob, "bake canciones") == ["The [baked] potatoes, con [CANCIÓN]"]
    assert await found(ann, "pota sal") == []
    assert await found(ann, "potato sal") == ["[Potato] [salad]"]
    assert await found(ann, "nothing") == []
    assert await found(ann, "!?") == []


async def test_a_hit_names_its_conversation_and_its_place(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Over the hills")
    group = await bob.gather(ann, name="Walkers")
    await bob.say(group, "Hills again")
    second, first = (await page(ann, "hill"))["items"]
    assert first["conversation"]["person"]["username"] == "bob"
    assert (first["message_id"], first["number"]) == (said["id"], 1)
    assert first["sender"]["username"] == "ann"
    assert (second["conversation"]["name"], second["conversation"]["person"]) == ("Walkers", None)
    assert second["number"] == 2
    assert (await page(bob, "hill"))["items"][1]["conversation"]["person"]["username"] == "ann"
    within = (await page(bob, "hill", conversation_id=group))["items"]
    assert [hit["conversation"]["id"] for hit in within] == [group]


async def test_long_texts_are_shown_from_shortly_before_the_first_word(
    ann: Talker, bob: Talker
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk, f"{'long ' * 100}needle in the hay{' stack' * 100}")
    (shown,) = await found(ann, "needle")
    assert shown.startswith("…long long")
    assert "long [needle] in the hay stack" in shown
    assert shown.endswith("…")
    assert len(shown) < 200


async def test_what_is_changed_is_found_by_its_new_words_only(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Before")
    await ann.client.patch(f"{CHAT}/{talk}/messages/{said['id']}", json={"text": "After"})
    assert await found(bob, "before") == []
    assert await found(bob, "after") == ["[After]"]


async def test_what_is_unsent_has_left_the_index(
    ann: Talker, bob: Talker, app_context: AppContext
) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Regret")
    await ann.client.delete(f"{CHAT}/{talk}/messages/{said['id']}")
    assert (await found(ann, "regret"), await found(bob, "regret")) == ([], [])
    async with app_context.database.read() as session:
        assert (await session.scalars(select(MessageWords))).all() == []


async def test_pages_follow_each_other_without_gaps(ann: Talker, bob: Talker) -> None:
    talk, group = await ann.begin(bob), await ann.gather(bob)
    for number in range(4):
        await ann.say((talk, group)[number % 2], f"Apple {number}")
    first = await page(bob, "apple", limit=3)
    rest = await page(bob, "apple", limit=3, cursor=first["next_cursor"])
    assert [_told(hit) for hit in (*first["items"], *rest["items"])] == [
        f"[Apple] {number}" for number in (3, 2, 1, 0)
    ]
    assert rest["next_cursor"] is None
    wrong = await bob.client.get(SEARCH, params={"q": "apple", "cursor": "what"})
    assert wrong.status_code == 400


@pytest.mark.parametrize(
    "stage", [never_in, left, removed, blocked, blocking, declining], ids=lambda one: one.__name__
)
async def test_who_is_not_to_talk_finds_nothing(talkers: Talkers, stage: Stage) -> None:
    scene = await stage(talkers)
    assert await found(scene.who, "hello") == []
    params = {"q": "hello", "conversation_id": scene.talk}
    refused = await scene.who.client.get(SEARCH, params=params)
    assert (refused.status_code, refused.json()["code"]) == (404, "conversation_unknown")
    assert await named(scene.who, "ann choir") == []
    assert await named(scene.who, "ann") == []
    assert await named(scene.who, "choir") == []


@pytest.mark.parametrize("stage", [pending, declined], ids=lambda one: one.__name__)
async def test_who_asked_finds_what_they_said(talkers: Talkers, stage: Stage) -> None:
    scene = await stage(talkers)
    assert await found(scene.who, "hello") == ["[Hello]"]
    assert await named(scene.who, "ann") == ["Ann"]


async def test_a_request_is_found_once_it_is_accepted(ann: Talker, talkers: Talkers) -> None:
    eve = await talkers.add("eve", MayWrite.NOBODY)
    talk = await ann.begin(eve)
    await ann.say(talk)
    assert (await found(eve, "hello"), await named(eve, "ann")) == ([], [])
    assert await found(eve, "hello", conversation_id=talk) == ["[Hello]"]
    await eve.client.post(f"/api/chat/requests/{talk}/accept")
    assert (await found(eve, "hello"), await named(eve, "ann")) == (["[Hello]"], ["Ann"])


async def test_what_is_off_the_list_is_found_where_it_is_open(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    await bob.say(talk, "Old times")
    await ann.client.delete(f"{CHAT}/{talk}")
    assert (await found(ann, "times"), await named(ann, "bob")) == ([], [])
    assert await found(ann, "times", conversation_id=talk) == ["Old [times]"]
    await bob.say(talk, "New times")
    assert await found(ann, "times") == ["New [times]", "Old [times]"]


async def test_in_groups_nothing_of_the_blocked_is_found(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    await bob.say(group, "Peace")
    await cleo.say(group, "Peace!")
    await ann.block(bob)
    assert await found(ann, "peace") == ["[Peace]!"]
    assert await found(ann, "peace", conversation_id=group) == ["[Peace]!"]
    assert await found(bob, "peace") == ["[Peace]!", "[Peace]"]
    await ann.unblock(bob)
    assert await found(ann, "peace") == ["[Peace]!", "[Peace]"]


async def test_who_comes_back_finds_what_they_can_read_again(ann: Talker, bob: Talker) -> None:
    group = await ann.gather(bob)
    await ann.say(group, "While you were here")
    await bob.client.delete(f"{CHAT}/{group}/participants/{bob.id}")
    await ann.say(group, "While you were away")
    assert await found(bob, "while") == []
    await ann.client.post(f"{CHAT}/{group}/participants", json={"people": [bob.id]})
    assert await found(bob, "while") == ["[While] you were away", "[While] you were here"]


async def test_somebody_in_very_many_conversations_finds_the_same(
    ann: Talker, bob: Talker, cleo: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(finding, "MOST_NAMED", 1)
    await ann.say(await ann.begin(bob), "Common")
    await bob.say(await bob.gather(ann, name="Both"), "Common too")
    await bob.say(await bob.begin(cleo), "Common to others")
    assert await found(ann, "common") == ["[Common] too", "[Common]"]


async def test_no_word_reaches_into_what_the_index_knows_of_conversations(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    talk = await bob.begin(cleo)
    await bob.say(talk, "Secret")
    await ann.begin(bob)
    for words in (f"c{talk.replace('-', '')}", "c", "w", "wsecret"):
        assert await found(ann, words) == []
        assert await found(bob, words) == []


async def test_conversations_are_found_by_their_names(
    ann: Talker, bob: Talker, talkers: Talkers
) -> None:
    jose = await talkers.add("pepe", display_name="José María López")
    await ann.say(await ann.begin(jose))
    await ann.say(await ann.begin(bob))
    await ann.gather(bob, name="Jóse and the choir")
    assert await named(ann, "jose") == ["Jóse and the choir", "José María López"]
    assert await named(ann, "mar jo") == ["José María López"]
    assert await named(ann, "PEPE") == ["José María López"]
    assert await named(ann, "ose") == []
    assert await named(ann, "?") == []


async def test_what_was_said_before_there_was_a_search_is_found_in_its_order(
    ann: Talker, bob: Talker, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await ann.begin(bob)
    start = clock.now()
    for number in range(5):
        with clock.freeze(start + timedelta(seconds=number)):
            said = await ann.say(talk, f"Old {number}")
    await ann.client.delete(f"{CHAT}/{talk}/messages/{said['id']}")
    async with app_context.database.write() as session:
        await session.execute(delete(MessageWords))
    await ann.say(talk, "Old 5")
    monkeypatch.setattr(service.finding, "INDEXED_AT_ONCE", 3)
    for noted in (3, 1, 0):
        async with app_context.database.write() as session:
            assert await service.index_missing(session) == noted
    await ann.say(talk, "Old 6")
    assert await found(bob, "old") == [f"[Old] {number}" for number in (6, 5, 3, 2, 1, 0)]


async def test_a_search_is_a_constant_number_of_statements_and_walks_the_index(
    ann: Talker, bob: Talker, statements: list[str], app_context: AppContext
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk, "One apple")
    engine = app_context.database.engine
    asked: list[tuple[str, Any]] = []

    def note(*arguments: Any) -> None:
        asked.append((arguments[2], arguments[3]))

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    await found(ann, "apple")
    event.remove(engine.sync_engine, "before_cursor_execute", note)
    before = len(asked)
    await ann.say(talk, "Two apples")
    await ann.say(await ann.gather(bob), "Three apples")
    statements.clear()
    assert len(await found(ann, "apple")) == 3
    assert len(statements) == before
    statement, parameters = next(one for one in asked if "message_words" in one[0])
    async with engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            # The planner would rather read so small a table whole.
            await connection.exec_driver_sql("SET enable_seqscan = off")
            plan = await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)
            assert re.search("ix_message_words_(words|conversation_id)", str(plan.all()))
        else:
            plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            steps = [row.detail for row in plan]
            assert "message_index VIRTUAL TABLE" in steps[0]
            assert not any(step.startswith("SCAN") for step in steps[1:])
            assert not any("TEMP B-TREE" in step for step in steps)
