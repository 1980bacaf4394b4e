"""Requests and replies of conversations."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from lumenhall.domains.chat.models import (
    NAME_LENGTH,
    TEXT_LENGTH,
    ConversationType,
    MediaType,
    MessageType,
    ParticipantRole,
    PartyState,
)
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.engagement.schemas import ReactionCounts, ReactionLook, Seconds
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.media.models import FILENAME_LENGTH, AssetStatus
from lumenhall.platform.kit.text import one_line

MOST_PEOPLE = 255
LARGEST_NUMBER = 2**31 - 1

LONGEST_SECONDS = 10**6

Moment = Annotated[float, Field(ge=0, le=LONGEST_SECONDS, allow_inf_nan=False)]
Number = Annotated[int, Field(ge=0, le=LARGEST_NUMBER)]
Name = Annotated[
    str,
    BeforeValidator(lambda text: one_line(text) if isinstance(text, str) else text),
    Field(min_length=1, max_length=NAME_LENGTH),
]
Text = Annotated[
    str,
    BeforeValidator(lambda text: text.strip() if isinstance(text, str) else text),
    Field(max_length=TEXT_LENGTH),
]


class NewConversation(BaseModel):
    """A direct conversation with one person, or a group with a name."""

    type: ConversationType
    people: Annotated[list[UUID], Field(max_length=MOST_PEOPLE)]
    name: Name | None = None

    @model_validator(mode="after")
    def _fits_its_type(self) -> Self:
        if self.type is ConversationType.DIRECT and len(self.people) != 1:
            message = "A direct conversation has exactly one other person."
            raise ValueError(message)
        if self.type is ConversationType.GROUP and not self.name:
            message = "A group needs a name."
            raise ValueError(message)
        return self


class ConversationChange(BaseModel):
    """New values; what is absent or null stays. `name` is the group's, the rest is one's own."""

    name: Name | None = None
    is_muted: bool | None = None
    is_pinned: bool | None = None


class NewMessage(BaseModel):
    """Something to say; `client_id` is made by the client, once for each message.

    A shared video may name the second at which it starts.
    """

    client_id: UUID
    text: Text = ""
    reply_to_id: UUID | None = None
    shared_video_id: UUID | None = None
    shared_moment_seconds: Seconds | None = None
    media_ids: Annotated[list[UUID], Field(max_length=MOST_PEOPLE)] = []


class NewChatVideo(BaseModel):
    """A video that a message will take along; `size_bytes` is null when not known yet."""

    filename: Annotated[str, Field(min_length=1, max_length=FILENAME_LENGTH)]
    size_bytes: Annotated[int, Field(ge=0)] | None = None


class MessageChange(BaseModel):
    """Another text."""

    text: Annotated[Text, Field(min_length=1)]


class NewMessageReaction(BaseModel):
    """The reaction; None takes back what was there, which is safe to repeat."""

    type: ReactionType | None


class Mark(BaseModel):
    """Up to which message."""

    number: Number


class NewParticipants(BaseModel):
    """Whom to add to a group."""

    people: Annotated[list[UUID], Field(min_length=1, max_length=MOST_PEOPLE)]


class RoleChange(BaseModel):
    """What somebody is to a group from now on."""

    role: ParticipantRole


class MediaCounts(BaseModel):
    """What is attached to a message, in short; `voice_seconds` is null without a voice note."""

    images: int
    videos: int
    voice_seconds: float | None


class ReplyLook(BaseModel):
    """The message that another one answers, in short."""

    id: UUID
    number: int
    type: MessageType
    sender: PersonLook
    text: str
    media: MediaCounts | None
    is_unsent: bool


class SharedVideoLook(BaseModel):
    """The card of a shared video, as far as the reader may see it."""

    id: UUID
    title: str
    thumbnail_url: str | None
    duration_seconds: int | None
    moment_seconds: int | None


class MediaLook(BaseModel):
    """An attachment. Pictures and voice notes have a `url`, videos an asset and a playback.

    `thumbnail_url` shows a video, or a picture in the size of a bubble if it is larger.
    `status` is that of the asset, `is_playable` says whether there is a playback yet.
    """

    id: UUID
    type: MediaType
    url: str | None
    thumbnail_url: str | None
    width: int | None
    height: int | None
    duration_seconds: float | None
    waveform: list[int] | None
    status: AssetStatus | None
    asset_id: UUID | None
    is_playable: bool | None
    error_code: str | None
    error_message: str | None


class ChatVideoMade(BaseModel):
    """A video for a message, and where its bytes go."""

    media: MediaLook
    upload_id: UUID
    upload_url: str


class MessageLook(BaseModel):
    """A message; `shared_video` is null when it is gone or the reader may not see it."""

    id: UUID
    conversation_id: UUID
    number: int
    client_id: UUID
    type: MessageType
    sender: PersonLook
    text: str
    system: dict[str, Any] | None
    reply_to: ReplyLook | None
    shared_video: SharedVideoLook | None
    media: list[MediaLook]
    reaction_counts: ReactionCounts
    my_reaction: ReactionType | None
    created_at: datetime
    edited_at: datetime | None
    is_unsent: bool


class MessageReactions(BaseModel):
    """How people reacted to a message, and how the asker did."""

    reaction_counts: ReactionCounts
    my_reaction: ReactionType | None


class MessageReactors(BaseModel):
    """Who reacted to a message, the newest first."""

    items: list[ReactionLook]
    next_cursor: str | None


class MessagePage(BaseModel):
    """Messages, the newest first. `next_cursor` leads to older ones.

    `last_number` is the conversation's newest: `has_newer` says whether this page stops before.
    """

    items: list[MessageLook]
    next_cursor: str | None
    has_newer: bool
    last_number: int


class LastMessage(BaseModel):
    """The newest message of a conversation, in short."""

    number: int
    type: MessageType
    sender: PersonLook
    text: str
    media: MediaCounts | None
    system: dict[str, Any] | None
    is_unsent: bool


class ConversationLook(BaseModel):
    """A conversation in a person's list.

    `person` is the other one of a direct conversation. `request` is `incoming` while it waits
    for this person's answer, `outgoing` while it waits for the other's. `is_online` is null
    where that is not this person's business. `mentions` are the numbers of unread messages that
    name this person, the oldest first, up to 100.
    """

    id: UUID
    type: ConversationType
    name: str | None
    picture_url: str | None
    person: PersonLook | None
    is_online: bool | None
    participant_count: int
    my_role: ParticipantRole
    is_muted: bool
    is_pinned: bool
    request: str | None
    last_number: int
    read_number: int
    unread_count: int
    last_message_at: datetime | None
    last_message: LastMessage | None
    mentions: list[int]


class ConversationsFound(BaseModel):
    """Some conversations, the newest first."""

    items: list[ConversationLook]


class TextPart(BaseModel):
    """A piece of a text; `is_match` where it is a word that was looked for."""

    text: str
    is_match: bool


class ConversationName(BaseModel):
    """What a conversation is called: its own name, or that of the other person."""

    id: UUID
    type: ConversationType
    name: str | None
    picture_url: str | None
    person: PersonLook | None


class MessageFound(BaseModel):
    """A message that was found; `parts` are its text, or as much of it as a line shows."""

    message_id: UUID
    number: int
    sender: PersonLook
    parts: list[TextPart]
    created_at: datetime
    conversation: ConversationName


class ParticipantLook(BaseModel):
    """Somebody in a conversation; the numbers are null where they are nobody's business."""

    person: PersonLook
    role: ParticipantRole
    joined_at: datetime
    delivered_number: int | None
    read_number: int | None


