"""Live events: what a person's open pages are told, at once and again after a disconnection.

`send` stores an event once and a number of it for each person, 1, 2, 3 … per person, in the
caller's transaction, and tells the open pages after the commit. A page that was away names the
last number it knows and gets the rest. `publish` is for what is not worth keeping: progress,
typing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import Uuid, delete, insert, literal, select, true, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.db import on_commit
from lumenhall.platform.db.among import id_list, is_among, rows_of
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.realtime import bus
from lumenhall.platform.realtime.models import LiveCursor, LiveEvent, LiveRecipient

KEPT = timedelta(days=30)
MOST_REPLAYED = 500


@dataclass(frozen=True, slots=True)
class Told:
    """An event as it travels: `data` is JSON, `seq` is None for what is not stored."""

    seq: int | None
    kind: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Replay:
    """What a page missed: `events` up to number `seq`, or None when it must fetch afresh."""

    seq: int
    events: list[dict[str, Any]] | None


def topic_of(user_id: UUID) -> str:
    """Return the topic on which a person's events are published."""
    return f"user:{user_id}"


async def send(
    session: AsyncSession,
    user_ids: Iterable[UUID],
    kind: str,
    data: Mapping[str, Any],
    about: UUID | None = None,
) -> None:
    """Store an event for each of these people and tell their open pages after the commit."""
    # Always in the same order, so two senders never wait for each other's cursors.
    people = sorted(set(user_ids))
    if not people:
        return
    event = {"id": new_id(), "kind": kind, "data": dict(data), "about": about}
    await session.execute(insert(LiveEvent), [event | {"created_at": clock.now()}])
    numbers = await _take_numbers(session, people, event["id"])
    on_commit(session, partial(_tell, numbers, kind, data))


async def rewrite(session: AsyncSession, about: UUID, data: Mapping[str, Any]) -> None:
    """Let pages that catch up later hear `data` in all events that were sent with `about`."""
    await session.execute(
        update(LiveEvent).where(LiveEvent.about == about).values(data=dict(data)),
        execution_options={"synchronize_session": False},
    )


async def publish(topic: str, kind: str, data: Mapping[str, Any]) -> None:
    """Tell the pages that joined the topic now; nothing is stored, nobody catches up."""
    bus.publish(topic, pack(None, kind, orjson.dumps(data)))


def publish_after_commit(
    session: AsyncSession, topic: str, kind: str, data: Mapping[str, Any]
) -> None:
    """Do what `publish` does once the session's work is committed, never if it is rolled back."""
    on_commit(session, partial(bus.publish, topic, pack(None, kind, orjson.dumps(data))))


def pack(seq: int | None, kind: str, data: bytes) -> bytes:
    """Return an event as the bus carries it; the JSON is made once, however many are told."""
    return b"%d %b %b" % (seq or 0, kind.encode(), data)


def unpack(message: bytes) -> Told:
    """Return what `pack` put together."""
    seq, kind, data = message.split(b" ", 2)
    return Told(int(seq) or None, kind.decode(), data)


async def replay(session: AsyncSession, user_id: UUID, since: int | None) -> Replay:
    """Return a person's events after number `since`; without one, only where they stand now.

    A page has to fetch everything afresh when what it missed is no longer kept, is too much,
    or when it knows numbers that this database never gave.
    """
    last = await last_number(session, user_id)
    if since is None or since == last:
        return Replay(last, [])
    if not 0 <= last - since <= MOST_REPLAYED:
        return Replay(last, None)
    rows = await session.execute(
        select(LiveRecipient.seq, LiveEvent.kind, LiveEvent.data)
        .join(LiveEvent, LiveEvent.id == LiveRecipient.event_id)
        .where(
            LiveRecipient.user_id == user_id, LiveRecipient.seq > since, LiveRecipient.seq <= last
        )
        .order_by(LiveRecipient.seq)
    )
    events = [{"seq": row.seq, "kind": row.kind, "data": row.data} for row in rows]
    return Replay(last, events if len(events) == last - since else None)


async def last_number(session: AsyncSession, user_id: UUID) -> int:
    """Return the number of a person's newest event, 0 before the first."""
    return (await last_numbers(session, [user_id])).get(user_id, 0)


async def last_numbers(session: AsyncSession, user_ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return the number of each person's newest event; people without any are left out."""
    cursors = await session.execute(
        select(LiveCursor.user_id, LiveCursor.seq).where(LiveCursor.user_id.in_(user_ids))
    )
    return {row.user_id: row.seq for row in cursors}


async def forget_old(session: AsyncSession) -> None:
    """Delete events that are older than 30 days; the numbers go on from where they are."""
    await session.execute(delete(LiveEvent).where(LiveEvent.created_at < clock.now() - KEPT))


async def _take_numbers(
    session: AsyncSession, people: Sequence[UUID], event_id: Any
) -> dict[UUID, int]:
    rows = rows_of(session, people)
    begin = insert_into(session, LiveCursor.__table__).from_select(
        ["user_id", "seq"], select(rows.c.id, literal(1)).where(true())
    )
    taken = await session.execute(
        begin.on_conflict_do_update(
            index_elements=["user_id"], set_={"seq": LiveCursor.seq + 1}
        ).returning(LiveCursor.user_id, LiveCursor.seq)
    )
    numbers = {row.user_id: row.seq for row in taken}
    # Their cursors are locked until the commit, so the numbers are still those.
    mine = select(LiveCursor.user_id, LiveCursor.seq, literal(event_id, Uuid)).where(
        is_among(LiveCursor.user_id, id_list(people))
    )
    await session.execute(insert(LiveRecipient).from_select(["user_id", "seq", "event_id"], mine))
    return numbers


def _tell(numbers: Mapping[UUID, int], kind: str, data: Mapping[str, Any]) -> None:
    encoded = orjson.dumps(data)
    for user_id, seq in numbers.items():
        bus.publish(topic_of(user_id), pack(seq, kind, encoded))
