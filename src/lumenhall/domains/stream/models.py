"""Accounts of the Stream API, their videos, signing keys and webhook messages."""

import uuid
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

ACCOUNT_LENGTH = 64
UID_LENGTH = 32
CREATOR_LENGTH = 64
NAME_LENGTH = 500


class StreamOrigin(StrEnum):
    """How the bytes of a stream video come."""

    TUS = "tus"
    ONE_TIME_TUS = "one_time_tus"
    BASIC = "basic"
    ONE_TIME = "one_time"
    COPY = "copy"
    CLIP = "clip"


class StreamState(StrEnum):
    """The life of a video in the words of the Stream API."""

    PENDING_UPLOAD = "pendingupload"
    DOWNLOADING = "downloading"
    QUEUED = "queued"
    IN_PROGRESS = "inprogress"
    READY = "ready"
    ERROR = "error"


class StreamAccount(WithTimestamps, Base):
    """A name under which programs keep videos; it belongs to whoever used it first.

    `webhook_secret` signs what is sent to `webhook_url`; it is shown to whoever set it, so it
    can't be kept as a hash.
    """

    __tablename__ = "stream_accounts"
    __table_args__ = (
        CheckConstraint("(webhook_url IS NULL) = (webhook_secret IS NULL)", name="webhook"),
        Index(None, "owner_id"),
    )

    id: Mapped[str] = mapped_column(String(ACCOUNT_LENGTH), primary_key=True)
    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    webhook_url: Mapped[str | None] = mapped_column(Text, default=None)
    webhook_secret: Mapped[str | None] = mapped_column(String(32), default=None)
    webhook_changed_at: Mapped[datetime | None] = mapped_column(default=None)


class StreamVideo(WithId, WithTimestamps, Base):
    """A media asset as the Stream API shows it.

    `created_at` is unique in its account, because clients page by it. `name` is what `meta`
    calls the video and `folded_name` is that without case, for searching.
    """

    __tablename__ = "stream_videos"
    __table_args__ = (
        UniqueConstraint("account_id", "created_at"),
        CheckConstraint("thumbnail_pct BETWEEN 0 AND 1", name="thumbnail_pct"),
        Index(None, "account_id", "creator", "created_at"),
        Index(None, "account_id", "name"),
        Index(None, "upload_id"),
        Index(None, "scheduled_deletion"),
        Index(None, "upload_expiry"),
    )

    uid: Mapped[str] = mapped_column(String(UID_LENGTH), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("stream_accounts.id", ondelete="RESTRICT"))
    asset_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("assets.id", ondelete="RESTRICT"), unique=True
    )
    upload_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("uploads.id", ondelete="SET NULL"), default=None
    )
    origin: Mapped[StreamOrigin] = mapped_column(enum_column(StreamOrigin, "stream_origin"))
    creator: Mapped[str | None] = mapped_column(String(CREATOR_LENGTH), default=None)
    name: Mapped[str | None] = mapped_column(String(NAME_LENGTH), default=None)
    folded_name: Mapped[str | None] = mapped_column(Text, default=None)
    meta: Mapped[dict[str, Any]] = mapped_column(JSONDocument, default=dict)
    allowed_origins: Mapped[list[str]] = mapped_column(JSONDocument, default=list)
    require_signed_urls: Mapped[bool] = mapped_column(default=False)
    thumbnail_pct: Mapped[float] = mapped_column(default=0.0)
    public_details: Mapped[dict[str, Any] | None] = mapped_column(JSONDocument, default=None)
    source_url: Mapped[str | None] = mapped_column(Text, default=None)
    clipped_from: Mapped[str | None] = mapped_column(String(UID_LENGTH), default=None)
    scheduled_deletion: Mapped[datetime | None] = mapped_column(default=None)
    upload_expiry: Mapped[datetime | None] = mapped_column(default=None)
    uploaded_at: Mapped[datetime | None] = mapped_column(default=None)
    offers_audio: Mapped[bool] = mapped_column(default=False)


class StreamKey(Base):
    """A key that signs tokens of an account.

    Only of our own one, with which `/token` signs, the private half is kept.
    """

    __tablename__ = "stream_keys"
    __table_args__ = (Index(None, "account_id", "created_at"),)

    id: Mapped[str] = mapped_column(String(UID_LENGTH), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("stream_accounts.id", ondelete="CASCADE"))
    public_pem: Mapped[str] = mapped_column(Text)
    private_pem: Mapped[str | None] = mapped_column(Text, default=None)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class StreamMessage(WithId, Base):
    """What an account's webhook is told of a video's end; `body` goes out as it stands."""

    __tablename__ = "stream_messages"
    __table_args__ = (Index(None, "account_id", "created_at"), Index(None, "created_at"))

    account_id: Mapped[str] = mapped_column(ForeignKey("stream_accounts.id", ondelete="CASCADE"))
    uid: Mapped[str] = mapped_column(String(UID_LENGTH))
    state: Mapped[str] = mapped_column(String(20))
    body: Mapped[str] = mapped_column(Text)
    attempts: Mapped[int] = mapped_column(default=0)
    answer: Mapped[str | None] = mapped_column(String(200), default=None)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    delivered_at: Mapped[datetime | None] = mapped_column(default=None)
