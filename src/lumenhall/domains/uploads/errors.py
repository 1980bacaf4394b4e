"""What can go wrong with uploads."""

import uuid

from lumenhall.platform.errors import (
    AppError,
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    InsufficientStorage,
    NotFound,
    TooLarge,
    Unavailable,
    UnsupportedType,
)


class UploadNotFound(NotFound):
    code = "upload_not_found"
    title = "There is no such upload."


class UploadsNotAllowed(Forbidden):
    code = "uploads_not_allowed"
    title = "Only admins may upload here."


class UploadGone(Gone):
    """`reason` is expired, cancelled or failed."""

    code = "upload_gone"
    title = "This upload is over. Please start a new one."


class UploadBusy(AppError):
    code = "upload_busy"
    status = 423
    title = "Another request is writing to this upload. Try again in a moment."


class UploadStalled(Unavailable):
    code = "upload_stalled"
    title = "No more bytes came. What arrived is kept; go on from there."


class UploadInterrupted(Unavailable):
    code = "upload_interrupted"
    title = "The server is being restarted. What arrived is kept; go on from there."


class ClientGone(AppError):
    """Nobody is left to read this; it only marks the request in the log."""

    code = "client_gone"
    status = 499
    title = "The connection ended before all bytes came."


class OffsetMismatch(Conflict):
    code = "offset_mismatch"
    title = "The upload stands at another byte. Ask for its offset and go on from there."


class LengthExceeded(TooLarge):
    code = "upload_length_exceeded"
    title = "More bytes came than the upload was announced to have."


class FileTooLarge(TooLarge):
    """`max_file_size_bytes` is the site's limit."""

    code = "file_too_large"
    title = "This file is larger than files may be here."


class QuotaExceeded(Forbidden):
    """Carries `limit_bytes`, `used_bytes`, `remaining_bytes` and `resets_at`.

    `user_id` is whose quota it was; it is not shown.
    """

    code = "quota_exceeded"
    title = "This does not fit into your uploads of this week."

    def __init__(self, detail: str, *, user_id: uuid.UUID, **fields: object) -> None:
        super().__init__(detail, **fields)
        self.user_id = user_id


class UnsupportedFormat(UnsupportedType):
    """`accepted_formats` lists what is taken."""

    code = "unsupported_format"
    title = "This is not a video of a kind that is accepted here."


class DiskFull(InsufficientStorage):
    code = "disk_full"
    title = "The server has no room left. What arrived is kept; please tell an admin."


class UnknownPurpose(BadRequest):
    code = "unknown_purpose"
    title = "Nothing here takes uploads for this purpose."


class TusVersionUnsupported(AppError):
    code = "tus_version_unsupported"
    status = 412
    title = "This server speaks tus 1.0.0; send the header Tus-Resumable: 1.0.0."


class TusHeaderInvalid(BadRequest):
    code = "tus_header_invalid"
    title = "A header of the upload protocol is missing or wrong."


class TusContentTypeWrong(UnsupportedType):
    code = "tus_content_type_wrong"
    title = "Bytes of an upload come as application/offset+octet-stream."


class ChecksumMismatch(AppError):
    code = "checksum_mismatch"
    status = 460
    title = "The bytes do not match their checksum and were dropped."


class TusMethodNotAllowed(AppError):
    code = "method_not_allowed"
    status = 405
    title = "This address does not take such a request."
