"""Many ids as one parameter: a hundred parameters take longer than what is asked with them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Boolean, String, Subquery, Uuid, cast, column, func, literal, select
from sqlalchemy.dialects.postgresql import JSON
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class is_among(FunctionElement[bool]):  # noqa: N801 It reads like the SQL operator that it is.
    """The condition that a column of ids holds one of a parameter made by `id_list`."""

    type = Boolean()
    inherit_cache = True


def id_list(ids: Iterable[UUID]) -> str:
    """Return ids as a parameter for `is_among`."""
    return orjson.dumps([id_.hex for id_ in ids]).decode()


def rows_of(session: AsyncSession, ids: Iterable[UUID]) -> Subquery:
    """Return ids as rows of one column `id`, in their order."""
    if session.get_bind().dialect.name == "postgresql":
        each = func.json_array_elements_text(cast(literal(id_list(ids), String), JSON))
        return select(cast(each, Uuid).label("id")).subquery()
    values = func.json_each(id_list(ids)).table_valued(column("value", Uuid))
    return select(values.c.value.label("id")).subquery()


@compiles(is_among, "sqlite")
def _sqlite(element: is_among, compiler: Any, **kwargs: Any) -> str:
    column, ids = (compiler.process(clause, **kwargs) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"  # noqa: S608 Both come from the compiler.


@compiles(is_among, "postgresql")
def _postgresql(element: is_among, compiler: Any, **kwargs: Any) -> str:
    column, ids = (compiler.process(clause, **kwargs) for clause in element.clauses)
    values = f"SELECT CAST(json_array_elements_text(CAST({ids} AS json)) AS uuid)"
    return f"{column} = ANY (ARRAY({values}))"
