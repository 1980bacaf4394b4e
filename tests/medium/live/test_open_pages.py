"""How long a live connection stays open, and what it holds meanwhile."""

import asyncio

import pytest
from sqlalchemy import delete

from lumenhall.domains.identity.models import User, UserSession
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.secrets import hash_secret
from lumenhall.surfaces.live import socket
from lumenhall.surfaces.live.watch import Watch
from tests.factories.people import add_session
from tests.fixtures.live import LiveServer
from tests.medium.live.conftest import Member, note


async def test_the_end_of_the_session_closes_its_pages_and_no_others(
    live_server: LiveServer, ann: Member, database: Database, watch: Watch
) -> None:
    async with database.write() as session:
        user = await session.get_one(User, ann.id)
        other = await add_session(session, user)
    here, there = await live_server.open(ann.secret), await live_server.open(other)
    await asyncio.gather(here.next(), there.next())
    async with database.write() as session:
        ended = UserSession.secret_hash == hash_secret(ann.secret)
        await session.execute(delete(UserSession).where(ended))
    await watch.turn()
    assert await here.closed() == (4401, "The session has ended.")
    await ann.hears(1)
    assert await there.rest() == [{"type": "ping"}, note(1, 1)]


async def test_disabling_an_account_closes_its_pages(
    live_server: LiveServer, ann: Member, database: Database, watch: Watch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    async with database.write() as session:
        (await session.get_one(User, ann.id)).disabled_at = clock.now()
    await watch.turn()
    assert (await page.closed())[0] == 4401


async def test_a_quiet_page_is_asked_whether_it_is_there(
    live_server: LiveServer, ann: Member, watch: Watch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    for _ in range(3):
        await watch.turn()
        assert await page.next() == {"type": "ping"}
        await page.say(type="pong")


async def test_a_page_that_does_not_answer_is_let_go(
    live_server: LiveServer, ann: Member, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = await live_server.open(ann.secret)
    await page.next()
    monkeypatch.setattr(socket, "SILENCE_SECONDS", 0.05)
    await asyncio.sleep(0.1)
    await watch.turn()
    assert (await page.closed())[0] == 4408


async def test_an_open_page_holds_no_connection_to_the_database(
    live_server: LiveServer, ann: Member, database: Database
) -> None:
    pages = [await live_server.open(ann.secret) for _ in range(30)]
    for page in pages:
        await page.next()
    assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


async def test_what_a_page_knows_stays_true(live_server: LiveServer, ann: Member) -> None:
    total = 0

    async def fetch() -> int:
        return total

    async def act() -> None:
        nonlocal total
        total += 5
        await ann.hears(5)

    page = await live_server.open(ann.secret)
    proven = await page.stays_true(
        fetch, lambda known, event: known + int(event["data"]["number"]), act
    )
    assert proven == 5
