"""Messages over HTTP: what they hold, how they are changed and taken back."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from lumenhall.domains.chat.service import writing
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit
from tests.factories.videos import add_video
from tests.medium.chat.conftest import CHAT, Talker, Talkers


async def test_messages_page_in_both_directions(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    for number in range(1, 11):
        await ann.say(talk, str(number))
    address = f"{CHAT}/{talk}/messages"
    first = (await bob.client.get(address, params={"limit": 4})).json()
    assert [one["number"] for one in first["items"]] == [10, 9, 8, 7]
    following = {"limit": 4, "cursor": first["next_cursor"]}
    second = (await bob.client.get(address, params=following)).json()
    assert [one["number"] for one in second["items"]] == [6, 5, 4, 3]
    assert (second["has_newer"], second["last_number"]) == (True, 10)
    assert [one["number"] for one in await bob.hear(talk, after=8)] == [10, 9]
    around = (await bob.client.get(address, params={"around": 5, "limit": 4})).json()
    assert [one["number"] for one in around["items"]] == [7, 6, 5, 4]
    assert around["next_cursor"] is not None
    assert (await bob.client.get(address, params={"cursor": "nonsense"})).status_code == 400


async def test_an_answer_shows_what_it_answers(ann: Talker, bob: Talker, cleo: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Where?")
    answer = await bob.say(talk, "Here", reply_to_id=said["id"])
    assert answer["reply_to"]["text"] == "Where?"
    elsewhere = await ann.begin(cleo)
    refused = await ann.try_to_say(elsewhere, reply_to_id=said["id"])
    assert (refused.status_code, refused.json()["code"]) == (400, "reply_unknown")


async def test_a_shared_video_has_its_card_for_who_may_see_it(
    talkers: Talkers, ann: Talker, bob: Talker
) -> None:
    async with talkers.app.database.write() as session:
        video = await add_video(session, ann.user, "Lights")
        draft = await add_video(session, ann.user, "Draft", published=False)
    talk = await ann.begin(bob)
    shared: dict[str, Any] = {"shared_video_id": str(video.id), "shared_moment_seconds": 42}
    said = await ann.say(talk, "", **shared)
    assert said["type"] == "shared_video"
    (seen,) = await bob.hear(talk)
    card = seen["shared_video"]
    assert (card["title"], card["duration_seconds"], card["moment_seconds"]) == ("Lights", 100, 42)
    for unknown in (str(draft.id), str(uuid4())):
        refused = await ann.try_to_say(talk, shared_video_id=unknown)
        assert (refused.status_code, refused.json()["code"]) == (400, "shared_video_unknown")
    beyond = shared | {"shared_moment_seconds": 101}
    assert (await ann.try_to_say(talk, **beyond)).json()["code"] == "moment_beyond_end"
    async with talkers.app.database.write() as session:
        (await session.get_one(type(video), video.id)).published = False
    (seen,) = await bob.hear(talk)
    assert seen["shared_video"] is None
    assert (await ann.client.delete(f"/api/videos/{video.id}")).status_code == 204
    assert [one["number"] for one in await bob.hear(talk)] == [1]


async def test_what_is_unsent_is_gone_but_its_number(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Secret")
    await bob.say(talk, "What?", reply_to_id=said["id"])
    address = f"{CHAT}/{talk}/messages/{said['id']}"
    assert (await bob.client.delete(address)).json()["code"] == "not_your_message"
    for _ in range(2):
        assert (await ann.client.delete(address)).status_code == 204
    answer, stub = await bob.hear(talk)
    assert (stub["is_unsent"], stub["text"], stub["number"]) == (True, "", 1)
    assert (answer["reply_to"]["is_unsent"], answer["reply_to"]["text"]) == (True, "")
    assert (await ann.client.patch(address, json={"text": "x"})).json()["code"] == "message_unsent"


async def test_a_message_can_be_changed_for_15_minutes(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Helo")
    address = f"{CHAT}/{talk}/messages/{said['id']}"
    assert (await bob.client.patch(address, json={"text": "x"})).status_code == 403
    changed = (await ann.client.patch(address, json={"text": "Hello"})).json()
    assert (changed["text"], changed["edited_at"] is not None) == ("Hello", True)
    with clock.freeze(clock.now() + timedelta(minutes=16)):
        late = await ann.client.patch(address, json={"text": "Never"})
    assert (late.status_code, late.json()["code"]) == (403, "message_too_old")


async def test_everybody_has_one_reaction_to_a_message(ann: Talker, bob: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk)
    address = f"{CHAT}/{talk}/messages/{said['id']}/reaction"
    for kind, counts in (("love", {"love": 1}), ("love", {"love": 1}), ("wow", {"wow": 1})):
        now = (await bob.client.put(address, json={"type": kind})).json()
        assert now == {"reaction_counts": counts, "my_reaction": kind}
    (seen,) = await ann.hear(talk)
    assert (seen["reaction_counts"], seen["my_reaction"]) == ({"wow": 1}, None)
    assert (await bob.client.put(address, json={"type": None})).json()["reaction_counts"] == {}


async def test_thirty_messages_a_minute_are_enough(
    monkeypatch: pytest.MonkeyPatch, ann: Talker, bob: Talker
) -> None:
    monkeypatch.setattr(writing, "PER_CONVERSATION", Limit("few", 2, 60))
    talk = await ann.begin(bob)
    await ann.say(talk)
    await ann.say(talk)
    refused = await ann.try_to_say(talk)
    assert (refused.status_code, refused.json()["code"]) == (429, "too_many_messages")
    assert int(refused.headers["retry-after"]) > 0
    await bob.say(talk)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 422),
        ({"text": "x" * 5001}, 422),
        ({"text": "x" * 5000}, 201),
        ({"text": "x", "client_id": "no"}, 422),
        ({"text": "x", "shared_moment_seconds": -1}, 422),
    ],
)
async def test_what_is_no_message_is_refused(
    ann: Talker, bob: Talker, body: dict[str, Any], status: int
) -> None:
    talk = await ann.begin(bob)
    reply = await ann.try_to_say(talk, **{"text": "", **body})
    assert reply.status_code == status
