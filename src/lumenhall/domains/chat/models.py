"""Conversations, who takes part, and what they say."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.media.models import KEY_LENGTH
from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

NAME_LENGTH = 100
TEXT_LENGTH = 5000
PAIR_LENGTH = 73
TOPIC_LENGTH = 300


class ConversationType(StrEnum):
    """Two people, or a group."""

    DIRECT = "direct"
    GROUP = "group"


class ParticipantRole(StrEnum):
    """What a person is to a group."""

    MEMBER = "member"
    ADMIN = "admin"


class MessageType(StrEnum):
    """What a message holds; those of type `system` are written by the house itself."""

    TEXT = "text"
    MEDIA = "media"
    VOICE = "voice"
    SHARED_VIDEO = "shared_video"
    SYSTEM = "system"


class MediaType(StrEnum):
    """What is attached to a message."""

    IMAGE = "image"
    VIDEO = "video"
    VOICE = "voice"


class RequestStatus(StrEnum):
    """What became of a first message to somebody who had to be asked."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class PartyState(StrEnum):
    """What everybody's player does who watches together."""

    PLAYING = "playing"
    PAUSED = "paused"


class Conversation(WithId, WithTimestamps, Base):
    """A row of messages numbered from 1 to `last_number`.

    `pair` holds the two people of a direct one, the smaller id first, and is unique; `topic`
    names what a group is about where it belongs to something, of which there is one. Whoever
    changes anything of a conversation locks its row first, which makes its numbers gapless.
    """

    __tablename__ = "conversations"
    __table_args__ = (
        CheckConstraint("(type = 'direct') = (pair IS NOT NULL)", name="pair"),
        CheckConstraint("last_number >= 0", name="last_number"),
    )

    type: Mapped[ConversationType] = mapped_column(
        enum_column(ConversationType, "conversation_type")
    )
    pair: Mapped[str | None] = mapped_column(String(PAIR_LENGTH), unique=True, default=None)
    topic: Mapped[str | None] = mapped_column(
        String(TOPIC_LENGTH), unique=True, index=True, default=None
    )
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH), default=None)
    picture_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    creator_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL")
    )
    last_number: Mapped[int] = mapped_column(default=0)
    last_message_id: Mapped[uuid.UUID | None] = mapped_column(default=None)
    last_message_at: Mapped[datetime | None] = mapped_column(default=None)

    @property
    def picture_url(self) -> str | None:
        """The address of a group's picture; it changes with it, so it caches for good."""
        short = self.picture_hash and self.picture_hash[:12]
        return short and f"/api/chat/conversations/{self.id}/picture?v={short}"


Index("ix_conversations_last_message_at", Conversation.last_message_at.desc())


