"""Who asks: by session cookie or `Authorization: Bearer`, read from the database each time.

A handler names whoever asks before its `Reads` or `Writes`: finding them takes a session of
its own, which is given back before the handler's work begins, so that no request holds one
connection while it waits for another.
"""

from typing import Annotated

from fastapi import BackgroundTasks, Depends, Request, Response
from starlette.requests import HTTPConnection

from lumenhall.domains.identity.models import Scope
from lumenhall.domains.identity.policy import (
    Actor,
    accepted_scopes,
    may_administer,
    may_guard_account,
    may_moderate,
    may_use_scopes,
)
from lumenhall.domains.identity.queries import (
    Known,
    credential_is_live,
    find_by_session,
    find_by_token,
)
from lumenhall.domains.identity.service import NOTED_EVERY, SESSION_LIFE, Device, note_use
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.errors import Unauthenticated
from lumenhall.platform.kit import clock
from lumenhall.platform.settings import Settings
from lumenhall.platform.web import Context

__all__ = [
    "Actor",
    "AdminActor",
    "CurrentActor",
    "ModeratorActor",
    "OptionalActor",
    "SessionActor",
    "authenticate",
    "credential_is_live",
]

COOKIE = "lumenhall_session"
BEARER = "bearer "


async def authenticate(context: AppContext, connection: HTTPConnection) -> Actor | None:
    """Return who sent a request or opened a socket, None for nobody; scopes are not checked."""
    known = await _find(context, connection)
    return known.actor if known else None


def set_session_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep the secret of a session, away from scripts and other sites."""
    response.set_cookie(
        COOKIE,
        secret,
        max_age=int(SESSION_LIFE.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.base_url.startswith("https:"),
    )


def drop_session_cookie(response: Response, settings: Settings) -> None:
    """Make the browser forget the session."""
    response.delete_cookie(
        COOKIE, httponly=True, samesite="lax", secure=settings.base_url.startswith("https:")
    )


def device_of(request: Request) -> Device:
    """Return what a request tells of the browser that sent it."""
    return Device(request.headers.get("user-agent"), address_of(request))


def address_of(request: Request) -> str | None:
    """Return the network address that a request came from."""
    return request.client.host if request.client else None


async def _identify(
    request: Request, response: Response, context: Context, later: BackgroundTasks
) -> Actor | None:
    known = await _find(context, request)
    if known is None:
        return None
    if known.noted_at is None or clock.now() - known.noted_at >= NOTED_EVERY:
        # After the reply, and seldom: a GET neither waits for a writer nor becomes one.
        later.add_task(_note, context.database, known.actor)
        if known.actor.session_id is not None:
            set_session_cookie(response, context.settings, request.cookies[COOKIE])
    return known.actor


_Identified = Annotated[Actor | None, Depends(_identify)]


async def _optional(actor: _Identified, request: Request) -> Actor | None:
    return _with_scope(actor, accepted_scopes(request.method, request.url.path)) if actor else None


async def _current(actor: _Identified, request: Request) -> Actor:
    return _with_scope(_known(actor), accepted_scopes(request.method, request.url.path))


async def _with_session(actor: _Identified) -> Actor:
    known = _known(actor)
    may_guard_account(known).demand()
    return known


async def _administering(actor: _Identified) -> Actor:
    known = _known(actor)
    may_administer(known).demand()
    return known


async def _moderating(actor: Annotated[Actor, Depends(_current)]) -> Actor:
    may_moderate(actor).demand()
    return actor


OptionalActor = Annotated[Actor | None, Depends(_optional)]
CurrentActor = Annotated[Actor, Depends(_current)]
SessionActor = Annotated[Actor, Depends(_with_session)]
ModeratorActor = Annotated[Actor, Depends(_moderating)]
AdminActor = Annotated[Actor, Depends(_administering)]


async def _find(context: AppContext, connection: HTTPConnection) -> Known | None:
    header = connection.headers.get("authorization", "")
    if header[: len(BEARER)].lower() == BEARER:
        async with context.database.glance() as session:
            return await find_by_token(session, header[len(BEARER) :].strip())
    secret = connection.cookies.get(COOKIE)
    if not secret:
        return None
    async with context.database.glance() as session:
        return await find_by_session(session, secret)


async def _note(database: Database, actor: Actor) -> None:
    async with database.write() as session:
        await note_use(session, actor)


def _known(actor: Actor | None) -> Actor:
    if actor is None:
        raise Unauthenticated
    return actor


def _with_scope(actor: Actor, accepted: frozenset[Scope]) -> Actor:
    may_use_scopes(actor, accepted).demand()
    return actor
