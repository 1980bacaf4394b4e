"""The unit of work, on both engines, through real requests."""

import asyncio
from contextlib import suppress
from datetime import timedelta
from types import SimpleNamespace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import event, func, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from lumenhall.platform.db import Database, on_commit
from lumenhall.platform.kit import clock
from lumenhall.platform.outbox import OutboxRow, Relay, after_commit_send, deliverer
from lumenhall.platform.web import Writes, install_problem_handlers

delivered: list[str] = []


@deliverer("test.note")
async def _remember(app: object, payload: dict[str, str]) -> None:
    if payload["note"] == "refused" and "refused" not in delivered:
        delivered.append("refused")
        raise ConnectionError("the mail server is away")
    delivered.append(payload["note"])


@pytest.fixture(autouse=True)
def _forget() -> None:
    delivered.clear()


@pytest.fixture
def app(database: Database) -> FastAPI:
    app = FastAPI()
    app.state.context = SimpleNamespace(database=database)
    install_problem_handlers(app)

    @app.post("/notes/{note}")
    async def add_note(session: Writes, note: str) -> dict[str, str]:
        await after_commit_send(session, "test.note", {"note": note})
        if note == "fails":
            raise RuntimeError
        if note == "uncommittable":
            event.listen(session.sync_session, "before_commit", _refuse)
        return {"note": note}

    return app


def _refuse(session: Session) -> None:
    raise OperationalError("COMMIT", {}, Exception("disk is full"))


@pytest.fixture
def client(app: FastAPI) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def _count(database: Database) -> int | None:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(OutboxRow))


async def test_a_reply_is_sent_after_the_commit(
    client: httpx.AsyncClient, database: Database
) -> None:
    assert (await client.post("/notes/kept")).status_code == 200
    assert await _count(database) == 1


async def test_a_failing_commit_is_not_answered_with_success(
    client: httpx.AsyncClient, database: Database
) -> None:
    reply = await client.post("/notes/uncommittable")
    assert (reply.status_code, reply.json()["code"]) == (503, "unavailable")
    assert await _count(database) == 0


async def test_an_error_rolls_back(client: httpx.AsyncClient, database: Database) -> None:
    assert (await client.post("/notes/fails")).status_code == 500
    assert await _count(database) == 0


async def test_concurrent_writers_lose_nothing(
    client: httpx.AsyncClient, database: Database
) -> None:
    replies = await asyncio.gather(*(client.post(f"/notes/{n}") for n in range(50)))
    assert {reply.status_code for reply in replies} == {200}
    assert await _count(database) == 50


async def test_a_reader_can_not_write(database: Database) -> None:
    async with database.read() as session:
        session.add(OutboxRow(kind="test.note", payload={}))
        await session.flush()
    assert await _count(database) == 0


async def test_callbacks_run_after_the_commit_only(database: Database) -> None:
    called: list[str] = []
    async with database.write() as session:
        on_commit(session, lambda: called.append("committed"))
        assert called == []
    with pytest.raises(RuntimeError):
        async with database.write() as session:
            on_commit(session, lambda: called.append("rolled back"))
            raise RuntimeError
    assert called == ["committed"]


async def test_the_relay_delivers_once_and_forgets(
    client: httpx.AsyncClient, database: Database
) -> None:
    await asyncio.gather(*(client.post(f"/notes/{n}") for n in range(5)))
    relay = Relay(SimpleNamespace(database=database))  # type: ignore[arg-type]
    assert await relay.drain() == 5
    assert sorted(delivered) == ["0", "1", "2", "3", "4"]
    assert await _count(database) == 0


async def test_two_relays_share_the_work(client: httpx.AsyncClient, database: Database) -> None:
    await asyncio.gather(*(client.post(f"/notes/{n}") for n in range(20)))
    relays = [Relay(SimpleNamespace(database=database)) for _ in range(2)]  # type: ignore[arg-type]
    assert sum(await asyncio.gather(*(relay.drain() for relay in relays))) == 20
    assert sorted(delivered) == sorted(str(n) for n in range(20))


async def test_a_refused_delivery_is_tried_again_later(
    client: httpx.AsyncClient, database: Database
) -> None:
    await client.post("/notes/refused")
    relay = Relay(SimpleNamespace(database=database))  # type: ignore[arg-type]
    assert await relay.drain() == 0
    with clock.freeze(clock.now() + timedelta(minutes=1)):
        assert await relay.drain() == 1
    assert delivered == ["refused", "refused"]


async def test_a_running_relay_delivers_at_once(
    client: httpx.AsyncClient, database: Database
) -> None:
    running = asyncio.create_task(Relay(SimpleNamespace(database=database)).run())  # type: ignore[arg-type]
    await asyncio.sleep(0.2)
    await client.post("/notes/quick")
    async with asyncio.timeout(3):
        while "quick" not in delivered:  # noqa: ASYNC110 The relay has no event to wait for.
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_sqlite_is_prepared_for_a_server(database: Database) -> None:
    if not database.is_sqlite:
        return
    async with database.read() as session:
        assert await session.scalar(text("PRAGMA journal_mode")) == "wal"
        assert await session.scalar(text("PRAGMA foreign_keys")) == 1
        assert await session.scalar(text("PRAGMA busy_timeout")) == 10000
