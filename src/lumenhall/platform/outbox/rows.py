"""The outbox table and the one way to write to it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import Index, String
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, UTCDateTime, WithId, on_commit
from lumenhall.platform.kit import clock

_listeners: list[Callable[[], None]] = []


class OutboxRow(WithId, Base):
    """Something to deliver; the row goes when it is delivered."""

    __tablename__ = "outbox"
    __table_args__ = (Index(None, "available_at"),)

    kind: Mapped[str] = mapped_column(String(60))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONDocument)
    attempts: Mapped[int] = mapped_column(default=0)
    available_at: Mapped[datetime] = mapped_column(UTCDateTime(), default=clock.now)
    last_error: Mapped[str | None] = mapped_column(String(500), default=None)


async def after_commit_send(session: AsyncSession, kind: str, payload: dict[str, Any]) -> None:
    """Deliver `payload` by the deliverer of `kind` once the session's work is committed."""
    session.add(OutboxRow(kind=kind, payload=payload))
    await session.flush()
    on_commit(session, _wake_relays)


def listen(wake: Callable[[], None]) -> Callable[[], None]:
    """Call `wake` whenever this process committed something to deliver; returns the way to stop."""
    _listeners.append(wake)
    return lambda: _listeners.remove(wake)


def _wake_relays() -> None:
    for wake in _listeners:
        wake()
