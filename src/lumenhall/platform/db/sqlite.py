"""SQLite under SQLAlchemy, with one trip to the connection's thread for each statement.

The adapter that SQLAlchemy brings makes four: for a cursor, to execute, to fetch, to close it.
A trip takes longer than most statements do. BEGIN travels with the first statement of its
transaction, and a transaction that never asked anything has no end either.
"""

import sqlite3
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

import aiosqlite
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
)
from sqlalchemy.util import await_only
from typing_extensions import override

Work: TypeAlias = Callable[[sqlite3.Connection], None]
PATIENCE_SECONDS = 30.0
SECONDS_BETWEEN_TRIES = 0.02


def enter_wal(connection: sqlite3.Connection) -> None:
    """Put the file into write-ahead mode, which it keeps.

    While somebody writes to a file that is not in that mode yet, SQLite refuses at once, whatever
    its busy timeout: two processes that begin with a new file would meet there.
    """
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(SECONDS_BETWEEN_TRIES)
        else:
            return


class _Cursor:
    """What a statement answered, all of it in memory."""

    description: Any = None
    rowcount = -1
    lastrowid: int | None = None
    arraysize = 1

    def __init__(self, connection: "_Connection") -> None:
        self._connection = connection
        self._rows: list[Any] = []

    def execute(self, statement: str, parameters: Sequence[Any] = ()) -> None:
        self._connection.run(lambda raw: self._keep(raw.execute(statement, parameters)))

    def executemany(self, statement: str, parameters: Sequence[Any]) -> None:
        self._connection.run(lambda raw: self._keep(raw.executemany(statement, parameters)))

    def fetchone(self) -> Any:
        return self._rows.pop() if self._rows else None

    def fetchmany(self, size: int = arraysize) -> list[Any]:
        return [self._rows.pop() for _ in range(min(size, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        rows, self._rows = self._rows[::-1], []
        return rows

    def close(self) -> None:
        self._rows = []

    async def _async_soft_close(self) -> None:
        """SQLAlchemy closes what may still be open this way; here, nothing is."""

    def _keep(self, answer: sqlite3.Cursor) -> None:
        self._rows = answer.fetchall()[::-1]
        self.description, self.rowcount = answer.description, answer.rowcount
        self.lastrowid = answer.lastrowid


class _Connection(AsyncAdapt_aiosqlite_connection):
    """A connection whose transactions begin when their first statement comes."""

    _cursor_cls: Any = _Cursor
    _connection: Any
    _begin: str | None = None
    _is_open = False
    # SQLAlchemy sets this, and it means nothing: transactions begin and end here alone.
    isolation_level: Any = None

    def begin_with(self, statement: str) -> None:
        """Begin a transaction by `statement`, together with the next one."""
        self._begin = statement

    def run(self, work: Work) -> None:
        """Let the thread of this connection do `work`, and wait for it."""
        begin, self._begin = self._begin, None
        self._is_open = self._is_open or begin is not None

        def work_in_transaction(raw: sqlite3.Connection) -> None:
            if begin:
                raw.execute(begin)
            work(raw)

        try:
            # SQLAlchemy's adapter reaches for the same two, and aiosqlite is pinned.
            await_only(self._connection._execute(work_in_transaction, self._connection._conn))  # noqa: SLF001
        except Exception as error:  # noqa: BLE001 It is raised again, as SQLAlchemy wants it.
            self._handle_exception(error)

    @override
    def rollback(self) -> None:
        self._end(super().rollback)

    @override
    def commit(self) -> None:
        self._end(super().commit)

    def _end(self, end: Callable[[], None]) -> None:
        self._begin = None
        if self._is_open:
            end()
            self._is_open = False


class Driver(AsyncAdapt_aiosqlite_dbapi):
    """What SQLAlchemy takes for its driver."""

    def __init__(self) -> None:
        super().__init__(aiosqlite, sqlite3)

    @override
    def connect(self, *arguments: Any, **options: Any) -> _Connection:
        return _Connection(self, super().connect(*arguments, **options).driver_connection)


OPTIONS: dict[str, Any] = {"module": Driver(), "connect_args": {"isolation_level": None}}
