"""How far people have watched, and the videos of the home page."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, Select, and_, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import SQLColumnExpression

from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import VideoUnknown
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import listed, visible_to
from lumenhall.domains.library.queries import Shown, for_cards, join_for_viewer, shown, video_rows
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.options import SiteOptions

ROW_LENGTH = 16
HERO, CONTINUE, NEWEST = "hero", "continue", "newest"


@join_for_viewer
def with_progress(statement: Select[Any], user_id: uuid.UUID) -> Select[Any]:
    """Add how far the person is with each video of the statement."""
    return statement.outerjoin(
        WatchProgress,
        and_(WatchProgress.video_id == Video.id, WatchProgress.user_id == user_id),
    ).add_columns(
        WatchProgress.watched_seconds,
        WatchProgress.last_position,
        WatchProgress.completed,
        WatchProgress.duration_seconds.label("watched_of"),
        WatchProgress.resume_at.label("resume_at"),
    )


async def get_standing(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID
) -> Row[tuple[Any, ...]]:
    """Return in one statement all that a report of progress needs.

    The row has the true length of the video, the site's threshold and the fields of
    WatchProgress, null where there are none yet. Raises VideoUnknown.
    """
    row = (
        await session.execute(
            select(
                Asset.duration_seconds.label("true_duration"),
                SiteOptions.completion_threshold,
                *WatchProgress.__table__.columns,
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


async def list_picks(
    session: AsyncSession, actor: Actor, category_ids: Sequence[uuid.UUID]
) -> list[tuple[str, Shown, str | None]]:
    """Return the videos of all rows of the home page, each row in its order.

    Each comes with the name of its row (that of a category is its id), and the hero with its
    description. Every row is picked by an index, so the size of the library does not matter.
    """
    rows = [
        _listed(Video.is_hero).with_only_columns(
            literal(HERO).label("section"), Video.id.label("video_id"), literal(1).label("place")
        ),
        _first(CONTINUE, WatchProgress.updated_at, _unfinished(actor), ROW_LENGTH),
        _first(NEWEST, Video.published_at, _listed(), ROW_LENGTH),
        *(
            _first(str(id_), Video.view_count, _listed(Video.category_id == id_), ROW_LENGTH)
            for id_ in category_ids
        ),
    ]
    picks = union_all(*rows).subquery("picks")
    description = case((picks.c.section == HERO, Video.description))
    statement = (
        video_rows(actor.user_id)
        .join(picks, picks.c.video_id == Video.id)
        .add_columns(picks.c.section, description.label("hero_description"))
        .order_by(picks.c.section, picks.c.place)
        .options(*for_cards())
    )
    rows_found = await session.execute(statement)
    return [(row.section, shown(row), row.hero_description) for row in rows_found]


def _first(
    section: str, order: SQLColumnExpression[Any], wanted: Select[Any], limit: int
) -> Select[Any]:
    """Return the ids of the first videos of a row, numbered by their places."""
    row = wanted.add_columns(order.label("rank")).order_by(order.desc(), Video.id.desc())
    top = row.limit(limit).subquery()
    place = func.row_number().over(order_by=(top.c.rank.desc(), top.c.video_id.desc()))
    return select(literal(section).label("section"), top.c.video_id, place.label("place"))


def _listed(*conditions: SQLColumnExpression[bool]) -> Select[Any]:
    return (
        select(Video.id.label("video_id"))
        .join(Asset, Asset.id == Video.asset_id)
        .where(listed(clock.now()), *conditions)
    )


def _unfinished(actor: Actor) -> Select[Any]:
    return (
        select(Video.id.label("video_id"))
        .select_from(WatchProgress)
        .join(Video, Video.id == WatchProgress.video_id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(
            WatchProgress.user_id == actor.user_id,
            ~WatchProgress.completed,
            WatchProgress.last_position > 0,
            visible_to(actor, clock.now()),
        )
    )
