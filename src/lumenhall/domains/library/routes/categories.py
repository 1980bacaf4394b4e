"""Categories over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from lumenhall.domains.identity.deps import AdminActor, CurrentActor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import (
    CategoryChange,
    CategoryList,
    CategoryLook,
    NewCategory,
)
from lumenhall.platform.web import Reads, Writes

router = APIRouter(prefix="/api/categories", tags=["library"])


@router.get("")
async def list_categories(actor: CurrentActor, session: Reads) -> CategoryList:
    """All categories in their order; members see the active ones."""
    rows = await queries.list_categories(session, with_inactive=actor.is_admin)
    return CategoryList(items=[CategoryLook.of(category, count) for category, count in rows])


@router.post("", status_code=201)
async def create_category(actor: AdminActor, session: Writes, new: NewCategory) -> CategoryLook:
    """Make a category."""
    return CategoryLook.of(await service.create_category(session, actor, new), 0)


@router.patch("/{category_id}")
async def change_category(
    category_id: UUID, actor: AdminActor, session: Writes, change: CategoryChange
) -> CategoryLook:
    """Give a category new values."""
    category = await service.change_category(session, actor, category_id, change)
    return CategoryLook.of(category, await queries.count_videos(session, category_id))


@router.delete("/{category_id}", status_code=204)
async def delete_category(
    category_id: UUID,
    actor: AdminActor,
    session: Writes,
    move_to: UUID | None = None,
    uncategorise: bool = False,
) -> None:
    """Delete a category; its videos move to another one or to none, else 409 says how many."""
    await service.delete_category(
        session, actor, category_id, move_to=move_to, uncategorise=uncategorise
    )
