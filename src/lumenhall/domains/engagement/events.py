"""What people did."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class VideoViewed(Event):
    """A view of a video was counted."""

    video_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoCompleted(Event):
    """Someone has watched enough of a video for it to count as watched."""

    video_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoReacted(Event):
    """Somebody reacted to a video, took that back, or changed their mind."""

    video_id: uuid.UUID
    asset_id: uuid.UUID
    user_id: uuid.UUID
    reaction_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CommentReacted(Event):
    """The same, to a comment."""

    comment_id: uuid.UUID
    video_id: uuid.UUID
    asset_id: uuid.UUID
    user_id: uuid.UUID
    reaction_counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class CommentAdded(Event):
    """Somebody commented on a video, or replied to a comment."""

    comment_id: uuid.UUID
    parent_id: uuid.UUID | None
    video_id: uuid.UUID
    asset_id: uuid.UUID
    author_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CommentChanged(Event):
    """An author has changed the text of a comment."""

    comment_id: uuid.UUID
    parent_id: uuid.UUID | None
    video_id: uuid.UUID
    asset_id: uuid.UUID
    author_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class CommentDeleted(Event):
    """A comment is gone, or only a stub of it is left for its replies."""

    comment_id: uuid.UUID
    parent_id: uuid.UUID | None
    video_id: uuid.UUID
    asset_id: uuid.UUID
    author_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class PersonMentioned(Event):
    """A comment names somebody who may see it, and did not before."""

    comment_id: uuid.UUID
    video_id: uuid.UUID
    user_id: uuid.UUID
    by: uuid.UUID
