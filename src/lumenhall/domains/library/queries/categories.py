"""Categories, and how much is in them."""

import uuid
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.library.errors import CategoryUnknown
from lumenhall.domains.library.models import Category, Video
from lumenhall.domains.library.policy import listed
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock


async def list_categories(session: AsyncSession, *, with_inactive: bool) -> Sequence[Category]:
    """Return the categories in their order."""
    wanted = select(Category).order_by(Category.sort_order, Category.name)
    found = await session.scalars(wanted if with_inactive else wanted.where(Category.is_active))
    return found.all()


async def count_listed_by_category(session: AsyncSession) -> dict[uuid.UUID, int]:
    """Return how many videos of each category everybody can see; empty ones are left out."""
    counted = await session.execute(
        select(Video.category_id, func.count().label("videos"))
        .join(Asset, Asset.id == Video.asset_id)
        .where(listed(clock.now()), Video.category_id.is_not(None))
        .group_by(Video.category_id)
    )
    return {row.category_id: row.videos for row in counted}


async def get_category(session: AsyncSession, category_id: uuid.UUID) -> Category:
    """Return a category; raises CategoryUnknown."""
    category = await session.get(Category, category_id)
    if category is None:
        raise CategoryUnknown
    return category


async def find_category_kept(session: AsyncSession, category_id: uuid.UUID) -> Category | None:
    """Return a category that nobody can delete before this work is done."""
    return await session.scalar(
        select(Category)
        .where(Category.id == category_id)
        .with_for_update(read=True, key_share=True)
    )


async def get_category_locked(session: AsyncSession, category_id: uuid.UUID) -> Category:
    """Return a category into which no video can come before this work is done."""
    category = await session.scalar(
        select(Category).where(Category.id == category_id).with_for_update()
    )
    if category is None:
        raise CategoryUnknown
    return category


async def count_videos(session: AsyncSession, category_id: uuid.UUID) -> int:
    """Return how many videos a category holds, drafts included."""
    count = await session.scalar(
        select(func.count()).select_from(Video).where(Video.category_id == category_id)
    )
    return count or 0


async def count_listed(session: AsyncSession, category_id: uuid.UUID) -> int:
    """Return how many videos of a category everybody can see."""
    count = await session.scalar(
        select(func.count())
        .select_from(Video)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Video.category_id == category_id, listed(clock.now()))
    )
    return count or 0


async def list_slugs_like(session: AsyncSession, slug: str) -> set[str]:
    """Return the slugs that start with `slug`."""
    found = await session.scalars(
        select(Category.slug).where(Category.slug.startswith(slug, autoescape=True))
    )
    return set(found)
