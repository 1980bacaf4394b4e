"""SQLite and PostgreSQL behind the same models; one unit of work per request, step or command."""

from lumenhall.platform.db.database import (
    Database,
    ReadSession,
    WriteSession,
    on_commit,
)
from lumenhall.platform.db.declarative import Base, WithId, WithTimestamps
from lumenhall.platform.db.parts import Parts, fetch
from lumenhall.platform.db.types import JSONDocument, UTCDateTime, enum_column

__all__ = [
    "Base",
    "Database",
    "JSONDocument",
    "Parts",
    "ReadSession",
    "UTCDateTime",
    "WithId",
    "WithTimestamps",
    "WriteSession",
    "enum_column",
    "fetch",
    "on_commit",
]
