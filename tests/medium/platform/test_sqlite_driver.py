"""SQLite under SQLAlchemy: how often its thread is visited, and what a transaction leaves."""

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from lumenhall.platform.db import Database
from lumenhall.platform.db.sqlite import enter_wal


@pytest.fixture
async def database(tmp_path: Path) -> Any:
    database = Database(f"sqlite:///{tmp_path}/notes.sqlite")
    async with database.write() as session:
        await session.execute(text("CREATE TABLE notes (id INTEGER PRIMARY KEY, body TEXT UNIQUE)"))
    yield database
    await database.dispose()


async def add(session: Any, *bodies: str) -> Any:
    rows = [{"body": body} for body in bodies]
    return await session.execute(text("INSERT INTO notes (body) VALUES (:body)"), rows)


async def count(database: Database) -> int:
    async with database.read() as session:
        found: int = await session.scalar(text("SELECT count(*) FROM notes"))
        return found


async def test_a_statement_is_one_visit_and_an_unused_transaction_none(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with database.read() as session:
        connection = await (await session.connection()).get_raw_connection()
        driver: Any = connection.driver_connection
    visits: list[object] = []
    visit = driver._execute

    def counted(*arguments: object) -> object:
        visits.append(arguments)
        return visit(*arguments)

    monkeypatch.setattr(driver, "_execute", counted)
    async with database.read():
        pass
    assert len(visits) == 0
    async with database.read() as session:
        assert (await session.execute(text("SELECT 1, 2"))).all() == [(1, 2)]
        assert len(visits) == 1
    assert len(visits) == 2  # The second one ends the transaction.


async def test_writers_commit_or_leave_nothing(database: Database) -> None:
    async with database.write() as session:
        assert (await add(session, "a", "b")).rowcount == 2
    with pytest.raises(IntegrityError):
        async with database.write() as session:
            await add(session, "c")
            await add(session, "a")
    assert await count(database) == 2


async def test_a_savepoint_undoes_only_what_came_after_it(database: Database) -> None:
    async with database.write() as session:
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                await add(session, "a", "a")
        await add(session, "b")
    assert await count(database) == 1


async def test_a_reader_sees_one_moment_from_its_first_statement_on(database: Database) -> None:
    async with database.read() as session:
        before = await session.scalar(text("SELECT count(*) FROM notes"))
        async with database.write() as writing:
            await add(writing, "a")
        assert await session.scalar(text("SELECT count(*) FROM notes")) == before
    assert await count(database) == 1


async def test_a_task_that_is_ended_while_it_waits_leaves_a_usable_connection(
    database: Database,
) -> None:
    async def write_slowly() -> None:
        async with database.write() as session:
            await add(session, "a")
            await session.execute(
                text(
                    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3e6) "
                    "SELECT max(i) FROM n"
                )
            )

    task = asyncio.create_task(write_slowly())
    await asyncio.sleep(0.1)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    async with database.write() as session:
        await add(session, "b")
    assert await count(database) == 1


def test_a_new_file_that_another_process_writes_to_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "new.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY)")
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.2, other.execute, ["COMMIT"]).start()
    with closing(sqlite3.connect(path)) as ours:
        enter_wal(ours)
        assert ours.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    other.close()
