"""How far people have watched, and the videos of the home page."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Select, and_, bindparam, case, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement.models import View, WatchProgress
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import VideoUnknown
from lumenhall.domains.library.models import LibraryStamp, Video
from lumenhall.domains.library.policy import visible_as, visible_to
from lumenhall.domains.library.queries import (
    SHELF_LENGTH,
    Viewer,
    join_for_viewer,
    video_rows_for,
)
from lumenhall.domains.media.models import Asset
from lumenhall.platform.db import fetch
from lumenhall.platform.db.among import is_among
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor
from lumenhall.platform.options import SiteOptions

_PROGRESS = (
    WatchProgress.watched_seconds,
    WatchProgress.last_position,
    WatchProgress.completed,
    WatchProgress.duration_seconds.label("watched_of"),
    WatchProgress.resume_at.label("resume_at"),
)


@join_for_viewer
def with_progress(statement: Select[Any], viewer: Viewer) -> Select[Any]:
    """Add how far the person is with each video of the statement."""
    return statement.outerjoin(
        WatchProgress,
        and_(WatchProgress.video_id == Video.id, WatchProgress.user_id == viewer),
    ).add_columns(*_PROGRESS)


async def get_standing(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID
) -> Row[tuple[Any, ...]]:
    """Return in one statement all that a report of progress needs.

    The row has the true length of the video, the site's threshold and the fields of
    WatchProgress, null where there are none yet; then `last_view_at` says when a view was last
    counted, which outlives the progress. Raises VideoUnknown.
    """
    last_view = (
        select(func.max(View.counted_at))
        .where(View.user_id == actor.user_id, View.video_id == video_id)
        .scalar_subquery()
    )
    row = (
        await session.execute(
            select(
                Asset.duration_seconds.label("true_duration"),
                SiteOptions.completion_threshold,
                *WatchProgress.__table__.columns,
                case((WatchProgress.revision.is_(None), last_view)).label("last_view_at"),
            )
            .select_from(Video)
            .join(Asset, Asset.id == Video.asset_id)
            .outerjoin(SiteOptions, SiteOptions.id == 1)
            .outerjoin(
                WatchProgress,
                and_(WatchProgress.video_id == Video.id, WatchProgress.user_id == actor.user_id),
            )
            .where(Video.id == video_id, visible_to(actor, clock.now()))
        )
    ).one_or_none()
    if row is None:
        raise VideoUnknown
    return row


async def get_seen(
    session: AsyncSession, actor: Actor, video_ids: str
) -> tuple[str, dict[uuid.UUID, Row[Any]]]:
    """Return the stamp of the library, and how far the actor is with which videos of an `id_list`.

    The rows have the PROGRESS_COLUMNS.
    """
    wanted = {"me": actor.user_id, "video_ids": video_ids}
    rows = await fetch(session, _SEEN, wanted)
    return rows[0].stamp, {row.video_id: row for row in rows if row.video_id is not None}


async def list_unfinished(session: AsyncSession, actor: Actor) -> Sequence[Row[Any]]:
    """Return what the actor may go on watching, the latest first, as rows of `video_rows_for`."""
    wanted = {"me": actor.user_id, "now": clock.now()}
    return await fetch(session, _unfinished(actor.role), wanted)


async def page_history(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return what the actor has watched and may see, the latest first, and the next cursor.

    The rows are those of `video_rows_for`, with `watched_at`.
    """
    order = WatchProgress.updated_at, WatchProgress.video_id
    wanted = (
        video_rows_for(actor.user_id)
        .add_columns(WatchProgress.updated_at.label("watched_at"))
        .where(WatchProgress.user_id == actor.user_id, visible_to(actor, clock.now()))
        .order_by(*(column.desc() for column in order))
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(tuple_(*order) < decode_cursor(cursor, datetime, uuid.UUID))
    found = (await session.execute(wanted)).all()
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor(last.watched_at, last.video_id)


_SEEN = select(LibraryStamp.stamp, WatchProgress.video_id, *_PROGRESS).outerjoin(
    WatchProgress,
    and_(
        WatchProgress.user_id == bindparam("me"),
        is_among(WatchProgress.video_id, bindparam("video_ids")),
    ),
)


@cache
def _unfinished(role: Role) -> Select[Any]:
    me: BindParameter[uuid.UUID] = bindparam("me")
    now: BindParameter[datetime] = bindparam("now")
    return (
        video_rows_for(me)
        .where(
            WatchProgress.user_id == me,
            ~WatchProgress.completed,
            WatchProgress.last_position > 0,
            visible_as(role, me, now),
        )
        .order_by(WatchProgress.updated_at.desc(), Video.id.desc())
        .limit(SHELF_LENGTH)
    )
