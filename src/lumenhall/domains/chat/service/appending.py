"""Giving a message the next number of its conversation."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import case, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.events import MessageSent
from lumenhall.domains.chat.models import (
    Conversation,
    Message,
    MessageMedia,
    MessageType,
    Participant,
)
from lumenhall.domains.chat.service.finding import note_words
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id


async def append(
    session: AsyncSession,
    conversation: Conversation,
    actor: Actor,
    attached: Sequence[MessageMedia] = (),
    **values: Any,
) -> Message:
    """Add a message, by default one of the house itself, with its attachments; announce it.

    The caller holds the lock of the conversation. Who sends a message has read up to there;
    for everybody else who takes part, the conversation is the newest of their list again.
    """
    now = clock.now()
    message_id = new_id()
    conversation.last_number += 1
    conversation.last_message_id = message_id
    conversation.last_message_at = now
    defaults = {"client_id": new_id(), "type": MessageType.SYSTEM, "created_at": now}
    message = Message(
        id=message_id,
        conversation_id=conversation.id,
        number=conversation.last_number,
        sender_id=actor.user_id,
        **defaults | values,
    )
    session.add(message)
    await session.flush()
    for place, one in enumerate(attached):
        one.message_id, one.sort_order = message_id, place
    if message.type is not MessageType.SYSTEM:
        await note_words(session, message)
    await session.flush()
    await _bring_up(session, conversation, actor.user_id, now)
    await announce(
        session, MessageSent(conversation.id, message.id, message.number, message.sender_id)
    )
    return message


def note(action: str, people: Iterable[User] = (), **more: str) -> dict[str, Any]:
    """Return what a message of the house says: what was done, and to whom."""
    named = [{"id": str(one.id), "display_name": one.display_name} for one in people]
    return {"action": action, "people": named, **more}


async def _bring_up(
    session: AsyncSession, conversation: Conversation, sender_id: uuid.UUID, now: datetime
) -> None:
    number = conversation.last_number
    is_sender = Participant.user_id == sender_id
    read = {
        name: case((is_sender, value), else_=getattr(Participant, name))
        for name, value in (
            ("read_number", number),
            ("delivered_number", number),
            ("last_read_at", now),
        )
    }
    await session.execute(
        update(Participant)
        .where(Participant.conversation_id == conversation.id, Participant.left_at.is_(None))
        .values(last_message_at=now, last_number=number, is_hidden=False, **read),
        execution_options={"synchronize_session": False},
    )
