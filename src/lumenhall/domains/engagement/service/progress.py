"""Taking reports of progress, from any number of devices at once."""

import uuid
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, insert, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.engagement.errors import TooManyReports
from lumenhall.domains.engagement.events import VideoCompleted, VideoViewed
from lumenhall.domains.engagement.models import View, WatchProgress
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.engagement.service.advance import NOTHING, Watched, advance, within
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import VideoUnknown
from lumenhall.domains.library.models import Video
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.options import DEFAULT_COMPLETION_THRESHOLD

ATTEMPTS = 100
_FIELDS = tuple(Watched.__dataclass_fields__)
_table: Any = WatchProgress.__table__


async def report_progress(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, report: ProgressReport
) -> Watched:
    """Apply a report and return where the person stands; raises VideoUnknown.

    Two statements, and two more when it makes a view. A writer who finds that another device
    was faster starts over from what that one wrote, so no report is ever lost.
    """
    for _ in range(ATTEMPTS):
        standing = await queries.get_standing(session, actor, video_id)
        before = _watched(standing)
        now = clock.now()
        after = advance(
            before,
            report,
            duration=report.duration_seconds
            if standing.true_duration is None
            else standing.true_duration,
            threshold=standing.completion_threshold or DEFAULT_COMPLETION_THRESHOLD,
            now=now,
        )
        if await _write(session, actor.user_id, video_id, after, standing.revision):
            await _tell(session, actor.user_id, video_id, before, after)
            return after
    raise TooManyReports(retry_after=1)


def _watched(standing: Row[Any]) -> Watched:
    if standing.revision is None:
        return replace(NOTHING, view_counted_at=standing.last_view_at)
    watched = Watched(**{name: getattr(standing, name) for name in _FIELDS})
    if standing.true_duration is None:
        return watched
    return within(watched, standing.true_duration)


async def _write(
    session: AsyncSession,
    user_id: uuid.UUID,
    video_id: uuid.UUID,
    after: Watched,
    seen_revision: int | None,
) -> bool:
    """Write the row unless it is no longer as it was seen; say whether it was written."""
    values = {name: getattr(after, name) for name in _FIELDS} | {
        "revision": (seen_revision or 0) + 1,
        "updated_at": clock.now(),
    }
    written: Any
    if seen_revision is None:
        new = insert_into(session, _table).values(user_id=user_id, video_id=video_id, **values)
        written = new.on_conflict_do_nothing()
    else:
        # Not an upsert: what was forgotten since it was read must not come back with a report.
        written = update(_table).values(**values)
        written = written.where(
            _table.c.user_id == user_id,
            _table.c.video_id == video_id,
            _table.c.revision == seen_revision,
        )
    try:
        return await session.scalar(written.returning(_table.c.revision)) is not None
    except IntegrityError as error:
        # The video was deleted since it was read.
        raise VideoUnknown from error


async def _tell(
    session: AsyncSession, user_id: uuid.UUID, video_id: uuid.UUID, before: Watched, after: Watched
) -> None:
    if after.view_counted_at != before.view_counted_at:
        await _count_view(session, user_id, video_id)
        await announce(session, VideoViewed(video_id, user_id))
    if after.completed and not before.completed:
        await announce(session, VideoCompleted(video_id, user_id))


async def _count_view(session: AsyncSession, user_id: uuid.UUID, video_id: uuid.UUID) -> None:
    await session.execute(
        insert(View).values(id=new_id(), user_id=user_id, video_id=video_id, counted_at=clock.now())
    )
    await session.execute(
        update(Video)
        .where(Video.id == video_id)
        .values(view_count=Video.view_count + 1)
        .execution_options(synchronize_session=False)
    )
