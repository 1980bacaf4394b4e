"""The tables of what is live: what people's devices were told, and who is here."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithId


class LiveCursor(Base):
    """The number of a person's newest event; raising it makes that person's events queue up."""

    __tablename__ = "live_cursors"

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class LiveEvent(WithId, Base):
    """What happened, once for everybody who is told; `about` is what a sender may rewrite it by."""

    __tablename__ = "live_events"
    __table_args__ = (Index(None, "created_at"), Index(None, "about"))

    kind: Mapped[str] = mapped_column(String(60))
    data: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    about: Mapped[uuid.UUID | None]
    created_at: Mapped[datetime]


class LiveRecipient(Base):
    """One person is told of one event; numbers start at 1, gapless until they are forgotten."""

    __tablename__ = "live_recipients"
    __table_args__ = (Index(None, "event_id"),)

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    event_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("live_events.id", ondelete="CASCADE"))


class Presence(Base):
    """A process has a socket of this person open, and says so again before `until`."""

    __tablename__ = "presence"

    user_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    process_id: Mapped[uuid.UUID] = mapped_column(primary_key=True)
    until: Mapped[datetime]
