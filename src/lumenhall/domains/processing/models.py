"""What the operator may want to know of processing that went wrong."""

import uuid
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from lumenhall.platform.db import Base, WithId

LOG_LENGTH = 8000


class ProcessingFailure(WithId, Base):
    """A video that was given up on: why, after how many attempts, and ffmpeg's last words."""

    __tablename__ = "processing_failures"
    __table_args__ = (Index(None, "asset_id"), Index(None, "created_at"))

    asset_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("assets.id", ondelete="CASCADE"))
    job: Mapped[str] = mapped_column(String(100))
    attempts: Mapped[int]
    error_code: Mapped[str] = mapped_column(String(60))
    log: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
