"""The envelope: what every reply of the Stream API is wrapped in, errors included."""

from collections.abc import Mapping
from typing import Any

import orjson
from starlette.responses import Response

DECODING, BAD_REQUEST, NOT_VIDEO = 10004, 10005, 10059
AUTHENTICATION, NOT_FOUND, NO_ROOM, INTERNAL = 10000, 10003, 10011, 10001
_BY_STATUS = {
    400: BAD_REQUEST,
    401: AUTHENTICATION,
    403: AUTHENTICATION,
    404: NOT_FOUND,
    422: BAD_REQUEST,
}
# Our codes that the API answers with another status or number than our own doors do.
_BY_CODE = {
    "stream_body_unreadable": (400, DECODING),
    "unsupported_format": (400, NOT_VIDEO),
    "quota_exceeded": (413, NO_ROOM),
    "disk_full": (413, NO_ROOM),
    "invalid": (400, BAD_REQUEST),
    "captions_invalid": (400, BAD_REQUEST),
    "language_invalid": (400, BAD_REQUEST),
}
_TITLES = {
    DECODING: "Decoding Error",
    BAD_REQUEST: "Bad Request",
    AUTHENTICATION: "Authentication error",
    NO_ROOM: "Storage capacity exceeded",
}


def success(result: Any, status: int = 200, **more: Any) -> Response:
    """Return the reply of a call that went well; `more` stands beside the result."""
    body = {"result": result, "success": True, "errors": [], "messages": [], **more}
    return Response(orjson.dumps(body), status, media_type="application/json")


def failure(problem: Mapping[str, Any]) -> tuple[int, bytes]:
    """Return the status and the body that the API answers with to a problem of ours."""
    status = int(problem.get("status", 500))
    # Whatever has no number of its own gets one by its status.
    status, number = _BY_CODE.get(
        str(problem.get("code")), (status, _BY_STATUS.get(status, 10_000 + status))
    )
    status = 400 if status == 422 else status  # noqa: PLR2004 The API knows no other way to say so.
    said = _sentence(problem)
    title = _TITLES.get(number)
    messages = [{"code": number, "message": said}] if title else []
    body = {
        "result": None,
        "success": False,
        "errors": [{"code": number, "message": title or said}],
        "messages": None if number == DECODING else messages,
    }
    return status, orjson.dumps(body)


def _sentence(problem: Mapping[str, Any]) -> str:
    title, detail = str(problem.get("title", "")), problem.get("detail")
    return f"{title} {detail}" if detail else title
