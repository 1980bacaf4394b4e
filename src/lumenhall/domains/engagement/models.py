"""How far people have watched, the views that were counted, reactions and comments."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from sqlalchemy import (
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    case,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

# Whole seconds as [start, end) pairs: sorted, apart from each other, none empty.
Spans: TypeAlias = list[list[int]]

REWIND_SECONDS = 3
COMMENT_LENGTH = 2000


class WatchProgress(WithTimestamps, Base):
    """How far one person is with one video.

    `spans` are the distinct seconds watched in all, `view_spans` those since the last counted
    view. `position_at` is the moment of the report that set `last_position`. `revision` grows
    with every change, so that a writer notices when another one was faster.
    """

    __tablename__ = "watch_progress"
    __table_args__ = (
        CheckConstraint("watched_seconds >= 0", name="watched_seconds"),
        CheckConstraint("last_position >= 0", name="last_position"),
        CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
        Index(None, "video_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    watched_seconds: Mapped[int]
    last_position: Mapped[int]
    duration_seconds: Mapped[int]
    completed: Mapped[bool]
    spans: Mapped[Spans] = mapped_column(JSONDocument)
    view_spans: Mapped[Spans] = mapped_column(JSONDocument)
    view_counted_at: Mapped[datetime | None]
    position_at: Mapped[datetime]
    revision: Mapped[int]

    @hybrid_property
    def resume_at(self) -> int:
        """Where playing goes on: a little before the last position, or at the beginning."""
        return 0 if self.completed else max(0, self.last_position - REWIND_SECONDS)

    @resume_at.inplace.expression
    @classmethod
    def _resume_at(cls) -> ColumnElement[int]:
        starts_over = cls.completed | (cls.last_position <= REWIND_SECONDS)
        return case((starts_over, 0), else_=cls.last_position - REWIND_SECONDS)


# "Continue watching" walks this one.
Index(
    "ix_watch_progress_user_id_completed_updated_at",
    WatchProgress.user_id,
    WatchProgress.completed,
    WatchProgress.updated_at.desc(),
)
# And the history this one.
Index(
    "ix_watch_progress_user_id_updated_at_video_id",
    WatchProgress.user_id,
    WatchProgress.updated_at,
    WatchProgress.video_id,
)


class View(WithId, Base):
    """A counted view; `videos.view_count` is how many a video has."""

    __tablename__ = "views"
    __table_args__ = (
        Index(None, "video_id", "counted_at"),
        Index(None, "user_id", "video_id", "counted_at"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    video_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    counted_at: Mapped[datetime] = mapped_column(default=clock.now)


class ReactionType(StrEnum):
    """The six reactions, on whatever can be reacted to (PRODUCT 6)."""

    LIKE = "like"
    LOVE = "love"
    HAHA = "haha"
    WOW = "wow"
    SAD = "sad"
    PRAY = "pray"


class VideoReaction(Base):
    """What one person feels about one video."""

    __tablename__ = "video_reactions"
    __table_args__ = (
        Index(None, "video_id", "type"),
        # What was reacted to lately is counted along this one.
        Index(None, "created_at", "video_id"),
    )

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    video_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("videos.id", ondelete="CASCADE"), primary_key=True
    )
    type: Mapped[ReactionType] = mapped_column(enum_column(ReactionType, "video_reaction_type"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class Comment(WithId, WithTimestamps, Base):
    """What somebody says about a video, or in reply to a comment; replies have no replies.

    A deleted comment that was answered stays as a stub without its text. `client_id` is made
    by the client and makes sending safe to repeat.
    """

    __tablename__ = "comments"
    __table_args__ = (
        CheckConstraint("moment_seconds >= 0", name="moment_seconds"),
        UniqueConstraint("author_id", "client_id"),
        # A page of comments, or of replies, walks one of these; ids grow with time.
        Index(None, "video_id", "parent_id", "id"),
        Index(None, "parent_id", "id"),
    )

    video_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("videos.id", ondelete="CASCADE"))
    author_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    parent_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("comments.id", ondelete="CASCADE"), default=None
    )
    client_id: Mapped[uuid.UUID]
    text: Mapped[str] = mapped_column(String(COMMENT_LENGTH))
    moment_seconds: Mapped[int | None] = mapped_column(default=None)
    edited_at: Mapped[datetime | None] = mapped_column(default=None)
    deleted_at: Mapped[datetime | None] = mapped_column(default=None)


class CommentMention(Base):
    """Somebody whom a comment names."""

    __tablename__ = "comment_mentions"
    __table_args__ = (Index(None, "user_id"),)

    comment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True
    )
    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )


class CommentReaction(Base):
    """What one person feels about one comment."""

    __tablename__ = "comment_reactions"
    __table_args__ = (Index(None, "comment_id", "type"),)

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    comment_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("comments.id", ondelete="CASCADE"), primary_key=True
    )
    type: Mapped[ReactionType] = mapped_column(enum_column(ReactionType, "comment_reaction_type"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
