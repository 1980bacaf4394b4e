"""Errors for people: what happened, what to do, a stable code (RFC 9457).

A domain subclasses one of the kinds below in its `errors.py` and sets `code` and `title`.
The web layer turns any of them into `application/problem+json`.
"""

from typing import ClassVar


class AppError(Exception):
    """The root of all errors that a person may see.

    `detail` says what happened this time; `fields` are extra members of the problem document.
    """

    code: ClassVar[str] = "internal_error"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "Something went wrong on our side."

    def __init__(self, detail: str | None = None, **fields: object) -> None:
        super().__init__(detail or self.title)
        self.detail = detail
        self.fields = fields

    def problem(self) -> dict[str, object]:
        """Return the problem document of RFC 9457 for this error."""
        document: dict[str, object] = {
            "type": f"urn:lumenhall:error:{self.code}",
            "title": self.title,
            "status": self.status,
            "code": self.code,
        }
        if self.detail:
            document["detail"] = self.detail
        return document | self.fields


class BadRequest(AppError):
    code = "bad_request"
    status = 400
    title = "The request could not be understood."


class Unauthenticated(AppError):
    code = "sign_in_required"
    status = 401
    title = "Please sign in."


class Forbidden(AppError):
    code = "not_allowed"
    status = 403
    title = "You are not allowed to do this."


class NotFound(AppError):
    code = "not_found"
    status = 404
    title = "There is nothing here, or it is not for you to see."


class Conflict(AppError):
    code = "conflict"
    status = 409
    title = "This does not fit with what is there already."


class Gone(AppError):
    code = "gone"
    status = 410
    title = "This is no longer there."


class TooLarge(AppError):
    code = "too_large"
    status = 413
    title = "This is too large."


class UnsupportedType(AppError):
    code = "unsupported_type"
    status = 415
    title = "This kind of content is not accepted here."


class Invalid(AppError):
    code = "invalid"
    status = 422
    title = "Some of what was sent is not valid."


class TooManyRequests(AppError):
    """`retry_after` is in seconds and is sent as the Retry-After header too."""

    code = "too_many_requests"
    status = 429
    title = "Too many attempts. Please wait a little."

    def __init__(self, detail: str | None = None, *, retry_after: int, **fields: object) -> None:
        super().__init__(detail, retry_after=retry_after, **fields)
        self.retry_after = retry_after


class Unavailable(AppError):
    code = "unavailable"
    status = 503
    title = "This is not available at the moment. Please try again shortly."


class InsufficientStorage(AppError):
    code = "insufficient_storage"
    status = 507
    title = "The server has no room left for this."
