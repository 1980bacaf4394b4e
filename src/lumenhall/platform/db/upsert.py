"""INSERT … ON CONFLICT: both engines have it, SQLAlchemy spells it once per engine."""

from typing import Any, cast

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.dialects.postgresql import Insert
from sqlalchemy.ext.asyncio import AsyncSession


def insert_into(session: AsyncSession, table: Any) -> Insert:
    """Return an INSERT with `on_conflict_do_nothing` and `on_conflict_do_update`."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table)
    # The two classes have the same methods; only the text they compile to may differ.
    return cast("Insert", sqlite.insert(table))