class Participant(Base):
    """One person's place in a conversation.

    Who has left, or was removed, has `left_at` and sees nothing of it; `is_removed` tells the
    two apart, because whoever was removed can't come back by themselves. `is_hidden` is what a
    person did to their own list, until the next message. `delivered_number` and `read_number`
    are the newest message that a device of theirs has got, and that they have read: every
    message up to there has the same status. `last_message_at` and `last_number` are the
    conversation's, kept here so that one index gives a person's list in its order, and another
    one what they have not read.
    """

    __tablename__ = "participants"
    __table_args__ = (
        CheckConstraint("read_number >= 0", name="read_number"),
        CheckConstraint("delivered_number >= read_number", name="delivered_number"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[ParticipantRole] = mapped_column(
        enum_column(ParticipantRole, "participant_role"), default=ParticipantRole.MEMBER
    )
    joined_at: Mapped[datetime] = mapped_column(default=clock.now)
    left_at: Mapped[datetime | None] = mapped_column(default=None)
    is_removed: Mapped[bool] = mapped_column(default=False)
    is_hidden: Mapped[bool] = mapped_column(default=False)
    is_muted: Mapped[bool] = mapped_column(default=False)
    is_pinned: Mapped[bool] = mapped_column(default=False)
    delivered_number: Mapped[int] = mapped_column(default=0)
    read_number: Mapped[int] = mapped_column(default=0)
    last_number: Mapped[int] = mapped_column(default=0)
    last_read_at: Mapped[datetime | None] = mapped_column(default=None)
    last_message_at: Mapped[datetime | None] = mapped_column(default=None)


# A person's list walks this one.
Index(
    "ix_participants_user_id_is_pinned_last_message_at",
    Participant.user_id,
    Participant.is_pinned.desc(),
    Participant.last_message_at.desc(),
    Participant.conversation_id.desc(),
)
# The badge walks this one: it holds only what is unread.
Index(
    "ix_participants_unread",
    Participant.user_id,
    postgresql_where=Participant.last_number > Participant.read_number,
    sqlite_where=Participant.last_number > Participant.read_number,
)


class Message(WithId, WithTimestamps, Base):
    """What somebody said. `client_id` is made by the client and makes sending safe to repeat.

    An unsent message keeps its number and nothing else. `system` says what happened to a group.
    One that is `flagged` holds a word of which moderators want to know, and is shown as ever.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "number"),
        UniqueConstraint("sender_id", "client_id"),
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint("shared_moment_seconds >= 0", name="shared_moment_seconds"),
        Index(None, "reply_to_id"),
        Index(None, "shared_video_id"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    number: Mapped[int]
    sender_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    client_id: Mapped[uuid.UUID]
    type: Mapped[MessageType] = mapped_column(enum_column(MessageType, "message_type"))
    text: Mapped[str] = mapped_column(String(TEXT_LENGTH), default="")
    reply_to_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("messages.id", ondelete="SET NULL"), default=None
    )
    shared_video_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("videos.id", ondelete="SET NULL"), default=None
    )
    shared_moment_seconds: Mapped[int | None] = mapped_column(default=None)
    system: Mapped[dict[str, Any] | None] = mapped_column(JSONDocument, default=None)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)
    unsent_at: Mapped[datetime | None] = mapped_column(default=None)
    flagged: Mapped[bool] = mapped_column(default=False, server_default=false())


# Moderators walk this one.
Index(
    "ix_messages_flagged",
    Message.id,
    postgresql_where=Message.flagged,
    sqlite_where=Message.flagged,
)


class MessageWords(Base):
    """The words by which a message is found, see `service.finding`; the database indexes them.

    Numbers grow with time, over all conversations. `conversation_id` is the message's, kept here
    so that one index gives what was said in a conversation, in its order.
    """

    __tablename__ = "message_words"
    __table_args__ = (Index(None, "conversation_id", "number"),)

    number: Mapped[int] = mapped_column(
        BigInteger().with_variant(Integer(), "sqlite"), primary_key=True, autoincrement=True
    )
    message_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), unique=True
    )
    conversation_id: Mapped[uuid.UUID]
    words: Mapped[str] = mapped_column(Text)


class MessageMention(Base):
    """Somebody whom a message names. Place and number are the message's, kept here for an index."""

    __tablename__ = "message_mentions"
    __table_args__ = (Index(None, "user_id", "conversation_id", "number"),)

    message_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[uuid.UUID]
    number: Mapped[int]


class MessageMedia(WithId, Base):
    """A picture, a video or a voice note; without `message_id` as long as it was not sent.

    A video is an asset, the others are one file each under `file_key`. The waveform of a voice
    note are numbers from 0 to 100, evenly over its duration.
    """

    __tablename__ = "message_media"
    __table_args__ = (
        CheckConstraint("duration_ms >= 0", name="duration_ms"),
        Index(None, "message_id"),
        Index(None, "asset_id"),
        Index(None, "conversation_id", "created_at"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    message_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), default=None
    )
    type: Mapped[MediaType] = mapped_column(enum_column(MediaType, "message_media_type"))
    sort_order: Mapped[int] = mapped_column(default=0)
    asset_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assets.id", ondelete="SET NULL"), default=None
    )
    file_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    duration_ms: Mapped[int | None] = mapped_column(default=None)
    waveform: Mapped[list[int] | None] = mapped_column(JSONDocument, default=None)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class MessageReaction(Base):
    """What one person feels about one message."""

    __tablename__ = "message_reactions"
    __table_args__ = (Index(None, "message_id", "type"),)

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    message_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
    )
    type: Mapped[ReactionType] = mapped_column(enum_column(ReactionType, "message_reaction_type"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class MessageRequest(Base):
    """A first message to somebody who had to be asked; a decline is final for the pair."""

    __tablename__ = "message_requests"
    __table_args__ = (Index(None, "recipient_id", "status"), Index(None, "conversation_id"))

    requester_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    recipient_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    status: Mapped[RequestStatus] = mapped_column(
        enum_column(RequestStatus, "message_request_status"), default=RequestStatus.PENDING
    )
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None] = mapped_column(default=None)


class WatchParty(WithId, Base):
    """People of a conversation watch a video in step; there is one of it at most, while it runs.

    At `changed_at`, by the clock of the server, it stood at `position_ms`; `version` grows with
    every change. It was told in a message, which says so once it is over. `seen_at` is the last
    moment of which is known that somebody was there. Without a video it is about to end.
    """

    __tablename__ = "watch_parties"
    __table_args__ = (
        UniqueConstraint("conversation_id"),
        CheckConstraint("position_ms >= 0", name="position_ms"),
        CheckConstraint("rate > 0", name="rate"),
        CheckConstraint("version >= 1", name="version"),
        Index(None, "video_id"),
        Index(None, "seen_at"),
    )

    conversation_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("conversations.id", ondelete="CASCADE")
    )
    message_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("messages.id", ondelete="CASCADE"))
    video_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("videos.id", ondelete="SET NULL"))
    started_by_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    state: Mapped[PartyState] = mapped_column(
        enum_column(PartyState, "watch_party_state"), default=PartyState.PLAYING
    )
    position_ms: Mapped[int] = mapped_column(default=0)
    rate: Mapped[float] = mapped_column(default=1.0)
    version: Mapped[int] = mapped_column(default=1)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    seen_at: Mapped[datetime] = mapped_column(default=clock.now)


class PartyPerson(Base):
    """Somebody watches along, and says so again before `until`."""

    __tablename__ = "watch_party_people"

    party_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("watch_parties.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    until: Mapped[datetime]
