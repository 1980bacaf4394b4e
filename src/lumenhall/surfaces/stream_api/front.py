"""What stands before every address under /client/v4.

Both forms of an address are taken, with a slash at the end and without: a redirect would turn
a POST into a GET. Every error leaves in the envelope, whoever found it. Pages of other sites may
call, because nothing here goes by a cookie.
"""

import json

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumenhall.platform.errors import AppError
from lumenhall.platform.web.problems import MEDIA_TYPE
from lumenhall.surfaces.stream_api.envelope import failure

PREFIX = "/client/v4"
METHODS = "GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS"
ALLOWED = (
    "Authorization, Content-Type, Tus-Resumable, Upload-Length, Upload-Offset, Upload-Metadata, "
    "Upload-Creator, Upload-Defer-Length, Upload-Checksum, X-HTTP-Method-Override, "
    "X-Requested-With, X-Request-ID"
)
EXPOSED = (
    "Location, Upload-Offset, Upload-Length, Upload-Metadata, Upload-Expires, Tus-Resumable, "
    "Tus-Version, Tus-Extension, Tus-Max-Size, stream-media-id"
)
CROSS_ORIGIN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": METHODS,
    "Access-Control-Allow-Headers": ALLOWED,
    "Access-Control-Expose-Headers": EXPOSED,
    "Access-Control-Max-Age": "86400",
}
_SERVER_ERROR, _CONFLICT = 500, 409

log = structlog.get_logger()


class StreamFront:
    """Turns what the house says into what the Stream API says, for its addresses alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if scope["type"] != "http" or not f"{path}/".startswith(f"{PREFIX}/"):
            await self._app(scope, receive, send)
            return
        answer = _Answer(scope["method"], send)
        try:
            bare = path.rstrip("/") if path.endswith("/") else path
            await self._app({**scope, "path": bare}, receive, answer.send)
        except Exception:
            if answer.has_begun:
                raise
            log.exception("stream_api_failed")
            await answer.fail(AppError())


class _Answer:
    """One reply on its way out; a problem document is put into the envelope."""

    def __init__(self, method: str, send: Send) -> None:
        self._method = method
        self._send = send
        self._held: Message | None = None
        self.has_begun = False

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(CROSS_ORIGIN)
            if Headers(scope=message).get("content-type") == MEDIA_TYPE:
                self._held = message
                return
            self.has_begun = True
        elif self._held is not None:
            start, self._held = self._held, None
            # A problem always comes whole, in the first piece.
            message = {**message, "body": self._begin(start, message.get("body", b""))}
            self.has_begun = True
            await self._send(start)
        await self._send(message)

    async def fail(self, error: AppError) -> None:
        """Answer with an error that nobody else has answered with."""
        headers = [(b"content-type", MEDIA_TYPE.encode()), (b"content-length", b"0")]
        body = json.dumps(error.problem()).encode()
        await self.send({"type": "http.response.start", "status": error.status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def _begin(self, start: Message, problem: bytes) -> bytes:
        # The answer to HEAD has no body to read the problem from.
        said = json.loads(problem) if problem else {"status": start["status"]}
        start["status"], body = failure(said)
        headers = MutableHeaders(scope=start)
        headers["content-type"] = "application/json"
        headers["content-length"] = str(len(body))
        if self._method == "POST" and (
            start["status"] >= _SERVER_ERROR or start["status"] == _CONFLICT
        ):
            # What was asked for may have been made all the same: a second one is not wanted.
            headers["x-should-retry"] = "false"
        return body if problem else b""
