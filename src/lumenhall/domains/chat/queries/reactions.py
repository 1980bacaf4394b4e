"""Who reacted to messages."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.models import Message, MessageReaction
from lumenhall.domains.chat.policy import blocked
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class ReactorsWindow:
    """Whose reactions: those of one type or all, from a cursor on."""

    type: ReactionType | None
    cursor: str | None
    limit: int


async def page_reactors(
    session: AsyncSession, actor: Actor, message: Message, window: ReactorsWindow
) -> tuple[list[tuple[MessageReaction, User]], str | None]:
    """Return who reacted to a message, the newest first, and the next cursor.

    Nobody between whom and the actor there is a block.
    """
    key = tuple_(MessageReaction.created_at, MessageReaction.user_id)
    wanted = (
        select(MessageReaction, User)
        .join(User, User.id == MessageReaction.user_id)
        .where(
            MessageReaction.message_id == message.id,
            ~blocked(actor.user_id, MessageReaction.user_id),
        )
        .order_by(MessageReaction.created_at.desc(), MessageReaction.user_id.desc())
        .limit(window.limit + 1)
    )
    if window.type is not None:
        wanted = wanted.where(MessageReaction.type == window.type)
    if window.cursor is not None:
        wanted = wanted.where(key < decode_cursor(window.cursor, datetime, uuid.UUID))
    found = [(reaction, user) for reaction, user in await session.execute(wanted)]
    if len(found) <= window.limit:
        return found, None
    last = found[window.limit - 1][0]
    return found[: window.limit], encode_cursor(last.created_at, last.user_id)