class ConversationDetail(ConversationLook):
    """A conversation with everybody in it."""

    created_at: datetime
    participants: list[ParticipantLook]


class UnreadTotal(BaseModel):
    """For the badge: conversations with something new, and open requests.

    Muted conversations count only while an unread message there names the reader; `mentions` is
    the number of conversations in which one does.
    """

    conversations: int
    mentions: int
    requests: int


class NewParty(BaseModel):
    """What to watch together, and from which second."""

    video_id: UUID
    position_seconds: Moment = 0


class PartyCommand(BaseModel):
    """How it is to go on. It counts if nothing was changed since `version`."""

    version: Annotated[int, Field(ge=1, le=LARGEST_NUMBER)]
    state: PartyState
    position_seconds: Moment
    rate: Annotated[float, Field(ge=0.25, le=2, allow_inf_nan=False)] = 1


class PartyLook(BaseModel):
    """A video that is watched together: where it stands at the moment `at` of the server's clock.

    `started_by` is null for whom that is not to know. `here` are the people who watch along.
    """

    id: UUID
    conversation_id: UUID
    message_id: UUID
    video_id: UUID
    started_by: PersonLook | None
    can_end: bool
    state: PartyState
    position_seconds: float
    at: datetime
    rate: float
    version: int
    here: list[PersonLook]


class FlaggedMessage(BaseModel):
    """A message that moderators should look at, without anything else of its conversation.

    `conversation_id` is null unless the reader takes part in it.
    """

    id: UUID
    number: int
    sender: PersonLook
    text: str
    conversation_type: ConversationType
    conversation_id: UUID | None
    created_at: datetime
    edited_at: datetime | None
