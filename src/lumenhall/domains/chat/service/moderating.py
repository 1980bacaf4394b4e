"""Words that moderators should know of: what holds one is shown as ever, and to them."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.models import Message
from lumenhall.domains.chat.policy import can_moderate
from lumenhall.domains.chat.schemas import FlaggedMessage
from lumenhall.domains.chat.service.writing import take_back
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.identity.service import record_audit


async def dismiss_flag(session: AsyncSession, actor: Actor, message_id: uuid.UUID) -> None:
    """Say that a flagged message is all right; raises ModeratorsOnly or MessageUnknown."""
    message = await _flagged(session, actor, message_id)
    message.flagged = False
    await session.flush()
    await _audit(session, actor, message, "dismissed")


async def remove_flagged(session: AsyncSession, actor: Actor, message_id: uuid.UUID) -> None:
    """Unsend a flagged message; raises ModeratorsOnly or MessageUnknown."""
    message = await _flagged(session, actor, message_id)
    await _audit(session, actor, message, "removed")
    await take_back(session, message)


def flagged_look(found: queries.Flagged) -> FlaggedMessage:
    """Return a flagged message as moderators see it: nothing else of its conversation."""
    message = found.message
    return FlaggedMessage(
        id=message.id,
        number=message.number,
        sender=PersonLook.model_validate(found.sender),
        text=message.text,
        conversation_type=found.conversation_type,
        conversation_id=message.conversation_id if found.is_open else None,
        created_at=message.created_at,
        edited_at=message.edited_at,
    )


async def _flagged(session: AsyncSession, actor: Actor, message_id: uuid.UUID) -> Message:
    can_moderate(actor).demand()
    message = await queries.get_flagged(session, actor, message_id)
    # Whoever changes a message holds the lock of its conversation, and it may change until then.
    await queries.lock_conversation(session, message.conversation_id)
    return await queries.get_flagged(session, actor, message_id)


async def _audit(session: AsyncSession, actor: Actor, message: Message, verb: str) -> None:
    about = {"name": (await get_user(session, message.sender_id)).display_name}
    await record_audit(session, actor, f"message.{verb}", "message", message.id, about)
