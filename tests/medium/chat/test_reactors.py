"""Who reacted to a message, on both engines."""

from typing import Any

from tests.medium.chat.conftest import CHAT, Talker


async def react(who: Talker, group: str, message: str, type_: str) -> None:
    address = f"{CHAT}/{group}/messages/{message}/reaction"
    reply = await who.client.put(address, json={"type": type_})
    assert reply.status_code == 200, reply.text


async def reactors(who: Talker, group: str, message: str, **params: Any) -> dict[str, Any]:
    address = f"{CHAT}/{group}/messages/{message}/reactions"
    reply = await who.client.get(address, params=params)
    assert reply.status_code == 200, reply.text
    page: dict[str, Any] = reply.json()
    return page


def names(page: dict[str, Any]) -> list[tuple[str, str]]:
    return [(one["person"]["username"], one["type"]) for one in page["items"]]


async def test_people_see_who_reacted_the_newest_first_page_by_page(
    ann: Talker, bob: Talker, cleo: Talker
) -> None:
    group = await ann.gather(bob, cleo)
    message = (await ann.say(group))["id"]
    await react(bob, group, message, "love")
    await react(cleo, group, message, "haha")
    await react(ann, group, message, "love")
    first = await reactors(bob, group, message, limit=2)
    assert names(first) == [("ann", "love"), ("cleo", "haha")]
    rest = await reactors(bob, group, message, limit=2, cursor=first["next_cursor"])
    assert (names(rest), rest["next_cursor"]) == ([("bob", "love")], None)
    loved = await reactors(bob, group, message, type="love")
    assert names(loved) == [("ann", "love"), ("bob", "love")]


async def test_nobody_sees_what_the_blocked_feel(ann: Talker, bob: Talker, cleo: Talker) -> None:
    group = await ann.gather(bob, cleo)
    message = (await ann.say(group))["id"]
    for one in (bob, cleo):
        await react(one, group, message, "wow")
    await bob.block(cleo)
    assert names(await reactors(bob, group, message)) == [("bob", "wow")]
    assert names(await reactors(cleo, group, message)) == [("cleo", "wow")]
    assert len(names(await reactors(ann, group, message))) == 2
