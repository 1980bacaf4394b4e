"""Who may do what in conversations.

Only those who take part know of a conversation. A block ends a direct one for both, as long as
it lasts; in groups, neither is shown what the other says.
"""

import uuid
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Exists, and_, exists, false, or_, select, true
from sqlalchemy.orm import aliased

from lumenhall.domains.chat.errors import (
    MessageTooOld,
    MessageUnsent,
    NotGroupAdmin,
    NotTalkingYet,
    NotYourMessage,
    NotYourParty,
    RequestDeclined,
    RequestPending,
)
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Message,
    MessageRequest,
    MessageType,
    Participant,
    ParticipantRole,
    RequestStatus,
    WatchParty,
)
from lumenhall.domains.identity.models import Block
from lumenhall.domains.identity.policy import ALLOWED, Actor, Decision, may_moderate

MOST_PARTICIPANTS = 256
EDITABLE_FOR = timedelta(minutes=15)


def blocked(one: Any, other: Any) -> Exists:
    """Return the condition that one of two people, columns or ids, has blocked the other."""
    return exists().where(
        or_(
            and_(Block.blocker_id == one, Block.blocked_id == other),
            and_(Block.blocker_id == other, Block.blocked_id == one),
        )
    )


def open_to(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor takes part and nothing is between the two of a pair.

    Needs `conversations` and the actor's own row of `participants` in the statement.
    """
    partner = aliased(Participant)
    is_blocked = exists(
        select(1)
        .where(
            partner.conversation_id == Conversation.id,
            partner.user_id != actor.user_id,
            blocked(actor.user_id, partner.user_id),
        )
        .correlate(Conversation)
    )
    was_declined = exists(
        select(1)
        .where(
            MessageRequest.conversation_id == Conversation.id,
            MessageRequest.recipient_id == actor.user_id,
            MessageRequest.status == RequestStatus.DECLINED,
        )
        .correlate(Conversation)
    )
    return and_(
        Participant.user_id == actor.user_id,
        Participant.left_at.is_(None),
        or_(
            Conversation.type == ConversationType.GROUP,
            and_(~is_blocked, ~was_declined),
        ),
    )


def in_list(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that a conversation is in the actor's own list.

    Not what was taken off it, and no request that still waits for the actor's answer. Needs,
    beyond what `open_to` does, the request of the conversation, joined from outside.
    """
    return and_(
        open_to(actor),
        ~Participant.is_hidden,
        or_(
            MessageRequest.requester_id.is_(None),
            MessageRequest.requester_id == actor.user_id,
            MessageRequest.status == RequestStatus.ACCEPTED,
        ),
    )


def can_write(user_id: uuid.UUID, request: MessageRequest | None) -> Decision:
    """Who asked waits for the answer, and is not told of a decline, which is final."""
    if request is None or request.status is RequestStatus.ACCEPTED:
        return ALLOWED
    if request.requester_id == user_id:
        return Decision(RequestPending())
    if request.status is RequestStatus.DECLINED:
        return Decision(RequestDeclined())
    return ALLOWED


def is_begun(conversation: Conversation) -> bool:
    """Say whether there is more than somebody's wish to talk with another person."""
    return conversation.type is ConversationType.GROUP or conversation.last_number > 0


def sees_marks(user_id: uuid.UUID, request: MessageRequest | None) -> bool:
    """Say whether a person sees presence and read marks of the other: not before acceptance."""
    return (
        request is None
        or request.requester_id != user_id
        or request.status is RequestStatus.ACCEPTED
    )


def can_manage(participant: Participant) -> Decision:
    """Admins of a group add, remove, rename and hand their role on."""
    return ALLOWED if participant.role is ParticipantRole.ADMIN else Decision(NotGroupAdmin())


def can_moderate(actor: Actor) -> Decision:
    """Moderators and admins see messages that are flagged, and nothing else of what is said."""
    return may_moderate(actor)


def flagged_for(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that the actor may see a message because it is flagged."""
    return and_(Message.flagged, true() if actor.is_moderator else false())


def can_unsend(actor: Actor, message: Message) -> Decision:
    """Whoever sent a message may take it back for everyone, at any time."""
    if message.sender_id != actor.user_id or message.type is MessageType.SYSTEM:
        return Decision(NotYourMessage())
    return ALLOWED


def can_change(actor: Actor, message: Message, now: datetime) -> Decision:
    """Whoever sent a message may change its text for 15 minutes."""
    mine = can_unsend(actor, message)
    if not mine:
        return mine
    if message.unsent_at is not None:
        return Decision(MessageUnsent())
    if now > message.created_at + EDITABLE_FOR:
        return Decision(MessageTooOld())
    return ALLOWED


def can_start_watching(
    user_id: uuid.UUID, conversation: Conversation, request: MessageRequest | None
) -> Decision:
    """Who may write may, but not before there is a conversation: a party asks nobody first."""
    mine = can_write(user_id, request)
    if not mine:
        return mine
    if not is_begun(conversation) or (
        request is not None and request.status is not RequestStatus.ACCEPTED
    ):
        return Decision(NotTalkingYet())
    return ALLOWED


def can_end_watching(participant: Participant, party: WatchParty) -> Decision:
    """Whoever started it ends it for everyone, and so may the admins of a group."""
    if participant.user_id == party.started_by_id:
        return ALLOWED
    is_admin = participant.role is ParticipantRole.ADMIN
    return ALLOWED if is_admin else Decision(NotYourParty())
