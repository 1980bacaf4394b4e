"""Categories over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Request, Response, UploadFile

from lumenhall.domains.identity.deps import AdminActor, CurrentActor
from lumenhall.domains.identity.errors import PictureUnknown
from lumenhall.domains.identity.routes.pictures import picture_reply
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import (
    CategoryChange,
    CategoryList,
    CategoryLook,
    NewCategory,
)
from lumenhall.platform.kit.pictures import MAX_BYTES
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/api/categories", tags=["library"])


@router.get("")
async def list_categories(actor: CurrentActor, session: Reads) -> CategoryList:
    """All categories in their order; members see the active ones."""
    counts = await service.count_listed_videos(session)
    found = await queries.list_categories(session, with_inactive=actor.is_admin)
    return CategoryList(items=[CategoryLook.of(one, counts.get(one.id, 0)) for one in found])


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
    return CategoryLook.of(category, await queries.count_listed(session, category_id))


@router.put("/{category_id}/image")
async def set_category_image(
    category_id: UUID,
    actor: AdminActor,
    context: Context,
    file: Annotated[UploadFile, File()],
) -> CategoryLook:
    """Give a category a picture."""
    data = await file.read(MAX_BYTES + 1)
    category = await service.set_category_image(context, actor, category_id, data)
    async with context.database.read() as session:
        return CategoryLook.of(category, await queries.count_listed(session, category_id))


@router.delete("/{category_id}/image", status_code=204)
async def remove_category_image(category_id: UUID, actor: AdminActor, context: Context) -> None:
    """Take a category's picture away."""
    await service.remove_category_image(context, actor, category_id)


@router.get("/{category_id}/image", response_class=Response)
async def get_category_image(
    category_id: UUID, request: Request, actor: CurrentActor, context: Context
) -> Response:
    """The picture of a category, as WebP."""
    async with context.database.read() as session:
        category = await queries.get_category(session, category_id)
    if category.image_key is None or category.image_hash is None:
        raise PictureUnknown
    return await picture_reply(request, context.storage, category.image_key, category.image_hash)


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
