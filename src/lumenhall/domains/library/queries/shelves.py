"""The rows of the home page that everybody sees alike."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, case, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql import SQLColumnExpression

from lumenhall.domains.library.models import Category, LibraryStamp, ShelfPick, Video
from lumenhall.domains.library.policy import listed
from lumenhall.domains.library.queries.videos import video_rows
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock

SHELF_LENGTH = 16
HERO, NEWEST, COVERS, REACTED = "hero", "newest", "covers", "reacted"


async def get_stamp(session: AsyncSession) -> str:
    """Return what changes whenever something changes that everybody sees of the library."""
    return (await session.execute(select(LibraryStamp.stamp))).scalar_one()


async def list_active_categories(session: AsyncSession) -> Sequence[Row[uuid.UUID, str, str]]:
    """Return id, name and slug of the categories that have a shelf, in their order."""
    found = await session.execute(
        select(Category.id, Category.name, Category.slug)
        .where(Category.is_active)
        .order_by(Category.sort_order, Category.name)
    )
    return found.all()


async def list_on_shelves(
    session: AsyncSession, category_ids: Sequence[uuid.UUID], cover_ids: Sequence[uuid.UUID]
) -> Sequence[Row[Any]]:
    """Return the videos of all shelves, each shelf in its order, as rows of `video_rows`.

    `shelf` names the shelf of each, that of a category by its id, that of `cover_ids` COVERS;
    the hero has a `description`.
    Every shelf is picked by an index, so the size of the library does not matter.
    """
    picked = [
        _listed(Video.is_hero).with_only_columns(
            literal(HERO).label("shelf"), Video.id.label("video_id"), literal(1).label("place")
        ),
        _first(NEWEST, Video.published_at, _listed()),
        _listed(ShelfPick.shelf == REACTED)
        .join(ShelfPick, ShelfPick.video_id == Video.id)
        .with_only_columns(ShelfPick.shelf, ShelfPick.video_id, ShelfPick.place),
        _listed(Video.id.in_(cover_ids)).with_only_columns(literal(COVERS), Video.id, literal(1)),
        *(
            _first(str(id_), Video.view_count, _listed(Video.category_id == id_))
            for id_ in category_ids
        ),
    ]
    picks = union_all(*picked).subquery("picks")
    description = case((picks.c.shelf == HERO, Video.description)).label("description")
    wanted = (
        video_rows()
        .join(picks, picks.c.video_id == Video.id)
        .add_columns(picks.c.shelf, description)
        .order_by(picks.c.shelf, picks.c.place)
    )
    return (await session.execute(wanted)).all()


async def list_picks(session: AsyncSession, shelf: str) -> Sequence[uuid.UUID]:
    """Return the videos that were picked for a shelf, in their order."""
    found = await session.scalars(
        select(ShelfPick.video_id).where(ShelfPick.shelf == shelf).order_by(ShelfPick.place)
    )
    return found.all()


async def find_next_due(session: AsyncSession) -> datetime | None:
    """Return the next moment at which a video is published by itself."""
    return await session.scalar(
        select(func.min(Video.published_at)).where(
            Video.published, Video.published_at > clock.now()
        )
    )


def _first(shelf: str, order: SQLColumnExpression[Any], wanted: Select[Any]) -> Select[Any]:
    """Return the ids of the first videos of a shelf, numbered by their places."""
    ranked = wanted.add_columns(order.label("rank")).order_by(order.desc(), Video.id.desc())
    top = ranked.limit(SHELF_LENGTH).subquery()
    place = func.row_number().over(order_by=(top.c.rank.desc(), top.c.video_id.desc()))
    return select(literal(shelf).label("shelf"), top.c.video_id, place.label("place"))


def _listed(*conditions: SQLColumnExpression[bool]) -> Select[Any]:
    return (
        select(Video.id.label("video_id"))
        .join(Asset, Asset.id == Video.asset_id)
        .where(listed(clock.now()), *conditions)
    )
