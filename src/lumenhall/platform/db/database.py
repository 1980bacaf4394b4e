"""One database, two kinds of session: readers, and writers whose work is committed on exit."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import Any, NewType

import orjson
from sqlalchemy import event, make_url
from sqlalchemy.engine import URL, Connection
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)

from lumenhall.platform.db import sqlite

ReadSession = NewType("ReadSession", AsyncSession)
WriteSession = NewType("WriteSession", AsyncSession)

_ON_COMMIT = "on_commit"
_SQLITE_PRAGMAS = (
    "PRAGMA synchronous=NORMAL",
    "PRAGMA busy_timeout=10000",
    "PRAGMA foreign_keys=ON",
    "PRAGMA temp_store=MEMORY",
    "PRAGMA secure_delete=ON",
    "PRAGMA cache_size=-8000",
)


def async_url(address: str) -> URL:
    """Return the address with our drivers: aiosqlite, psycopg 3."""
    url = make_url(address)
    backend = url.get_backend_name()
    return url.set(drivername="sqlite+aiosqlite" if backend == "sqlite" else "postgresql+psycopg")


def on_commit(session: AsyncSession, callback: Callable[[], None]) -> None:
    """Call `callback` once the session's unit of work is committed, never if it is rolled back.

    For hints only: a process that dies in between does not call it. What must not be lost
    goes through the outbox.
    """
    session.info.setdefault(_ON_COMMIT, []).append(callback)


class Database:
    """Sessions on SQLite or PostgreSQL.

    On SQLite, writers queue at a lock in this process and start with BEGIN IMMEDIATE: the
    engine's own lock is unfair and lets a writer starve for seconds.
    """

    def __init__(self, address: str, *, pool_size: int = 5) -> None:
        self.url = async_url(address)
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.engine = _create_engine(self.url, pool_size)
        writing = self.engine.execution_options(writing=True)
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer_lock = asyncio.Lock() if self.is_sqlite else None
        self._readers = async_sessionmaker(self.engine, expire_on_commit=False, autoflush=False)
        self._glances = async_sessionmaker(alone, expire_on_commit=False, autoflush=False)
        self._writers = async_sessionmaker(writing, expire_on_commit=False)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadSession]:
        """Give a session for reading; whatever it changed is thrown away."""
        async with self._readers() as session:
            yield ReadSession(session)

    @asynccontextmanager
    async def glance(self) -> AsyncIterator[ReadSession]:
        """Give a session for one SELECT, which needs no transaction around it."""
        async with self._glances() as session:
            yield ReadSession(session)

    @asynccontextmanager
    async def write(self) -> AsyncIterator[WriteSession]:
        """Give a session whose work is committed on exit, or rolled back on an error."""
        async with self._writer_lock or nullcontext(), self._writers() as session:
            yield WriteSession(session)
            await session.commit()
        for callback in session.info.get(_ON_COMMIT, ()):
            callback()

    async def dispose(self) -> None:
        """Close all connections."""
        await self.engine.dispose()


def _create_engine(url: URL, pool_size: int) -> AsyncEngine:
    is_sqlite = url.get_backend_name() == "sqlite"
    engine = create_async_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        json_serializer=lambda value: orjson.dumps(value).decode(),
        json_deserializer=orjson.loads,
        **(sqlite.OPTIONS if is_sqlite else {"pool_pre_ping": True}),
    )
    if is_sqlite:
        event.listen(engine.sync_engine, "connect", _prepare_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: object) -> None:
    connection.run(sqlite.enter_wal)
    cursor = connection.cursor()
    for pragma in _SQLITE_PRAGMAS:
        cursor.execute(pragma)
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    options = connection.get_execution_options()
    if options.get("isolation_level") != "AUTOCOMMIT":
        connection.connection.begin_with("BEGIN IMMEDIATE" if "writing" in options else "BEGIN")
