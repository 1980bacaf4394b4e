"""Messages that moderators should look at: shown as ever, and to them."""

from typing import Any

import pytest

from lumenhall.domains.chat.service.wording import holds
from lumenhall.domains.identity.models import Role
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from tests.medium.chat.conftest import CHAT, Talker, Talkers

FLAGGED = "/api/moderation/flagged-messages"


@pytest.fixture(autouse=True)
async def listed(app_context: AppContext) -> None:
    async with app_context.database.write() as session:
        await options.change(session, None, moderation_words=["drat", "blast*"])


@pytest.fixture
async def moderator(talkers: Talkers) -> Talker:
    return await talkers.add("mona", role=Role.MODERATOR)


async def flagged(talker: Talker, **params: Any) -> list[dict[str, Any]]:
    reply = await talker.client.get(FLAGGED, params=params)
    assert reply.status_code == 200, reply.text
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


async def test_moderators_see_what_is_flagged_and_nothing_else(
    ann: Talker, bob: Talker, moderator: Talker
) -> None:
    talk = await ann.begin(bob)
    await ann.say(talk, "A secret")
    said = await ann.say(talk, "Drát it")
    (one,) = await flagged(moderator)
    assert (one["id"], one["text"], one["number"]) == (said["id"], "Drát it", 2)
    assert (one["sender"]["username"], one["conversation_type"]) == ("ann", "direct")
    assert one["conversation_id"] is None
    assert "flagged" not in said
    assert [message["text"] for message in await bob.hear(talk)] == ["Drát it", "A secret"]
    for address in (f"{CHAT}/{talk}", f"{CHAT}/{talk}/messages/{said['id']}"):
        assert (await moderator.client.get(address)).status_code == 404


async def test_a_moderator_who_takes_part_can_open_the_conversation(
    ann: Talker, moderator: Talker
) -> None:
    group = await ann.gather(moderator)
    await ann.say(group, "Blasted thing")
    assert [one["conversation_id"] for one in await flagged(moderator)] == [group]
    await moderator.block(ann)
    assert [one["conversation_id"] for one in await flagged(moderator)] == [None]


async def test_a_flag_follows_the_words(ann: Talker, bob: Talker, moderator: Talker) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Dear me")
    address = f"{CHAT}/{talk}/messages/{said['id']}"
    assert await flagged(moderator) == []
    await ann.client.patch(address, json={"text": "Drat me"})
    assert [one["text"] for one in await flagged(moderator)] == ["Drat me"]
    await ann.client.patch(address, json={"text": "Bless me"})
    assert await flagged(moderator) == []
    await ann.client.patch(address, json={"text": "Drat"})
    await ann.client.delete(address)
    assert await flagged(moderator) == []


async def test_a_dismissed_flag_is_gone_and_written_down(
    ann: Talker, bob: Talker, moderator: Talker, talkers: Talkers
) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Drat")
    address = f"{FLAGGED}/{said['id']}/dismiss"
    assert (await moderator.client.post(address)).status_code == 204
    assert await flagged(moderator) == []
    assert (await moderator.client.post(address)).json()["code"] == "message_unknown"
    assert [message["text"] for message in await bob.hear(talk)] == ["Drat"]
    admin = await talkers.add("ada", role=Role.ADMIN)
    (entry, *_) = (await admin.client.get("/api/admin/audit-log")).json()["items"]
    assert (entry["action"], entry["target_id"]) == ("message.dismissed", said["id"])
    assert entry["detail"] == {"name": "Ann"}


async def test_a_removed_message_is_unsent_for_everyone_and_written_down(
    ann: Talker, bob: Talker, moderator: Talker, talkers: Talkers
) -> None:
    talk = await ann.begin(bob)
    said = await ann.say(talk, "Drat @bob")
    assert (await moderator.client.post(f"{FLAGGED}/{said['id']}/remove")).status_code == 204
    (left,) = await bob.hear(talk)
    assert (left["text"], left["is_unsent"]) == ("", True)
    assert (await bob.look(talk))["mentions"] == []
    found = await bob.client.get("/api/chat/search", params={"q": "drat"})
    assert found.json()["items"] == []
    admin = await talkers.add("ada", role=Role.ADMIN)
    (entry, *_) = (await admin.client.get("/api/admin/audit-log")).json()["items"]
    assert (entry["action"], entry["detail"]) == ("message.removed", {"name": "Ann"})


async def test_only_moderators_and_only_what_is_flagged(
    ann: Talker, bob: Talker, moderator: Talker
) -> None:
    talk = await ann.begin(bob)
    fine, bad = await ann.say(talk, "Fine"), await ann.say(talk, "Drat")
    for action in ("dismiss", "remove"):
        refused = await ann.client.post(f"{FLAGGED}/{bad['id']}/{action}")
        assert (refused.status_code, refused.json()["code"]) == (403, "moderators_only")
        unknown = await moderator.client.post(f"{FLAGGED}/{fine['id']}/{action}")
        assert (unknown.status_code, unknown.json()["code"]) == (404, "message_unknown")
    assert (await ann.client.get(FLAGGED)).json()["code"] == "moderators_only"


async def test_flagged_messages_come_in_pages(ann: Talker, bob: Talker, moderator: Talker) -> None:
    talk = await ann.begin(bob)
    for number in range(3):
        await ann.say(talk, f"Drat {number}")
    first = (await moderator.client.get(FLAGGED, params={"limit": 2})).json()
    rest = await flagged(moderator, limit=2, cursor=first["next_cursor"])
    assert [one["text"] for one in (*first["items"], *rest)] == ["Drat 2", "Drat 1", "Drat 0"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What the heck", True),
        ("HÉCK!", True),
        ("Check", False),
        ("hecks", False),
        ("Oh, bother them", True),
        ("bothersome", True),
        ("to bother", True),
        ("a silly, old sausage", True),
        ("old silly sausage", False),
        ("", False),
    ],
)
def test_words_are_known_whole_by_their_beginning_and_in_company(
    text: str, *, expected: bool
) -> None:
    assert holds(text, ("Heck", "bother*", "silly old", "!?", "*")) is expected
