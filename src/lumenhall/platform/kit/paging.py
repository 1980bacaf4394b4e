"""Lists page by key, never by offset: the cursor holds the sort key of the last item."""

import base64
import binascii
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, TypeAlias, TypeVar, overload
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel

from lumenhall.platform.errors import BadRequest

Limit = Annotated[int, Query(ge=1, le=100)]
T = TypeVar("T")
CursorValue: TypeAlias = str | int | float | bool | datetime | UUID | None


class CursorInvalid(BadRequest):
    code = "cursor_invalid"
    title = "This page address is no longer valid. Start again from the first page."


class Page(BaseModel, Generic[T]):
    """One page of a list; `next_cursor` is null on the last one."""

    items: list[T]
    next_cursor: str | None = None


def encode_cursor(*key: CursorValue) -> str:
    """Return an opaque cursor for the sort key of a page's last item."""
    return base64.urlsafe_b64encode(orjson.dumps(key)).decode().rstrip("=")


@overload
def decode_cursor(cursor: str, kind: type[T], /) -> tuple[T]: ...
@overload
def decode_cursor(cursor: str, *types: type) -> tuple[CursorValue, ...]: ...
def decode_cursor(cursor: str, *types: type) -> tuple[Any, ...]:
    """Return the key in a cursor, its values turned into `types`.

    Raises CursorInvalid when the cursor was not made by `encode_cursor` for such a key.
    """
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return tuple(_turn(value, kind) for value, kind in zip(raw, types, strict=True))
    except (binascii.Error, ValueError, TypeError, OverflowError) as error:
        raise CursorInvalid from error


def _turn(value: object, kind: type) -> CursorValue:
    if kind is datetime:
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    if kind is UUID:
        return UUID(str(value))
    if not isinstance(value, kind) or not isinstance(value, str | int | float):
        raise TypeError
    if isinstance(value, int) and not -(2**63) <= value < 2**63:  # No column holds more.
        raise OverflowError
    if isinstance(value, str) and "\0" in value:  # PostgreSQL knows no text with it.
        raise ValueError
    return value
