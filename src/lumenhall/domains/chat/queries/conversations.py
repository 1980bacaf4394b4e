"""Conversations as those who take part see them."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, and_, case, func, or_, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.chat.errors import ConversationUnknown, RequestUnknown
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Message,
    MessageRequest,
    Participant,
    RequestStatus,
)
from lumenhall.domains.chat.policy import blocked, in_list, open_to
from lumenhall.domains.chat.queries.attachments import Attached, count_media
from lumenhall.domains.chat.queries.mentions import is_mentioned, list_unread_mentions
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import list_blocked
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class Place:
    """A conversation, the asker's own place in it, and the request that opened it, if any."""

    conversation: Conversation
    participant: Participant
    request: MessageRequest | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A conversation in somebody's list with what is shown of it."""

    place: Place
    last_message: Message | None
    last_sender: User | None
    last_media: Attached | None
    person: User | None
    participant_count: int
    hidden_unread: int
    mentions: list[int]

    @property
    def unread_count(self) -> int:
        """How many messages came after the last one read, not counting those of the blocked."""
        conversation, mine = self.place.conversation, self.place.participant
        return max(0, conversation.last_number - mine.read_number - self.hidden_unread)


async def get_place(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, *, lock: bool = False
) -> Place:
    """Return the actor's place in a conversation; raises ConversationUnknown.

    With `lock` nobody else changes the conversation before this work is done.
    """
    if lock:
        await lock_conversation(session, conversation_id)
    wanted = _places(actor).where(Conversation.id == conversation_id)
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise ConversationUnknown
    return _place(row)


async def find_direct(session: AsyncSession, pair: str) -> Conversation | None:
    """Return the direct conversation of two people, whoever asks."""
    return await session.scalar(select(Conversation).where(Conversation.pair == pair))


async def lock_topic(session: AsyncSession, topic: str) -> Conversation:
    """Return the group about something; nobody else changes it before this work is done."""
    wanted = select(Conversation).where(Conversation.topic == topic).with_for_update()
    return (await session.scalars(wanted.execution_options(populate_existing=True))).one()


async def list_topics(
    session: AsyncSession, user_id: uuid.UUID, beginning: str
) -> Sequence[uuid.UUID]:
    """Return somebody's groups whose topic begins so."""
    found = await session.scalars(
        select(Conversation.id)
        .join(Participant, Participant.conversation_id == Conversation.id)
        .where(
            Participant.user_id == user_id,
            Participant.left_at.is_(None),
            Conversation.topic.startswith(beginning, autoescape=True),
        )
        .order_by(Conversation.id)
    )
    return found.all()


async def lock_conversation(session: AsyncSession, conversation_id: uuid.UUID) -> None:
    """See to it that nobody else changes a conversation before this work is done.

    By a statement of its own: after a wait, PostgreSQL reads afresh only the row that it locks,
    and would take places and requests that it joins to it as they were before the wait.
    """
    await session.execute(
        select(Conversation.id).where(Conversation.id == conversation_id).with_for_update()
    )


