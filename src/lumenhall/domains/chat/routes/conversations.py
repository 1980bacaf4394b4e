"""Conversations over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.models import ConversationType, RequestStatus
from lumenhall.domains.chat.schemas import (
    ConversationChange,
    ConversationDetail,
    ConversationLook,
    Mark,
    NewConversation,
    NewParticipants,
    RoleChange,
    UnreadTotal,
)
from lumenhall.domains.identity.deps import Actor, CurrentActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Reads, Writes

router = APIRouter()
Cursor = Annotated[str | None, Query(max_length=500)]


@router.get("/conversations")
async def list_conversations(
    actor: CurrentActor, session: Reads, cursor: Cursor = None, limit: Limit = 30
) -> Page[ConversationLook]:
    """One's own conversations, pinned ones first and then the newest."""
    entries, following = await queries.page_conversations(session, actor, cursor, limit)
    items = await service.conversation_looks(session, actor, entries)
    return Page[ConversationLook](items=items, next_cursor=following)


@router.post("/conversations", status_code=201)
async def start_conversation(
    actor: CurrentActor, session: Writes, new: NewConversation
) -> ConversationDetail:
    """Start a group, or get the one conversation there is with a person, made if need be."""
    if new.type is ConversationType.GROUP:
        conversation_id = await service.start_group(session, actor, new.name or "", new.people)
    else:
        conversation_id = await service.start_direct(session, actor, new.people[0])
    return await _detail(session, actor, conversation_id)


@router.get("/conversations/{conversation_id}")
async def get_conversation(
    conversation_id: UUID, actor: CurrentActor, session: Reads
) -> ConversationDetail:
    """A conversation and who is in it."""
    return await _detail(session, actor, conversation_id)


@router.patch("/conversations/{conversation_id}")
async def change_conversation(
    conversation_id: UUID, actor: CurrentActor, session: Writes, change: ConversationChange
) -> ConversationDetail:
    """Rename a group (its admins), mute or pin for oneself."""
    await service.change_conversation(session, actor, conversation_id, change)
    return await _detail(session, actor, conversation_id)


@router.delete("/conversations/{conversation_id}", status_code=204)
async def hide_conversation(conversation_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Take it off one's own list; the next message brings it back with its history."""
    await service.hide_conversation(session, actor, conversation_id)


@router.put("/conversations/{conversation_id}/read")
async def mark_read(conversation_id: UUID, actor: CurrentActor, session: Writes, to: Mark) -> Mark:
    """Say up to which message one has read; the answer says where one stands."""
    return Mark(number=await service.mark_read(session, actor, conversation_id, to.number))


@router.put("/conversations/{conversation_id}/delivered", status_code=204)
async def mark_delivered(
    conversation_id: UUID, actor: CurrentActor, session: Writes, to: Mark
) -> None:
    """Say up to which message this device has got them."""
    await service.mark_delivered(session, actor, conversation_id, to.number)


@router.post("/conversations/{conversation_id}/participants")
async def add_participants(
    conversation_id: UUID, actor: CurrentActor, session: Writes, new: NewParticipants
) -> ConversationDetail:
    """Add people to a group; its admins may."""
    await service.add_participants(session, actor, conversation_id, new.people)
    return await _detail(session, actor, conversation_id)


@router.patch("/conversations/{conversation_id}/participants/{user_id}")
async def change_participant(
    conversation_id: UUID, user_id: UUID, actor: CurrentActor, session: Writes, change: RoleChange
) -> ConversationDetail:
    """Make somebody an admin of a group, or a member again."""
    await service.change_participant(session, actor, conversation_id, user_id, change.role)
    return await _detail(session, actor, conversation_id)


@router.delete("/conversations/{conversation_id}/participants/{user_id}", status_code=204)
async def remove_participant(
    conversation_id: UUID, user_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """Take somebody out of a group, or leave it oneself."""
    await service.remove_participant(session, actor, conversation_id, user_id)


@router.get("/requests")
async def list_requests(
    actor: CurrentActor, session: Reads, cursor: Cursor = None, limit: Limit = 30
) -> Page[ConversationLook]:
    """The conversations that others would like to begin."""
    entries, following = await queries.page_requests(session, actor, cursor, limit)
    items = await service.conversation_looks(session, actor, entries)
    return Page[ConversationLook](items=items, next_cursor=following)


@router.post("/requests/{conversation_id}/accept", status_code=204)
async def accept_request(conversation_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Talk with them from now on."""
    await service.answer_request(session, actor, conversation_id, RequestStatus.ACCEPTED)


@router.post("/requests/{conversation_id}/decline", status_code=204)
async def decline_request(conversation_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Never talk with them; they are not told."""
    await service.answer_request(session, actor, conversation_id, RequestStatus.DECLINED)


@router.get("/unread")
async def get_unread(actor: CurrentActor, session: Reads) -> UnreadTotal:
    """How much waits to be read."""
    conversations, mentions, requests = await queries.count_unread(session, actor)
    return UnreadTotal(conversations=conversations, mentions=mentions, requests=requests)


async def _detail(session: AsyncSession, actor: Actor, conversation_id: UUID) -> ConversationDetail:
    entry = await queries.get_entry(session, actor, conversation_id)
    return await service.conversation_detail(session, actor, entry)
