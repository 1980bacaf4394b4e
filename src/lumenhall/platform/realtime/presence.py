"""Who is here: people with a page open in any process.

Every process says again and again for whom it has sockets; what it says counts for a little
longer than that takes, so a killed process leaves nobody behind for long.
"""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime.models import Presence

COUNTS_FOR = timedelta(seconds=70)
PEOPLE_PER_STATEMENT = 500


async def online(session: AsyncSession, people: Collection[UUID]) -> set[UUID]:
    """Return those of the people who are here."""
    if not people:
        return set()
    found = await session.scalars(
        select(Presence.user_id).where(Presence.user_id.in_(people), Presence.until > clock.now())
    )
    return set(found)


async def keep(session: AsyncSession, process_id: UUID, people: Collection[UUID]) -> None:
    """Say that these people are here in a process, until it is said again."""
    until = clock.now() + COUNTS_FOR
    # Always in the same order, so two processes never wait for each other.
    ordered = sorted(people)
    for start in range(0, len(ordered), PEOPLE_PER_STATEMENT):
        rows = [
            {"user_id": user_id, "process_id": process_id, "until": until}
            for user_id in ordered[start : start + PEOPLE_PER_STATEMENT]
        ]
        await session.execute(
            insert_into(session, Presence)
            .values(rows)
            .on_conflict_do_update(index_elements=["user_id", "process_id"], set_={"until": until})
        )


async def leave(session: AsyncSession, process_id: UUID, user_id: UUID) -> None:
    """Say that somebody has no page open in a process any more."""
    await session.execute(
        delete(Presence).where(Presence.user_id == user_id, Presence.process_id == process_id)
    )


async def forget_old(session: AsyncSession) -> None:
    """Delete what processes said that are gone."""
    await session.execute(delete(Presence).where(Presence.until < clock.now()))
