"""Column types that mean the same on SQLite and on PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, DateTime, Dialect, Enum
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

SQLITE_NOW = "(strftime('%Y-%m-%d %H:%M:%f000', 'now'))"
JSONDocument = JSON().with_variant(JSONB(), "postgresql")


class UTCDateTime(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, `timestamptz` on PostgreSQL, sortable text on SQLite."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            message = "A moment without a time zone can't be stored."
            raise ValueError(message)
        return value.astimezone(UTC)

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def enum_column(members: type[StrEnum], name: str) -> Enum:
    """Return a column type: native enum on PostgreSQL, text with a CHECK on SQLite."""
    return Enum(
        members,
        name=name,
        values_callable=_values,
        create_constraint=True,
        validate_strings=True,
    )


def _values(members: Any) -> list[str]:
    return [member.value for member in members]


class utc_now(FunctionElement[Any]):  # noqa: N801 It reads like the SQL function that it is.
    """The current moment as a server default, in the format of UTCDateTime."""

    type = UTCDateTime()
    inherit_cache = True


@compiles(utc_now, "sqlite")
def _sqlite_now(element: utc_now, compiler: Any, **kwargs: Any) -> str:
    return SQLITE_NOW


@compiles(utc_now, "postgresql")
def _postgresql_now(element: utc_now, compiler: Any, **kwargs: Any) -> str:
    return "now()"
