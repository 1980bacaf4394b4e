"""Whom messages name."""

import uuid
from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import Exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.chat.models import Message, MessageMention, Participant
from lumenhall.domains.chat.policy import blocked
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor

# Nobody jumps through more, and the badge does not say how many.
MOST_LISTED = 100


async def list_mentioned(session: AsyncSession, message_id: uuid.UUID) -> set[uuid.UUID]:
    """Return who is named by a message."""
    return set(
        await session.scalars(
            select(MessageMention.user_id).where(MessageMention.message_id == message_id)
        )
    )


async def list_named_here(
    session: AsyncSession, conversation_id: uuid.UUID, usernames: Collection[str]
) -> set[uuid.UUID]:
    """Return who of a conversation has one of these usernames."""
    return set(
        await session.scalars(
            select(User.id)
            .join(Participant, Participant.user_id == User.id)
            .where(
                Participant.conversation_id == conversation_id,
                Participant.left_at.is_(None),
                User.username.in_(usernames),
            )
        )
    )


async def list_unread_mentions(
    session: AsyncSession, actor: Actor, conversation_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[int]]:
    """Return the numbers of unread messages that name the actor, the oldest of each first."""
    place = func.row_number().over(
        partition_by=MessageMention.conversation_id, order_by=MessageMention.number
    )
    listed = (
        select(MessageMention.conversation_id, MessageMention.number, place.label("place"))
        .join(Message, Message.id == MessageMention.message_id)
        .join(Participant, Participant.conversation_id == MessageMention.conversation_id)
        .where(
            MessageMention.user_id == actor.user_id,
            MessageMention.conversation_id.in_(conversation_ids),
            Participant.user_id == actor.user_id,
            MessageMention.number > Participant.read_number,
            ~blocked(actor.user_id, Message.sender_id),
        )
        .subquery()
    )
    found = await session.execute(
        select(listed.c.conversation_id, listed.c.number)
        .where(listed.c.place <= MOST_LISTED)
        .order_by(listed.c.number)
    )
    numbers: defaultdict[uuid.UUID, list[int]] = defaultdict(list)
    for conversation_id, number in found:
        numbers[conversation_id].append(number)
    return numbers


def is_mentioned(actor: Actor) -> Exists:
    """Return the condition that an unread message names the actor.

    Needs the actor's own row of `participants` in the statement.
    """
    naming = aliased(Message)
    return (
        select(1)
        .select_from(MessageMention)
        .join(naming, naming.id == MessageMention.message_id)
        .where(
            MessageMention.user_id == actor.user_id,
            MessageMention.conversation_id == Participant.conversation_id,
            MessageMention.number > Participant.read_number,
            ~blocked(actor.user_id, naming.sender_id),
        )
        .correlate(Participant)
        .exists()
    )
