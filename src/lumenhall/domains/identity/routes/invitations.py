"""Inviting people, and joining by an invitation."""

from uuid import UUID

from fastapi import APIRouter, Request, Response, status

from lumenhall.domains.identity import service
from lumenhall.domains.identity.deps import CurrentActor, device_of, set_session_cookie
from lumenhall.domains.identity.schemas import (
    InvitationLook,
    InvitationMade,
    InvitationPreview,
    Me,
    NewAccount,
    NewInvitation,
)
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/invitations", tags=["invitations"])


@router.get("")
async def get_invitations(
    actor: CurrentActor, session: Reads, cursor: str | None = None, limit: Limit = 50
) -> Page[InvitationLook]:
    return await service.page_of_invitations(session, actor, cursor=cursor, limit=limit)


@router.post("", status_code=status.HTTP_201_CREATED)
async def create_invitation(
    form: NewInvitation, actor: CurrentActor, context: Context, session: Writes
) -> InvitationMade:
    return await service.create_invitation(session, actor, form, context.settings.base_url)


@router.delete("/{invitation_id}", status_code=status.HTTP_204_NO_CONTENT)
async def revoke_invitation(invitation_id: UUID, actor: CurrentActor, session: Writes) -> None:
    await service.revoke_invitation(session, actor, invitation_id)


@router.get("/by-secret/{secret}")
async def preview_invitation(secret: str, session: Reads) -> InvitationPreview:
    return await service.preview_invitation(session, secret)


@router.post("/by-secret/{secret}/accept", status_code=status.HTTP_201_CREATED)
async def accept_invitation(
    secret: str, form: NewAccount, request: Request, context: Context, response: Response
) -> Me:
    device = device_of(request)
    await service.count_knock(context.limiter, service.JOIN_PER_ADDRESS, device.ip)
    signed_in = await service.accept_invitation(context.database, secret, form, device)
    set_session_cookie(response, context.settings, signed_in.secret)
    return signed_in.me
