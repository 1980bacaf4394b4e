"""What happened in conversations."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

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
class MentionsChanged(Event):
    """A message names these people now, and no longer those."""

    conversation_id: uuid.UUID
    message_id: uuid.UUID
    number: int
    sender_id: uuid.UUID
    came: frozenset[uuid.UUID]
    went: frozenset[uuid.UUID]


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


@dataclass(frozen=True, slots=True)
class PartySteered(Event):
    """People who watch together are to play, pause or go on elsewhere, from `at` on.

    `did` says what `user_id` has done to it: started, played, paused, sought or sped.
    """

    conversation_id: uuid.UUID
    party_id: uuid.UUID
    version: int
    state: str
    position_seconds: float
    at: datetime
    rate: float
    user_id: uuid.UUID
    did: str


@dataclass(frozen=True, slots=True)
class PartyPeopleChanged(Event):
    """Somebody watches along from now on, or no longer does."""

    conversation_id: uuid.UUID
    party_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PartyEnded(Event):
    """Nobody watches together any more.

    `reason` is ended (by `user_id`), nobody (was there), or video (is not to be seen any more).
    """

    conversation_id: uuid.UUID
    party_id: uuid.UUID
    reason: str
    user_id: uuid.UUID
