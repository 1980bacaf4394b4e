"""The words of tus 1.0.0: reading its request headers, writing those of replies."""

import base64
import binascii
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime

from lumenhall.domains.uploads.errors import (
    LengthExceeded,
    TusContentTypeWrong,
    TusHeaderInvalid,
    TusVersionUnsupported,
)
from lumenhall.domains.uploads.schemas import Checksum, Chunk

VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,creation-defer-length,expiration,termination,checksum"
CHECKSUM_ALGORITHMS = ("sha1", "sha256")
CONTENT_TYPE = "application/offset+octet-stream"

# Eighteen digits fit into the database's largest integer.
_NUMBER = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Creation:
    """A POST: `size` is None when the length comes later.

    `metadata_header` is kept as it was sent; `metadata` is what it says, keys in lower case.
    """

    size: int | None
    metadata_header: str | None = None
    metadata: dict[str, str] = field(default_factory=dict)
    with_upload: bool = False
    content_length: int | None = None
    checksum: Checksum | None = None


def method_of(method: str, headers: Mapping[str, str]) -> str:
    """Return the method that is meant: clients that can't send one name it in a POST."""
    override = headers.get("x-http-method-override")
    return override.upper() if method == "POST" and override else method


def check_version(headers: Mapping[str, str]) -> None:
    """Raise TusVersionUnsupported unless the request speaks our version."""
    if headers.get("tus-resumable") != VERSION:
        raise TusVersionUnsupported


def read_creation(headers: Mapping[str, str]) -> Creation:
    """Read a POST that makes an upload."""
    size = _number(headers, "upload-length")
    deferred = headers.get("upload-defer-length")
    if deferred not in {None, "1"}:
        raise TusHeaderInvalid("Upload-Defer-Length can only be 1.")
    if (size is None) == (deferred is None):
        raise TusHeaderInvalid("Send either Upload-Length or Upload-Defer-Length: 1.")
    header = headers.get("upload-metadata")
    content_length = _number(headers, "content-length")
    has_body = bool(content_length) or "transfer-encoding" in headers
    with_upload = _content_type(headers) == CONTENT_TYPE
    if has_body and not with_upload:
        raise TusContentTypeWrong
    if size is not None and (content_length or 0) > size:
        raise LengthExceeded
    return Creation(
        size=size,
        metadata_header=header,
        metadata=read_metadata(header or ""),
        with_upload=with_upload,
        content_length=content_length,
        checksum=_checksum(headers),
    )


def read_patch(headers: Mapping[str, str]) -> Chunk:
    """Read a PATCH that brings bytes."""
    if _content_type(headers) != CONTENT_TYPE:
        raise TusContentTypeWrong
    offset = _number(headers, "upload-offset")
    if offset is None:
        raise TusHeaderInvalid("Upload-Offset is missing.")
    return Chunk(
        offset=offset,
        size=_number(headers, "upload-length"),
        content_length=_number(headers, "content-length"),
        checksum=_checksum(headers),
    )


def read_metadata(header: str) -> dict[str, str]:
    """Return what Upload-Metadata says: `key` or `key base64`, joined by commas.

    Keys are lower-cased, because clients differ in how they write the same one.
    """
    return {key.lower(): value for key, value in metadata_as_written(header).items()}


def metadata_as_written(header: str) -> dict[str, str]:
    """Return what Upload-Metadata says, keys as the client wrote them; case tells none apart."""
    metadata: dict[str, str] = {}
    keys: set[str] = set()
    for pair in header.split(",") if header.strip() else ():
        key, _, value = pair.strip().partition(" ")
        if not key or key.lower() in keys:
            raise TusHeaderInvalid("Upload-Metadata has an empty or repeated key.")
        keys.add(key.lower())
        metadata[key] = _decode(value).decode(errors="replace")
    return metadata


def write_metadata(metadata: Mapping[str, str]) -> str:
    """Return an Upload-Metadata header that says `metadata`."""
    return ",".join(
        f"{key} {base64.b64encode(value.encode()).decode()}" if value else key
        for key, value in metadata.items()
    )


def http_date(moment: datetime) -> str:
    """Return a moment as HTTP writes it, for Upload-Expires."""
    return format_datetime(moment, usegmt=True)


def _number(headers: Mapping[str, str], name: str) -> int | None:
    text = headers.get(name)
    if text is None:
        return None
    if not _NUMBER.fullmatch(text):
        raise TusHeaderInvalid(f"{name.title()} is not a number of bytes.")
    return int(text)


def _content_type(headers: Mapping[str, str]) -> str:
    return headers.get("content-type", "").partition(";")[0].strip().lower()


def _checksum(headers: Mapping[str, str]) -> Checksum | None:
    text = headers.get("upload-checksum")
    if text is None:
        return None
    algorithm, _, digest = text.strip().partition(" ")
    if algorithm not in CHECKSUM_ALGORITHMS:
        known = ", ".join(CHECKSUM_ALGORITHMS)
        raise TusHeaderInvalid(f"Upload-Checksum can be made with {known}.")
    return Checksum(algorithm, _decode(digest))


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text.strip(), validate=True)
    except (binascii.Error, ValueError) as error:
        raise TusHeaderInvalid("A header has something that is not base64.") from error
