"""Assets and their caption tracks, with the rules that the database itself keeps."""

import hashlib
import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    or_,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column

FILENAME_LENGTH = 255
KEY_LENGTH = 300
LABEL_LENGTH = 100
LANGUAGE_LENGTH = 35
MESSAGE_LENGTH = 500
UID_LENGTH = 255
NOT_READY = text("status <> 'ready'")
LOCAL = "local"
# The folder of addresses, not of files, below which a provider serves.
REMOTE = "remote"


class AssetStatus(StrEnum):
    """The life of an asset; `life` says which step may follow which."""

    PENDING_UPLOAD = "pendingupload"
    QUEUED = "queued"
    IN_PROGRESS = "inprogress"
    READY = "ready"
    ERROR = "error"


class TrackKind(StrEnum):
    """What a text track is for."""

    SUBTITLES = "subtitles"
    CAPTIONS = "captions"
    CHAPTERS = "chapters"


class TrackSource(StrEnum):
    """Where a text track comes from."""

    UPLOADED = "uploaded"
    EMBEDDED = "embedded"
    GENERATED = "generated"


class Asset(WithId, WithTimestamps, Base):
    """What is stored and played.

    Its files lie under `folder` in the storage. Of these, players get what is under
    `published_prefix`, the finished outputs, under `preview_prefix`, the instant copy, and
    under `retired_prefixes`, which keep what was replaced until `retired_until`. Source and
    half-made outputs lie elsewhere and are never served.
    """

    __tablename__ = "assets"
    __table_args__ = (
        CheckConstraint("processing_progress BETWEEN 0 AND 100", name="processing_progress"),
        CheckConstraint("file_size_bytes >= 0", name="file_size_bytes"),
        CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
        CheckConstraint("duration_ms >= 0", name="duration_ms"),
        Index(None, "owner_id"),
        Index(None, "status"),
        Index(None, "created_at"),
        Index(None, "retired_until"),
        # Few of many: what is under way or has failed.
        Index("ix_assets_not_ready", "id", postgresql_where=NOT_READY, sqlite_where=NOT_READY),
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    provider: Mapped[str] = mapped_column(String(20), default=LOCAL)
    provider_uid: Mapped[str | None] = mapped_column(String(UID_LENGTH), unique=True, default=None)
    status: Mapped[AssetStatus] = mapped_column(
        enum_column(AssetStatus, "asset_status"), default=AssetStatus.PENDING_UPLOAD
    )
    processing_progress: Mapped[int] = mapped_column(default=0)
    processing_step: Mapped[str | None] = mapped_column(String(40), default=None)
    eta_seconds: Mapped[int | None] = mapped_column(default=None)
    playable_at: Mapped[datetime | None] = mapped_column(default=None)
    ready_at: Mapped[datetime | None] = mapped_column(default=None)
    error_code: Mapped[str | None] = mapped_column(String(60), default=None)
    error_message: Mapped[str | None] = mapped_column(String(MESSAGE_LENGTH), default=None)
    duration_seconds: Mapped[int | None] = mapped_column(default=None)
    duration_ms: Mapped[int | None] = mapped_column(BigInteger, default=None)
    # What was agreed before the bytes came; a longer source ends in an error.
    max_duration_seconds: Mapped[int | None] = mapped_column(default=None)
    width: Mapped[int | None] = mapped_column(default=None)
    height: Mapped[int | None] = mapped_column(default=None)
    file_size_bytes: Mapped[int | None] = mapped_column(BigInteger, default=None)
    original_filename: Mapped[str] = mapped_column(String(FILENAME_LENGTH))
    source_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    preview_prefix: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    published_prefix: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    retired_prefixes: Mapped[list[str]] = mapped_column(JSONDocument, default=list)
    retired_until: Mapped[datetime | None] = mapped_column(default=None)
    # What is shown: the picture that somebody chose, else the one that processing made.
    thumbnail_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    automatic_thumbnail_key: Mapped[str | None] = mapped_column(String(KEY_LENGTH), default=None)
    wanted_frame_ms: Mapped[int | None] = mapped_column(BigInteger, default=None)
    allow_download: Mapped[bool] = mapped_column(default=False)
    has_download: Mapped[bool] = mapped_column(default=False)
    has_storyboard: Mapped[bool] = mapped_column(default=False)
    meta: Mapped[dict[str, Any]] = mapped_column("metadata", JSONDocument, default=dict)

    @property
    def folder(self) -> str:
        """The prefix in the storage that holds everything of this asset."""
        return asset_folder(self.id)

    @property
    def current_prefix(self) -> str | None:
        """Where the best outputs lie that there are now."""
        return self.published_prefix or self.preview_prefix

    @hybrid_property
    def playable(self) -> bool:
        """Whether there is something to play now."""
        return self.current_prefix is not None

    @playable.inplace.expression
    @classmethod
    def _playable(cls) -> ColumnElement[bool]:
        return or_(cls.published_prefix.is_not(None), cls.preview_prefix.is_not(None))

    @hybrid_property
    def has_own_thumbnail(self) -> bool:
        """Whether somebody chose the picture that is shown."""
        return self.thumbnail_key != self.automatic_thumbnail_key

    @has_own_thumbnail.inplace.expression
    @classmethod
    def _has_own_thumbnail(cls) -> ColumnElement[bool]:
        return cls.thumbnail_key.is_distinct_from(cls.automatic_thumbnail_key)

    @hybrid_property
    def thumbnail_pending(self) -> bool:
        """Whether a frame was chosen that is still to be made the picture."""
        return self.wanted_frame_ms is not None

    @thumbnail_pending.inplace.expression
    @classmethod
    def _thumbnail_pending(cls) -> ColumnElement[bool]:
        return cls.wanted_frame_ms.is_not(None)


class RemoteCopy(WithTimestamps, Base):
    """A video that lies at Cloudflare Stream, until its deletion there is confirmed.

    Without an asset it is to be deleted. `look_at` is when Stream is asked next, or, for one
    to be deleted, when that is tried again; None when nothing more is expected. `looks` counts
    how often that was done since the last change, `retries` how often a person has tried again.
    """

    __tablename__ = "remote_copies"
    __table_args__ = (Index(None, "look_at"),)

    uid: Mapped[str] = mapped_column(String(UID_LENGTH), primary_key=True)
    asset_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("assets.id", ondelete="SET NULL"), unique=True
    )
    look_at: Mapped[datetime | None] = mapped_column(default=None)
    looks: Mapped[int] = mapped_column(default=0)
    retries: Mapped[int] = mapped_column(default=0)


class Track(WithId, WithTimestamps, Base):
    """Captions of an asset; `body` is a WebVTT file that `captions` wrote."""

    __tablename__ = "tracks"
    __table_args__ = (UniqueConstraint("asset_id", "kind", "language", "label"),)

    asset_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(String(LANGUAGE_LENGTH))
    kind: Mapped[TrackKind] = mapped_column(enum_column(TrackKind, "track_kind"))
    label: Mapped[str] = mapped_column(String(LABEL_LENGTH))
    source: Mapped[TrackSource] = mapped_column(enum_column(TrackSource, "track_source"))
    is_default: Mapped[bool] = mapped_column(default=False)
    body: Mapped[str] = mapped_column(Text)

    @property
    def revision(self) -> str:
        """What changes with the text, and with nothing else."""
        return hashlib.sha256(self.body.encode()).hexdigest()[:16]


def asset_folder(asset_id: uuid.UUID) -> str:
    """Return the prefix in the storage that holds everything of an asset."""
    return f"assets/{asset_id}"
