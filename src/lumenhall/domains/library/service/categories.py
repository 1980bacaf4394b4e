"""Making, changing and deleting categories; only admins do."""

import uuid

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.library import queries
from lumenhall.domains.library.errors import CategoryInvalid, CategoryNotEmpty, CategoryTaken
from lumenhall.domains.library.models import NAME_LENGTH, Category, Video
from lumenhall.domains.library.schemas import CategoryChange, NewCategory
from lumenhall.domains.library.service.auditing import audit_category
from lumenhall.domains.media.service.removal import remove_file
from lumenhall.platform.kit.text import slugify


async def create_category(session: AsyncSession, actor: Actor, new: NewCategory) -> Category:
    """Make a category; raises CategoryTaken when there is one of this name or slug."""
    may_administer(actor).demand()
    slug = new.slug or await _free_slug(session, new.name)
    values = new.model_dump() | {"slug": slug}
    category = Category(**values, created_by=actor.user_id)
    session.add(category)
    await _flush(session)
    await audit_category(session, actor, category, "created")
    return category


async def change_category(
    session: AsyncSession, actor: Actor, category_id: uuid.UUID, change: CategoryChange
) -> Category:
    """Give a category new values; raises CategoryUnknown or CategoryTaken."""
    may_administer(actor).demand()
    category = await queries.get_category(session, category_id)
    given = change.model_dump(exclude_none=True)
    for name, value in given.items():
        setattr(category, name, value)
    await _flush(session)
    await audit_category(session, actor, category, "changed", *given)
    return category


async def delete_category(
    session: AsyncSession,
    actor: Actor,
    category_id: uuid.UUID,
    *,
    move_to: uuid.UUID | None = None,
    uncategorise: bool = False,
) -> None:
    """Delete a category.

    Its videos go to the category `move_to`, or to none with `uncategorise`; without either,
    a category that holds videos raises CategoryNotEmpty with their number.
    """
    may_administer(actor).demand()
    category = await queries.get_category_locked(session, category_id)
    if move_to is not None or uncategorise:
        await _empty(session, category_id, move_to)
    elif count := await queries.count_videos(session, category_id):
        raise CategoryNotEmpty(f"It holds {count}.", video_count=count)
    if category.image_key:
        await remove_file(session, category.image_key)
    await audit_category(session, actor, category, "deleted")
    await session.delete(category)
    await session.flush()


async def _empty(session: AsyncSession, category_id: uuid.UUID, move_to: uuid.UUID | None) -> None:
    if move_to is not None and (
        move_to == category_id or await queries.find_category_kept(session, move_to) is None
    ):
        raise CategoryInvalid
    await session.execute(
        update(Video)
        .where(Video.category_id == category_id)
        .values(category_id=move_to)
        .execution_options(synchronize_session=False)
    )


async def _free_slug(session: AsyncSession, name: str) -> str:
    slug = slugify(name, fallback="category")
    taken = await queries.list_slugs_like(session, slug[: NAME_LENGTH - 4])
    number = 1
    free = slug
    while free in taken:
        number += 1
        free = f"{slug[: NAME_LENGTH - 4]}-{number}"
    return free


async def _flush(session: AsyncSession) -> None:
    try:
        await session.flush()
    except IntegrityError as error:
        raise CategoryTaken from error
