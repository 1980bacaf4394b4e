"""The row of site options."""

import uuid
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, JSONDocument, WithTimestamps, enum_column

DEFAULT_COMPLETION_THRESHOLD = 90


class Joining(StrEnum):
    """How people become members."""

    INVITATION = "invitation"
    OPEN = "open"
    CLOSED = "closed"


class WhoMayUpload(StrEnum):
    """Who may add videos."""

    EVERYONE = "everyone"
    ADMINS = "admins"


class SiteOptions(WithTimestamps, Base):
    """All site options (PRODUCT 10). Sizes are in bytes; `quota_reset_day` 0 is Sunday."""

    __tablename__ = "site_options"
    __table_args__ = (
        CheckConstraint("id = 1", name="singleton"),
        CheckConstraint("max_file_size_bytes > 0", name="max_file_size"),
        CheckConstraint("weekly_upload_limit_bytes >= 0", name="weekly_upload_limit"),
        CheckConstraint("quota_reset_day BETWEEN 0 AND 6", name="quota_reset_day"),
        CheckConstraint("quota_reset_hour BETWEEN 0 AND 23", name="quota_reset_hour"),
        CheckConstraint("completion_threshold BETWEEN 1 AND 100", name="completion_threshold"),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    site_name: Mapped[str] = mapped_column(String(100))
    logo_hash: Mapped[str | None] = mapped_column(String(64), default=None)
    joining: Mapped[Joining] = mapped_column(enum_column(Joining, "joining"))
    members_may_invite: Mapped[bool]
    invitation_budget: Mapped[int]
    who_may_upload: Mapped[WhoMayUpload] = mapped_column(
        enum_column(WhoMayUpload, "who_may_upload")
    )
    max_file_size_bytes: Mapped[int] = mapped_column(BigInteger)
    weekly_upload_limit_bytes: Mapped[int] = mapped_column(BigInteger)
    quota_reset_day: Mapped[int]
    quota_reset_hour: Mapped[int]
    quota_reset_timezone: Mapped[str] = mapped_column(String(60))
    accepted_video_formats: Mapped[list[str]] = mapped_column(JSONDocument)
    ladder_heights: Mapped[list[int]] = mapped_column(JSONDocument)
    encoder_preset: Mapped[str] = mapped_column(String(20))
    keep_originals: Mapped[bool]
    completion_threshold: Mapped[int]
    moderation_words: Mapped[list[str]] = mapped_column(JSONDocument)
    updated_by: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("users.id", ondelete="SET NULL"), default=None
    )
