"""One error shape for everything: `application/problem+json` (RFC 9457)."""

from collections.abc import Mapping
from typing import Any

import orjson
import structlog
from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import BaseModel, ConfigDict
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from lumenhall.platform.errors import (
    AppError,
    BadRequest,
    Forbidden,
    Invalid,
    NotFound,
    TooLarge,
    Unavailable,
)

MEDIA_TYPE = "application/problem+json"
log = structlog.get_logger()


class MethodNotAllowed(AppError):
    code = "method_not_allowed"
    status = 405
    title = "This address does not take such a request."


class Problem(BaseModel):
    """A problem document; `code` is stable, the other members are for people."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str
    detail: str | None = None


PROBLEM_RESPONSES: dict[int | str, dict[str, Any]] = {
    "default": {"model": Problem, "description": "What went wrong (RFC 9457)."}
}


def problem_response(error: AppError, headers: Mapping[str, str] | None = None) -> Response:
    """Return the reply for an error."""
    retry_after = getattr(error, "retry_after", None)
    extra = {"Retry-After": str(retry_after)} if retry_after is not None else {}
    return Response(
        orjson.dumps(error.problem(), default=str),
        error.status,
        {"Cache-Control": "no-store"} | extra | dict(headers or {}),
        MEDIA_TYPE,
    )


def install_problem_handlers(app: FastAPI) -> None:
    """Make the app answer every error in the one shape."""
    app.add_exception_handler(AppError, _app_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(DBAPIError, _database_error)
    app.add_exception_handler(Exception, _unexpected_error)


async def _app_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, AppError)  # noqa: S101 The handler is registered for this type.
    return problem_response(error)


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 See above.
    problems = [
        {
            "field": ".".join(str(part) for part in item["loc"][1:]),
            "message": item["msg"],
        }
        for item in error.errors()
    ]
    named = "; ".join(
        f"{item['field']}: {item['message']}" if item["field"] else item["message"]
        for item in problems
    )
    return problem_response(Invalid(named, errors=problems))


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 See above.
    known: dict[int, type[AppError]] = {
        403: Forbidden,
        404: NotFound,
        405: MethodNotAllowed,
        413: TooLarge,
    }
    kind = known.get(error.status_code, BadRequest)
    return problem_response(kind(), error.headers)


async def _database_error(request: Request, error: Exception) -> Response:
    log.error("database_error", error=str(error.__cause__ or error))
    return problem_response(Unavailable())


async def _unexpected_error(request: Request, error: Exception) -> Response:
    # Starlette raises the error again after this reply, so the server's log has the trace.
    return problem_response(AppError())
