"""Reading columns of several tables in one statement, without making objects of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Result, Row
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.db.declarative import Base


class Parts:
    """Attributes of tables, as the first columns of a statement, and the way back from its rows."""

    def __init__(self, **given: tuple[type[Base], Iterable[str]]) -> None:
        self.given = given
        self.columns: list[Any] = []
        self._places: list[tuple[str, tuple[str, ...], slice]] = []
        for part, (table, attributes) in given.items():
            names, start = tuple(attributes), len(self.columns)
            self.columns += [getattr(table, name).label(f"{part}_{name}") for name in names]
            self._places.append((part, names, slice(start, len(self.columns))))

    def read(self, row: Row[Any]) -> dict[str, dict[str, Any]]:
        """Return the attributes by their names, and these by the names of the parts."""
        return {
            part: dict(zip(names, row[place], strict=True)) for part, names, place in self._places
        }


async def fetch(
    session: AsyncSession, statement: Executable, parameters: Mapping[str, Any] | None = None
) -> Sequence[Row[Any]]:
    """Return the rows of a statement that reads columns only; the session makes none slower."""
    connection = await session.connection()
    found: Result[Any] = await connection.execute(statement, parameters)
    return found.all()
