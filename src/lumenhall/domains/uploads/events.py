"""What uploads announce."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class UploadFinished(Event):
    """All bytes are in the storage and processing has been asked for."""

    upload_id: uuid.UUID
    owner_id: uuid.UUID
    asset_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class UploadAbandoned(Event):
    """An upload ended without a file; `reason` is cancelled, expired or failed.

    `asset_id` is None when what it was for is gone already.
    """

    upload_id: uuid.UUID
    owner_id: uuid.UUID
    asset_id: uuid.UUID | None
    reason: str


@dataclass(frozen=True, slots=True)
class QuotaRenewed(Event):
    """A new week began for a member who had been refused an upload in the one before."""

    user_id: uuid.UUID
    starts_at: datetime
