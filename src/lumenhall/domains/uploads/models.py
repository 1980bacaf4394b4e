"""The tables of uploads."""

import uuid
from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, UTCDateTime, WithId, WithTimestamps, enum_column
from lumenhall.platform.kit import clock

IS_ACTIVE = text("status = 'active'")


class UploadStatus(StrEnum):
    """The life of an upload; every state but the first is final."""

    ACTIVE = "active"
    FINISHED = "finished"
    EXPIRED = "expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


class Upload(WithId, WithTimestamps, Base):
    """A file on its way in. `size_bytes` is None until the client says how long it is.

    `offset_bytes` is what is certain to be on the disk. `reserved_bytes` is what counts
    against the member's week: what was announced or, without that, what was made room for;
    0 once the upload was given up. `written_on` names the run of the machine on which the
    part file may hold more than `offset_bytes` (see `service.parts`).
    """

    __tablename__ = "uploads"
    __table_args__ = (
        CheckConstraint("size_bytes >= 0", name="size"),
        CheckConstraint("offset_bytes >= 0", name="offset"),
        CheckConstraint("offset_bytes <= size_bytes", name="offset_within_size"),
        CheckConstraint("reserved_bytes >= 0", name="reserved"),
        CheckConstraint("status <> 'finished' OR offset_bytes = size_bytes", name="finished_whole"),
        Index(None, "owner_id", "created_at"),
        Index(None, "status", "expires_at"),
        Index(
            "uq_uploads_active_asset",
            "asset_id",
            unique=True,
            sqlite_where=IS_ACTIVE,
            postgresql_where=IS_ACTIVE,
        ),
        Index(None, "asset_id"),
    )

    owner_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"))
    # What was received still counts against the week when the video is deleted.
    asset_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("assets.id", ondelete="SET NULL"))
    purpose: Mapped[str] = mapped_column(String(40))
    filename: Mapped[str] = mapped_column(String(255))
    size_bytes: Mapped[int | None] = mapped_column(BigInteger)
    offset_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    reserved_bytes: Mapped[int] = mapped_column(BigInteger, default=0)
    metadata_header: Mapped[str | None] = mapped_column("metadata", Text, default=None)
    written_on: Mapped[str | None] = mapped_column(String(64), default=None)
    status: Mapped[UploadStatus] = mapped_column(
        enum_column(UploadStatus, "upload_status"), default=UploadStatus.ACTIVE
    )
    expires_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(default=None)


class UploadWeek(Base):
    """A reset of the weekly quota that was recorded; `told` is how many were waiting for it."""

    __tablename__ = "upload_weeks"

    starts_at: Mapped[datetime] = mapped_column(UTCDateTime(), primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    told: Mapped[int] = mapped_column(default=0)


class QuotaRefusal(Base):
    """A member who was last refused an upload at `refused_at` and is told of the next week."""

    __tablename__ = "quota_refusals"

    user_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
    )
    refused_at: Mapped[datetime]
