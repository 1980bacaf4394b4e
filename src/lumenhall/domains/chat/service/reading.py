"""What a person has got and read, and what they make of their own list."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import NotAGroup
from lumenhall.domains.chat.events import ConversationChanged, MessagesRead
from lumenhall.domains.chat.models import ConversationType, MessageRequest, RequestStatus
from lumenhall.domains.chat.policy import can_manage
from lumenhall.domains.chat.schemas import ConversationChange
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def mark_read(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, number: int
) -> int:
    """Note that the actor has read up to a number, and return up to where they have.

    It only ever grows, and never beyond the newest message. Raises ConversationUnknown.
    """
    return await _mark(session, actor, conversation_id, number, is_read=True)


async def mark_delivered(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, number: int
) -> int:
    """Note that a device of the actor has got the messages up to a number, likewise."""
    return await _mark(session, actor, conversation_id, number, is_read=False)


async def change_conversation(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, change: ConversationChange
) -> None:
    """Rename a group, or mute and pin for oneself.

    Raises ConversationUnknown, NotAGroup or NotGroupAdmin.
    """
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    if change.is_muted is not None:
        place.participant.is_muted = change.is_muted
    if change.is_pinned is not None:
        place.participant.is_pinned = change.is_pinned
    await session.flush()
    told = {actor.user_id}
    if change.name is not None and change.name != place.conversation.name:
        if place.conversation.type is not ConversationType.GROUP:
            raise NotAGroup
        can_manage(place.participant).demand()
        place.conversation.name = change.name
        await append(session, place.conversation, actor, system=note("renamed", name=change.name))
        here = await queries.list_participants(session, conversation_id)
        told |= {person.id for _, person in here}
    await announce(session, ConversationChanged(conversation_id, frozenset(told)))


async def hide_conversation(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID
) -> None:
    """Take a conversation off one's own list until the next message; safe to repeat."""
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    place.participant.is_hidden = True
    place.participant.is_pinned = False
    await _mark(session, actor, conversation_id, place.conversation.last_number, is_read=True)
    await announce(session, ConversationChanged(conversation_id, frozenset({actor.user_id})))


async def answer_request(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, status: RequestStatus
) -> MessageRequest:
    """Accept or decline a request; a decline is silent and final. Raises RequestUnknown."""
    await queries.lock_conversation(session, conversation_id)
    request = await queries.get_request_to(session, actor, conversation_id)
    request.status, request.decided_at = status, clock.now()
    await session.flush()
    told = {actor.user_id}
    if status is RequestStatus.ACCEPTED:
        told.add(request.requester_id)
    await announce(session, ConversationChanged(conversation_id, frozenset(told)))
    return request


async def _mark(
    session: AsyncSession,
    actor: Actor,
    conversation_id: uuid.UUID,
    number: int,
    *,
    is_read: bool,
) -> int:
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    mine = place.participant
    number = min(number, place.conversation.last_number)
    before = (mine.read_number, mine.delivered_number)
    if is_read and number > mine.read_number:
        mine.read_number, mine.last_read_at = number, clock.now()
    mine.delivered_number = max(mine.delivered_number, mine.read_number, number)
    if before != (mine.read_number, mine.delivered_number):
        await session.flush()
        await announce(
            session,
            MessagesRead(
                conversation_id,
                actor.user_id,
                before[0] if is_read else before[1],
                mine.read_number,
                mine.delivered_number,
            ),
        )
    return mine.read_number
