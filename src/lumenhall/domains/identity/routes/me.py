"""One's own account."""

from fastapi import APIRouter, Request, UploadFile, status

from lumenhall.domains.identity import service
from lumenhall.domains.identity.deps import CurrentActor, SessionActor, address_of
from lumenhall.domains.identity.queries import get_user
from lumenhall.domains.identity.schemas import Me, PasswordChange, ProfileChange
from lumenhall.platform.kit.pictures import MAX_BYTES
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/me", tags=["me"])


@router.get("")
async def get_me(actor: CurrentActor, session: Reads) -> Me:
    return await service.describe_me(session, await get_user(session, actor.user_id))


@router.patch("")
async def change_me(change: ProfileChange, actor: CurrentActor, session: Writes) -> Me:
    user = await service.change_profile(session, actor, change)
    return await service.describe_me(session, user)


@router.put("/picture")
async def put_my_picture(file: UploadFile, actor: CurrentActor, context: Context) -> Me:
    data = await file.read(MAX_BYTES + 1)
    return await service.set_picture(context.database, context.storage, actor, data)


@router.delete("/picture", status_code=status.HTTP_204_NO_CONTENT)
async def delete_my_picture(actor: CurrentActor, context: Context) -> None:
    await service.remove_picture(context.database, context.storage, actor)


@router.post("/password", status_code=status.HTTP_204_NO_CONTENT)
async def change_my_password(
    form: PasswordChange, request: Request, actor: SessionActor, context: Context
) -> None:
    await service.change_password(
        context.database, context.limiter, actor, form, address_of(request)
    )
