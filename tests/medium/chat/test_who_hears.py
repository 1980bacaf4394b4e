"""Nobody who is not to talk hears or is heard over the live connection, whatever is done."""

import pytest

from tests.factories.people import add_session
from tests.fixtures.live import LiveServer, Page
from tests.medium.chat.conftest import CHAT, Talker, Talkers
from tests.medium.chat.test_who_may import (
    Scene,
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


async def open_page(server: LiveServer, talkers: Talkers, who: Talker) -> Page:
    async with talkers.app.database.write() as session:
        secret = await add_session(session, who.user)
    page = await server.open(secret)
    await page.rest()
    return page


async def act(scene: Scene, who: Talker, page: Page, *, speaks: bool) -> None:
    """Do everything there is to do in a conversation, as far as it is allowed."""
    address = f"{CHAT}/{scene.talk}"
    await page.say(type="typing", topic=f"conversation:{scene.talk}")
    await page.say(type="join", topic=f"conversation:{scene.talk}")
    for path, body in (
        ("/read", {"number": 9}),
        ("/delivered", {"number": 9}),
        *(((f"/messages/{scene.message}/reaction", {"type": "wow"}),) if speaks else ()),
    ):
        await who.client.put(address + path, json=body)
    if speaks:
        await who.try_to_say(scene.talk, "Can you hear me?")


async def heard(page: Page) -> list[str]:
    return [one["kind"] for one in await page.rest() if one["type"] == "event"]


@pytest.mark.parametrize(
    "stage",
    [never_in, left, removed, blocked, blocking, declining, pending, declined],
    ids=lambda one: one.__name__,
)
async def test_who_is_not_to_talk_neither_hears_nor_is_heard(
    live_server: LiveServer, talkers: Talkers, stage: Stage
) -> None:
    scene = await stage(talkers)
    other = scene.others[0]
    mine = await open_page(live_server, talkers, scene.who)
    theirs = await open_page(live_server, talkers, other)
    assert await heard(mine) == [], "saw somebody come"
    await act(scene, scene.who, mine, speaks=True)
    assert await heard(theirs) == []
    await heard(mine)
    # Whoever is asked lets the other in by an answer.
    await act(scene, other, theirs, speaks=stage is not pending)
    assert await heard(mine) == []


async def test_before_the_first_word_nobody_sees_or_is_seen(
    live_server: LiveServer, talkers: Talkers
) -> None:
    ann, eve = await talkers.add("ann"), await talkers.add("eve")
    theirs, mine = [await open_page(live_server, talkers, one) for one in (ann, eve)]
    talk = await eve.begin(ann)
    assert (await eve.look(talk))["is_online"] is None
    await mine.say(type="typing", topic=f"conversation:{talk}")
    assert await heard(theirs) == []
    await eve.say(talk)
    assert (await eve.look(talk))["is_online"] is True
