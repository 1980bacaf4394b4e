"""Live events: what a person's open pages are told, at once and again after a disconnection.

`send` stores an event for each person, numbered 1, 2, 3 … per person, in the caller's
transaction and tells the open pages after the commit. A page that was away names the last
number it knows and gets the rest. `publish` is for what is not worth keeping: progress, typing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.db import on_commit
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime import bus
from lumenhall.platform.realtime.models import LiveCursor, LiveEvent

KEPT = timedelta(days=30)
MOST_REPLAYED = 500
PEOPLE_PER_STATEMENT = 500


@dataclass(frozen=True, slots=True)
class Replay:
    """What a page missed: `events` up to number `seq`, or None when it must fetch afresh."""

    seq: int
    events: list[dict[str, Any]] | None


def topic_of(user_id: UUID) -> str:
    """Return the topic on which a person's events are published."""
    return f"user:{user_id}"


async def send(
    session: AsyncSession, user_ids: Iterable[UUID], kind: str, data: Mapping[str, Any]
) -> None:
    """Store an event for each of these people and tell their open pages after the commit."""
    # Always in the same order, so two senders never wait for each other's cursors.
    people = sorted(set(user_ids))
    now = clock.now()
    for start in range(0, len(people), PEOPLE_PER_STATEMENT):
        numbers = await _take_numbers(session, people[start : start + PEOPLE_PER_STATEMENT])
        rows = [
            {"user_id": user_id, "seq": seq, "kind": kind, "data": dict(data), "created_at": now}
            for user_id, seq in numbers.items()
        ]
        await session.execute(insert(LiveEvent), rows)
        on_commit(session, partial(_tell, numbers, kind, data))


async def publish(topic: str, kind: str, data: Mapping[str, Any]) -> None:
    """Tell the pages that joined the topic now; nothing is stored, nobody catches up."""
    bus.publish(topic, {"seq": None, "kind": kind, "data": data})


def publish_after_commit(
    session: AsyncSession, topic: str, kind: str, data: Mapping[str, Any]
) -> None:
    """Do what `publish` does once the session's work is committed, never if it is rolled back."""
    message = {"seq": None, "kind": kind, "data": data}
    on_commit(session, partial(bus.publish, topic, message))


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
        select(LiveEvent.seq, LiveEvent.kind, LiveEvent.data)
        .where(LiveEvent.user_id == user_id, LiveEvent.seq > since, LiveEvent.seq <= last)
        .order_by(LiveEvent.seq)
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


async def _take_numbers(session: AsyncSession, people: Sequence[UUID]) -> dict[UUID, int]:
    insert_cursors = insert_into(session, LiveCursor).values(
        [{"user_id": user_id, "seq": 1} for user_id in people]
    )
    taken = await session.execute(
        insert_cursors.on_conflict_do_update(
            index_elements=["user_id"], set_={"seq": LiveCursor.seq + 1}
        ).returning(LiveCursor.user_id, LiveCursor.seq)
    )
    return {row.user_id: row.seq for row in taken}


def _tell(numbers: Mapping[UUID, int], kind: str, data: Mapping[str, Any]) -> None:
    for user_id, seq in numbers.items():
        bus.publish(topic_of(user_id), {"seq": seq, "kind": kind, "data": data})
