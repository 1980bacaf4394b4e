"""Requests and replies of engagement."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Self, TypeAlias
from uuid import UUID

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)

from lumenhall.domains.engagement.models import COMMENT_LENGTH, ReactionType
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.schemas import CategoryRef, PlaylistLook, Video, VideoCard

LARGEST_SECONDS = 2**31 - 1
MOST_RANGES = 500

Seconds = Annotated[int, Field(strict=True, ge=0, le=LARGEST_SECONDS)]
Moment = Annotated[float, Field(strict=True, ge=0, le=LARGEST_SECONDS, allow_inf_nan=False)]


class ProgressReport(BaseModel):
    """What a player tells every few seconds.

    `ranges` are the parts played since the last report, `at` is when `last_position` was true.
    With `ranges`, `watched_seconds` is counted from them and the given figure is not used.
    """

    watched_seconds: Seconds
    duration_seconds: Seconds
    last_position: Seconds
    completed: bool = False
    ranges: Annotated[list[tuple[Moment, Moment]], Field(max_length=MOST_RANGES)] | None = None
    at: Annotated[AwareDatetime, Field(ge=datetime(1970, 1, 1, tzinfo=UTC))] | None = None

    @model_validator(mode="after")
    def _ranges_run_forwards(self) -> Self:
        if any(end < start for start, end in self.ranges or ()):
            message = "A range ends before it starts."
            raise ValueError(message)
        return self


class ProgressReply(BaseModel):
    """Where the person stands now, all devices together."""

    model_config = ConfigDict(from_attributes=True)

    watched_seconds: int
    last_position: int
    completed: bool
    duration_seconds: int


class HistoryEntry(BaseModel):
    """A video that the person has watched, and when they last did."""

    video: VideoCard
    watched_at: datetime


class CategoryRow(BaseModel):
    """A shelf of the home page: an active category and its most viewed videos."""

    category: CategoryRef
    videos: list[VideoCard]


class Home(BaseModel):
    """Everything that the home page shows."""

    hero: Video | None
    continue_watching: list[VideoCard]
    newest: list[VideoCard]
    reacted: list[VideoCard]
    playlists: list[PlaylistLook]
    categories: list[CategoryRow]


class ReactionAction(StrEnum):
    """What a reaction did: the same again removes, another one changes, none before adds."""

    ADDED = "added"
    CHANGED = "changed"
    REMOVED = "removed"


class NewReaction(BaseModel):
    """A reaction to something that the address names."""

    type: ReactionType


class NewVideoReaction(NewReaction):
    """A reaction to a video."""

    video_id: UUID


ReactionCounts: TypeAlias = dict[ReactionType, int]


class ReactionReply(BaseModel):
    """What became of it; `type` is absent when it was removed."""

    action: ReactionAction
    type: ReactionType | None = Field(default=None, exclude_if=lambda type_: type_ is None)
    reaction_counts: ReactionCounts


class ReactionLook(BaseModel):
    """Who reacted with what."""

    person: PersonLook
    type: ReactionType
    created_at: datetime


class Reactions(BaseModel):
    """The reactions to a video: counts, the asker's own, and a page of who reacted."""

    reaction_counts: ReactionCounts
    my_reaction: ReactionType | None
    items: list[ReactionLook]
    next_cursor: str | None


class CommentSort(StrEnum):
    """In which order comments come."""

    NEWEST = "newest"
    OLDEST = "oldest"


CommentText = Annotated[
    str,
    BeforeValidator(lambda text: text.strip() if isinstance(text, str) else text),
    Field(min_length=1, max_length=COMMENT_LENGTH),
]


class NewComment(BaseModel):
    """A comment; `client_id` is made by the client, once for each that is written."""

    text: CommentText
    moment_seconds: Seconds | None = None
    parent_id: UUID | None = None
    client_id: UUID


class CommentChange(BaseModel):
    """Another text."""

    text: CommentText


class CommentLook(BaseModel):
    """A comment; of a deleted one only that it was there, because it has been answered."""

    id: UUID
    video_id: UUID
    parent_id: UUID | None
    author: PersonLook | None
    text: str
    moment_seconds: int | None
    created_at: datetime
    edited_at: datetime | None
    is_deleted: bool
    can_edit: bool
    can_delete: bool
    reply_count: int
    reaction_counts: ReactionCounts
    my_reaction: ReactionType | None
    mentions: list[PersonLook]


class MomentLook(BaseModel):
    """A comment as a mark on the time bar; `text` is its beginning."""

    id: UUID
    moment_seconds: int
    text: str
    author: PersonLook


class MomentList(BaseModel):
    """The marks on the time bar, by moment."""

    items: list[MomentLook]
