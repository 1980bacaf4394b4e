"""Messages over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.schemas import (
    MessageChange,
    MessageLook,
    MessagePage,
    MessageReactions,
    MessageReactors,
    NewMessage,
    NewMessageReaction,
    Number,
)
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.kit.paging import Limit
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/conversations/{conversation_id}/messages")
Cursor = Annotated[str | None, Query(max_length=500)]


def _window(
    cursor: Cursor = None,
    after: Number | None = None,
    around: Number | None = None,
) -> queries.Window:
    return queries.Window(cursor, after, around)


def _reactors(
    type: ReactionType | None = None,  # noqa: A002 It is the name in the address.
    cursor: Cursor = None,
    limit: Limit = 30,
) -> queries.ReactorsWindow:
    return queries.ReactorsWindow(type, cursor, limit)


@router.get("")
async def list_messages(
    conversation_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Reads,
    window: Annotated[queries.Window, Depends(_window)],
    limit: Limit = 30,
) -> MessagePage:
    """Messages, the newest first: the newest of all, those `after` a number, or `around` one."""
    place = await queries.get_place(session, actor, conversation_id)
    shown, following = await queries.page_messages(session, actor, conversation_id, window, limit)
    return service.message_page(shown, following, place, actor, context.signing_key)


@router.post("", status_code=201)
async def send_message(
    conversation_id: UUID, actor: CurrentActor, context: Context, session: Writes, new: NewMessage
) -> MessageLook:
    """Say something; safe to repeat with the same `client_id`."""
    message_id = await service.send_message(session, context, actor, conversation_id, new)
    shown = await queries.shown_message(session, actor, conversation_id, message_id)
    return service.message_look(shown, actor, context.signing_key)


@router.get("/{message_id}")
async def get_message(
    conversation_id: UUID, message_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> MessageLook:
    """One message, or the stub that is left of it."""
    await queries.get_place(session, actor, conversation_id)
    shown = await queries.shown_message(session, actor, conversation_id, message_id)
    return service.message_look(shown, actor, context.signing_key)


@router.patch("/{message_id}")
async def change_message(
    conversation_id: UUID,
    message_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    change: MessageChange,
) -> MessageLook:
    """Give one's own message another text, for 15 minutes."""
    await service.change_message(session, actor, conversation_id, message_id, change.text)
    shown = await queries.shown_message(session, actor, conversation_id, message_id)
    return service.message_look(shown, actor, context.signing_key)


@router.delete("/{message_id}", status_code=204)
async def unsend_message(
    conversation_id: UUID, message_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """Take one's own message back for everyone."""
    await service.unsend_message(session, actor, conversation_id, message_id)


@router.put("/{message_id}/reaction")
async def react_to_message(
    conversation_id: UUID,
    message_id: UUID,
    actor: CurrentActor,
    session: Writes,
    new: NewMessageReaction,
) -> MessageReactions:
    """React to a message, otherwise than before, or no longer."""
    now = await service.react_to_message(session, actor, conversation_id, message_id, new.type)
    return MessageReactions(reaction_counts=now.counts, my_reaction=now.mine)


@router.get("/{message_id}/reactions")
async def list_message_reactions(
    conversation_id: UUID,
    message_id: UUID,
    actor: CurrentActor,
    session: Reads,
    window: Annotated[queries.ReactorsWindow, Depends(_reactors)],
) -> MessageReactors:
    """Who reacted to a message, the newest first."""
    await queries.get_place(session, actor, conversation_id)
    message = await queries.get_message(session, actor, conversation_id, message_id)
    found, following = await queries.page_reactors(session, actor, message, window)
    return MessageReactors(items=service.reaction_looks(found), next_cursor=following)
