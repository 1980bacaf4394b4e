"""Signing up, in and out; the browsers that are signed in."""

from uuid import UUID

from fastapi import APIRouter, Request, Response, status

from lumenhall.domains.identity import service
from lumenhall.domains.identity.deps import (
    OptionalActor,
    SessionActor,
    device_of,
    drop_session_cookie,
    set_session_cookie,
)
from lumenhall.domains.identity.queries import list_sessions
from lumenhall.domains.identity.schemas import Me, NewAccount, SessionList, SessionLook, SignIn
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(tags=["sessions"])


@router.post("/sign-up", status_code=status.HTTP_201_CREATED)
async def sign_up(form: NewAccount, request: Request, context: Context, response: Response) -> Me:
    device = device_of(request)
    await service.count_knock(context.limiter, service.JOIN_PER_ADDRESS, device.ip)
    signed_in = await service.sign_up(context.database, form, device)
    set_session_cookie(response, context.settings, signed_in.secret)
    return signed_in.me


@router.post("/sign-in")
async def sign_in(form: SignIn, request: Request, context: Context, response: Response) -> Me:
    device = device_of(request)
    signed_in = await service.sign_in(context.database, context.limiter, form, device)
    set_session_cookie(response, context.settings, signed_in.secret)
    return signed_in.me


@router.post("/sign-out", status_code=status.HTTP_204_NO_CONTENT)
async def sign_out(
    actor: OptionalActor, session: Writes, context: Context, response: Response
) -> None:
    # Whoever is signed out already is where they wanted to be.
    if actor is not None and actor.session_id is not None:
        await service.end_session(session, actor, actor.session_id)
    drop_session_cookie(response, context.settings)


@router.get("/sessions")
async def get_sessions(actor: SessionActor, session: Reads) -> SessionList:
    looks = [SessionLook.model_validate(row) for row in await list_sessions(session, actor.user_id)]
    for look in looks:
        look.current = look.id == actor.session_id
    return SessionList(items=looks)


@router.delete("/sessions/{session_id}", status_code=status.HTTP_204_NO_CONTENT)
async def delete_session(session_id: UUID, actor: SessionActor, session: Writes) -> None:
    await service.end_session(session, actor, session_id)
