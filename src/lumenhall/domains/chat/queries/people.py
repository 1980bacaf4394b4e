"""Who is in conversations, and who hears what is said in them."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    MessageRequest,
    Participant,
    RequestStatus,
)
from lumenhall.domains.chat.policy import blocked
from lumenhall.domains.identity.models import User
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime.models import Presence


async def list_participants(
    session: AsyncSession, conversation_id: uuid.UUID
) -> Sequence[Row[Participant, User]]:
    """Return who is in a conversation, in the order of joining, with the people."""
    found = await session.execute(
        select(Participant, User)
        .join(User, User.id == Participant.user_id)
        .where(Participant.conversation_id == conversation_id, Participant.left_at.is_(None))
        .order_by(Participant.joined_at, User.username)
    )
    return found.all()


async def find_participant(
    session: AsyncSession, conversation_id: uuid.UUID, user_id: uuid.UUID
) -> Participant | None:
    """Return a person's place, also when they have left."""
    return await session.get(Participant, (conversation_id, user_id), populate_existing=True)


async def count_participants(session: AsyncSession, conversation_id: uuid.UUID) -> int:
    """Return how many people are in a conversation."""
    counted = await session.scalar(
        select(func.count()).where(
            Participant.conversation_id == conversation_id, Participant.left_at.is_(None)
        )
    )
    return counted or 0


async def list_hearers(
    session: AsyncSession, conversation_id: uuid.UUID, speaker_id: uuid.UUID
) -> list[uuid.UUID]:
    """Return who hears what a person does in a conversation: themselves, and nobody blocked.

    Whoever declined a request hears nothing of it.
    """
    found = await session.scalars(
        select(Participant.user_id).where(
            Participant.conversation_id == conversation_id,
            Participant.left_at.is_(None),
            ~blocked(speaker_id, Participant.user_id),
            ~select(1)
            .where(
                MessageRequest.conversation_id == conversation_id,
                MessageRequest.recipient_id == Participant.user_id,
                MessageRequest.status == RequestStatus.DECLINED,
            )
            .exists(),
        )
    )
    return list(found)


async def list_shared(
    session: AsyncSession, one: uuid.UUID, other: uuid.UUID
) -> Sequence[uuid.UUID]:
    """Return the conversations in which both of two people are."""
    second = aliased(Participant)
    found = await session.scalars(
        select(Participant.conversation_id)
        .join(second, second.conversation_id == Participant.conversation_id)
        .where(
            Participant.user_id == one,
            second.user_id == other,
            Participant.left_at.is_(None),
            second.left_at.is_(None),
        )
    )
    return found.all()


async def list_partners_here(session: AsyncSession, user_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return who is here and may see that a person is: partners of open direct conversations."""
    partner = aliased(Participant)
    found = await session.scalars(
        select(partner.user_id)
        .join(
            Participant,
            and_(
                Participant.conversation_id == partner.conversation_id,
                Participant.user_id == user_id,
            ),
        )
        .join(Conversation, Conversation.id == Participant.conversation_id)
        .join(Presence, Presence.user_id == partner.user_id)
        .outerjoin(MessageRequest, MessageRequest.conversation_id == Conversation.id)
        .where(
            Conversation.type == ConversationType.DIRECT,
            Conversation.last_number > 0,
            partner.user_id != user_id,
            Presence.until > clock.now(),
            ~blocked(user_id, partner.user_id),
            or_(
                MessageRequest.requester_id.is_(None),
                MessageRequest.status == RequestStatus.ACCEPTED,
            ),
        )
        .distinct()
    )
    return found.all()
