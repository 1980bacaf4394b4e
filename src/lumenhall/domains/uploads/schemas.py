"""Requests and replies of uploads."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from pydantic import BaseModel

from lumenhall.domains.uploads.models import Upload

VIDEO = "video"
FILENAME_LENGTH = 255


@dataclass(frozen=True, slots=True)
class NewUpload:
    """An upload to make; `size_bytes` is None when the client does not know it yet.

    `metadata_header` is given back as it is to tus clients that ask.
    """

    asset_id: uuid.UUID
    filename: str
    size_bytes: int | None
    purpose: str = VIDEO
    metadata_header: str | None = None


@dataclass(frozen=True, slots=True)
class UploadRequest:
    """What a tus client says about a file for which nothing has been made yet."""

    filename: str
    size_bytes: int | None
    metadata: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Checksum:
    """What a client says the digest of one request's bytes is."""

    algorithm: str
    digest: bytes


@dataclass(frozen=True, slots=True)
class Chunk:
    """Bytes from `offset` on; `size` only where the request announces the whole length."""

    offset: int
    size: int | None = None
    content_length: int | None = None
    checksum: Checksum | None = None


class UploadOut(BaseModel):
    """An unfinished upload, as its owner sees it."""

    id: uuid.UUID
    url: str
    purpose: str
    asset_id: uuid.UUID | None
    filename: str
    size_bytes: int | None
    offset_bytes: int
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Quota:
    """What a member may upload until `resets_at`, in bytes."""

    limit_bytes: int
    used_bytes: int
    resets_at: datetime

    @property
    def remaining_bytes(self) -> int:
        """What is left; never negative, also when an admin lowered the limit meanwhile."""
        return max(self.limit_bytes - self.used_bytes, 0)


class QuotaOut(BaseModel):
    """What a member may still upload this week, in bytes."""

    limit_bytes: int
    used_bytes: int
    remaining_bytes: int
    resets_at: datetime


def upload_url(upload_id: uuid.UUID) -> str:
    """Return our own tus address of an upload, a path from the root of the site."""
    return f"/api/uploads/{upload_id}"


def upload_out(upload: Upload) -> UploadOut:
    """Return an upload as its owner sees it."""
    return UploadOut(
        id=upload.id,
        url=upload_url(upload.id),
        purpose=upload.purpose,
        asset_id=upload.asset_id,
        filename=upload.filename,
        size_bytes=upload.size_bytes,
        offset_bytes=upload.offset_bytes,
        created_at=upload.created_at,
        expires_at=upload.expires_at,
    )


def quota_out(quota: Quota) -> QuotaOut:
    """Return a quota as its member sees it."""
    return QuotaOut(
        limit_bytes=quota.limit_bytes,
        used_bytes=quota.used_bytes,
        remaining_bytes=quota.remaining_bytes,
        resets_at=quota.resets_at,
    )
