"""Holding members to their week, and telling them when a new one begins."""

import uuid

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.events import QuotaRenewed
from lumenhall.domains.uploads.models import QuotaRefusal, UploadWeek
from lumenhall.domains.uploads.policy import week_of
from lumenhall.domains.uploads.schemas import Quota
from lumenhall.platform import options
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime import live

QUOTA_RENEWED = "quota.renewed"


async def check_quota(session: AsyncSession, user_id: uuid.UUID, more_bytes: int) -> Quota:
    """Return the member's quota if `more_bytes` fit into it, else raise QuotaExceeded.

    No other transaction can reserve for this member until this one ends.
    """
    quota = await queries.get_quota_locked(session, user_id)
    if more_bytes > quota.remaining_bytes:
        resets_at = quota.resets_at.isoformat().replace("+00:00", "Z")
        raise QuotaExceeded(
            f"It needs {more_bytes} bytes and {quota.remaining_bytes} of "
            f"{quota.limit_bytes} are left until {resets_at}.",
            user_id=user_id,
            limit_bytes=quota.limit_bytes,
            used_bytes=quota.used_bytes,
            remaining_bytes=quota.remaining_bytes,
            resets_at=resets_at,
        )
    return quota


async def remember_refusal(session: AsyncSession, user_id: uuid.UUID) -> None:
    """Remember that a member was refused, so that they are told when the next week begins.

    For a unit of work of its own: the one that was refused is rolled back.
    """
    now = clock.now()
    await session.execute(
        insert_into(session, QuotaRefusal)
        .values(user_id=user_id, refused_at=now)
        .on_conflict_do_update(index_elements=["user_id"], set_={"refused_at": now})
    )


async def begin_week(session: AsyncSession) -> int | None:
    """Record the reset of the current week once and tell those who were waiting for it.

    Returns how many were told, None when the week had been recorded before. Usage itself
    needs no reset: it is counted from the start of the week.
    """
    starts_at = week_of(clock.now(), await options.get(session)).starts_at
    if await queries.is_week_recorded(session, starts_at):
        return None
    waiting = await queries.list_refused_before(session, starts_at)
    made = await session.scalar(
        insert_into(session, UploadWeek)
        .values(starts_at=starts_at, recorded_at=clock.now(), told=len(waiting))
        .on_conflict_do_nothing()
        .returning(UploadWeek.starts_at)
    )
    if made is None:
        return None
    await session.execute(delete(QuotaRefusal).where(QuotaRefusal.user_id.in_(waiting)))
    await live.send(session, waiting, QUOTA_RENEWED, {"starts_at": starts_at.isoformat()})
    for user_id in waiting:
        await announce(session, QuotaRenewed(user_id, starts_at))
    return len(waiting)