async def page_conversations(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int
) -> tuple[list[Entry], str | None]:
    """Return a person's list, pinned ones first and then the newest, and the next cursor."""
    key = tuple_(Participant.is_pinned, Participant.last_message_at, Participant.conversation_id)
    wanted = (
        _entries(actor)
        .where(in_list(actor), Participant.last_message_at.is_not(None))
        .order_by(
            Participant.is_pinned.desc(),
            Participant.last_message_at.desc(),
            Participant.conversation_id.desc(),
        )
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(key < decode_cursor(cursor, bool, datetime, uuid.UUID))
    rows = (await session.execute(wanted)).all()
    entries = await _filled(session, actor, rows[:limit])
    if len(rows) <= limit:
        return entries, None
    last = entries[-1].place.participant
    return entries, encode_cursor(last.is_pinned, last.last_message_at, last.conversation_id)


async def page_requests(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int
) -> tuple[list[Entry], str | None]:
    """Return the conversations that wait for the actor's answer, who asked last first."""
    key = tuple_(MessageRequest.created_at, MessageRequest.conversation_id)
    wanted = (
        _entries(actor)
        .where(
            MessageRequest.recipient_id == actor.user_id,
            MessageRequest.status == RequestStatus.PENDING,
        )
        .order_by(MessageRequest.created_at.desc(), MessageRequest.conversation_id.desc())
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(key < decode_cursor(cursor, datetime, uuid.UUID))
    rows = (await session.execute(wanted)).all()
    entries = await _filled(session, actor, rows[:limit])
    if len(rows) <= limit:
        return entries, None
    last: MessageRequest = rows[limit - 1][2]
    return entries, encode_cursor(last.created_at, last.conversation_id)


async def get_entry(session: AsyncSession, actor: Actor, conversation_id: uuid.UUID) -> Entry:
    """Return one conversation as in the list; raises ConversationUnknown."""
    wanted = _entries(actor).where(Conversation.id == conversation_id)
    rows = (await session.execute(wanted.execution_options(populate_existing=True))).all()
    if not rows:
        raise ConversationUnknown
    return (await _filled(session, actor, rows))[0]


async def list_entries(
    session: AsyncSession, actor: Actor, ids: Sequence[uuid.UUID]
) -> list[Entry]:
    """Return these conversations as in the list and in this order, without what is not open."""
    found = await session.execute(_entries(actor).where(Conversation.id.in_(ids)))
    rows = sorted(found.all(), key=lambda row: ids.index(row[0].id))
    return await _filled(session, actor, rows)


async def find_request(session: AsyncSession, conversation_id: uuid.UUID) -> MessageRequest | None:
    """Return the request that a conversation began with."""
    return await session.scalar(
        select(MessageRequest).where(MessageRequest.conversation_id == conversation_id)
    )


async def has_unaccepted(
    session: AsyncSession, requester_id: uuid.UUID, ids: Collection[uuid.UUID]
) -> bool:
    """Say whether somebody has asked one of these people, who has not accepted."""
    found = await session.scalar(
        select(MessageRequest.recipient_id)
        .where(
            MessageRequest.requester_id == requester_id,
            MessageRequest.recipient_id.in_(ids),
            MessageRequest.status != RequestStatus.ACCEPTED,
        )
        .limit(1)
    )
    return found is not None


async def get_request_to(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID
) -> MessageRequest:
    """Return the request that waits for the actor's answer; raises RequestUnknown."""
    found = await session.scalar(
        select(MessageRequest).where(
            MessageRequest.conversation_id == conversation_id,
            MessageRequest.recipient_id == actor.user_id,
            MessageRequest.status == RequestStatus.PENDING,
            ~blocked(MessageRequest.requester_id, actor.user_id),
        )
    )
    if found is None:
        raise RequestUnknown
    return found


async def count_unread(session: AsyncSession, actor: Actor) -> tuple[int, int, int]:
    """Return in how many conversations something is new, in how many of them for the actor.

    And how many requests are open. Conversations that are muted, off the list or only a request
    do not count, and neither do those in which only the blocked have spoken; a muted one does
    while an unread message names the actor.
    """
    spoken = aliased(Message)
    is_heard = (
        select(1)
        .where(
            spoken.conversation_id == Conversation.id,
            spoken.number > Participant.read_number,
            ~blocked(actor.user_id, spoken.sender_id),
        )
        .exists()
    )
    names_actor = is_mentioned(actor)
    unread = await session.execute(
        _places(actor)
        .with_only_columns(func.count(), func.sum(case((names_actor, 1), else_=0)))
        .where(
            Participant.last_number > Participant.read_number,
            in_list(actor),
            or_(~Participant.is_muted, names_actor),
            is_heard,
        )
    )
    requests = await session.scalar(
        select(func.count()).where(
            MessageRequest.recipient_id == actor.user_id,
            MessageRequest.status == RequestStatus.PENDING,
            ~blocked(MessageRequest.requester_id, actor.user_id),
        )
    )
    conversations, mentions = unread.one()
    return conversations, mentions or 0, requests or 0


def _places(actor: Actor) -> Select[Conversation, Participant, MessageRequest]:
    return (
        select(Conversation, Participant, MessageRequest)
        .join(Participant, Participant.conversation_id == Conversation.id)
        .outerjoin(MessageRequest, MessageRequest.conversation_id == Conversation.id)
        .where(open_to(actor))
    )


def _entries(actor: Actor) -> Select[Any]:
    sender = aliased(User, name="last_sender")
    return (
        _places(actor)
        .add_columns(Message, sender)
        .outerjoin(
            Message,
            and_(
                Message.conversation_id == Conversation.id,
                Message.number == Conversation.last_number,
                ~blocked(actor.user_id, Message.sender_id),
            ),
        )
        .outerjoin(sender, sender.id == Message.sender_id)
    )


def _place(row: Any) -> Place:
    return Place(row[0], row[1], row[2])


async def _filled(session: AsyncSession, actor: Actor, rows: Sequence[Any]) -> list[Entry]:
    ids = [row[0].id for row in rows]
    if not ids:
        return []
    people = await _partners(session, actor, ids)
    counts = await _counts(session, ids)
    hidden = await _hidden_unread(session, actor, ids)
    newest = {row[0].id: (row[3], row[4]) for row in rows if row[3]}
    unheard = [row[0].id for row in rows if row[0].last_number > 0 and row[0].id not in newest]
    newest |= await _newest_heard(session, actor, unheard)
    attached = await count_media(session, [message for message, _ in newest.values()])
    mentions = await list_unread_mentions(session, actor, ids)
    return [
        Entry(
            _place(row),
            *newest.get(row[0].id, (None, None)),
            attached.get(newest[row[0].id][0].id) if row[0].id in newest else None,
            people.get(row[0].id),
            counts.get(row[0].id, 0),
            hidden.get(row[0].id, 0),
            mentions.get(row[0].id, []),
        )
        for row in rows
    ]


async def _newest_heard(
    session: AsyncSession, actor: Actor, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Message, User]]:
    """Return what is the newest in these conversations where the blocked have spoken last."""
    if not ids:
        return {}
    heard = aliased(Message)
    newest = (
        select(heard.id)
        .where(
            heard.conversation_id == Conversation.id,
            ~blocked(actor.user_id, heard.sender_id),
        )
        .order_by(heard.number.desc())
        .limit(1)
        .scalar_subquery()
    )
    found = await session.execute(
        select(Message, User)
        .join(User, User.id == Message.sender_id)
        .join(Conversation, Message.id == newest)
        .where(Conversation.id.in_(ids))
    )
    return {message.conversation_id: (message, sender) for message, sender in found}


async def _partners(
    session: AsyncSession, actor: Actor, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, User]:
    found = await session.execute(
        select(Participant.conversation_id, User)
        .join(User, User.id == Participant.user_id)
        .join(Conversation, Conversation.id == Participant.conversation_id)
        .where(
            Participant.conversation_id.in_(ids),
            Participant.user_id != actor.user_id,
            Conversation.type == ConversationType.DIRECT,
        )
    )
    return {row.conversation_id: row.User for row in found}


async def _counts(session: AsyncSession, ids: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    found = await session.execute(
        select(Participant.conversation_id, func.count().label("number"))
        .where(Participant.conversation_id.in_(ids), Participant.left_at.is_(None))
        .group_by(Participant.conversation_id)
    )
    return {row.conversation_id: row.number for row in found}


async def _hidden_unread(
    session: AsyncSession, actor: Actor, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, int]:
    """Count what the blocked have said since, which the actor is not shown."""
    strangers = await list_blocked(session, actor.user_id)
    if not strangers:
        return {}
    found = await session.execute(
        select(Message.conversation_id, func.count().label("number"))
        .join(Participant, Participant.conversation_id == Message.conversation_id)
        .where(
            Participant.user_id == actor.user_id,
            Message.conversation_id.in_(ids),
            Message.number > Participant.read_number,
            Message.sender_id.in_(strangers),
        )
        .group_by(Message.conversation_id)
    )
    return {row.conversation_id: row.number for row in found}
