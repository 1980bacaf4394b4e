"""What happened in conversations."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class MessageSent(Event):
    """Somebody said something; `number` is its place in the conversation."""

    conversation_id: uuid.UUID
    message_id: uuid.UUID
    number: int
    sender_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class MessageChanged(Event):
    """A message has another text, or was unsent."""

    conversation_id: uuid.UUID
    message_id: uuid.UUID
    number: int
    sender_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class MessageReacted(Event):
    """Somebody reacted to what `sender_id` said, or no longer does, then `type` is None."""

    conversation_id: uuid.UUID
    message_id: uuid.UUID
    number: int
    sender_id: uuid.UUID
    user_id: uuid.UUID
    type: str | None
    reaction_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class MessagesRead(Event):
    """Somebody has got, or has read, what came after these numbers and up to the new ones."""

    conversation_id: uuid.UUID
    user_id: uuid.UUID
    read_before: int
    read_number: int
    delivered_number: int


@dataclass(frozen=True, slots=True)
class ConversationChanged(Event):
    """What a conversation looks like has changed for all of these people."""

    conversation_id: uuid.UUID
    user_ids: frozenset[uuid.UUID]
