"""The tables of what is live: what people's devices were told, and who is here."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument


class LiveCursor(Base):
    """The number of a person's newest event; raising it makes that person's events queue up."""

    __tablename__ = "live_cursors"

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class LiveEvent(Base):
    """One event for one person; numbers start at 1 and have no gaps until they are forgotten."""

    __tablename__ = "live_events"
    __table_args__ = (Index(None, "created_at"),)

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    kind: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    created_at: Mapped[datetime]


class Presence(Base):
    """A process has a socket of this person open, and says so again before `until`."""

    __tablename__ = "presence"

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    process_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
