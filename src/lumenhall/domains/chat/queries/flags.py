"""Messages that moderators should look at, for them only."""

import uuid
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.errors import MessageUnknown
from lumenhall.domains.chat.models import Conversation, ConversationType, Message, Participant
from lumenhall.domains.chat.policy import blocked, flagged_for, open_to
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Flagged:
    """A flagged message; `is_open` where its reader takes part in the conversation."""

    message: Message
    sender: User
    conversation_type: ConversationType
    is_open: bool


async def page_flagged(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int
) -> tuple[list[Flagged], str | None]:
    """Return the flagged messages, the newest first, and the next cursor."""
    is_open = (
        select(1)
        .where(
            Participant.conversation_id == Conversation.id,
            open_to(actor),
            ~blocked(actor.user_id, Message.sender_id),
        )
        .correlate(Conversation, Message)
        .exists()
    )
    wanted = (
        select(Message, User, Conversation.type, is_open.label("is_open"))
        .join(User, User.id == Message.sender_id)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(flagged_for(actor))
        .order_by(Message.id.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(Message.id < decode_cursor(cursor, uuid.UUID)[0])
    rows = (await session.execute(wanted)).all()
    found = [Flagged(row[0], row[1], row[2], bool(row[3])) for row in rows[:limit]]
    return found, encode_cursor(found[-1].message.id) if len(rows) > limit else None


async def get_flagged(session: AsyncSession, actor: Actor, message_id: uuid.UUID) -> Message:
    """Return a flagged message as it is now; raises MessageUnknown."""
    found = await session.scalar(
        select(Message)
        .where(Message.id == message_id, flagged_for(actor))
        .execution_options(populate_existing=True)
    )
    if found is None:
        raise MessageUnknown
    return found
