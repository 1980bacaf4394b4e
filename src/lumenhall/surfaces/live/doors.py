"""Who may open a socket, keep it open, and join which topic: asked of the domains."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from lumenhall.domains.chat import service as chat
from lumenhall.domains.chat.errors import ConversationUnknown
from lumenhall.domains.identity import deps
from lumenhall.domains.identity.models import Scope
from lumenhall.domains.identity.policy import Actor, may_use_scopes
from lumenhall.domains.identity.queries import live_credentials
from lumenhall.domains.media.access import may_play
from lumenhall.platform.context import AppContext


@dataclass(frozen=True, slots=True)
class Doors:
    """The questions that the sockets put to the domains."""

    authenticate: Callable[[AppContext, HTTPConnection], Awaitable[Actor | None]]
    live_credentials: Callable[[AsyncSession, Sequence[UUID]], Awaitable[set[UUID]]]
    may_join: Callable[[AsyncSession, Actor, str], Awaitable[bool]]
    tell_typing: Callable[[AsyncSession, Actor, str], Awaitable[None]]
    tell_presence: Callable[[AsyncSession, UUID, bool], Awaitable[None]]


async def authenticate(context: AppContext, connection: HTTPConnection) -> Actor | None:
    """Return who opens a socket; a token needs the scope for reading."""
    actor = await deps.authenticate(context, connection)
    if actor is None or not may_use_scopes(actor, frozenset({Scope.READ})):
        return None
    return actor


async def may_join(session: AsyncSession, actor: Actor, topic: str) -> bool:
    """Say whether the topic is one that this member may hear."""
    kind, _, name = topic.partition(":")
    try:
        asset_id = UUID(name)
    except ValueError:
        return False
    return kind == "asset" and await may_play(session, asset_id, actor.user_id)


async def tell_typing(session: AsyncSession, actor: Actor, topic: str) -> None:
    """Let the others of a conversation know that somebody writes; what is none is ignored."""
    kind, _, name = topic.partition(":")
    if kind == "conversation":
        with suppress(ValueError, ConversationUnknown):
            await chat.tell_typing(session, actor, UUID(name))


DOORS = Doors(authenticate, live_credentials, may_join, tell_typing, chat.tell_presence)
