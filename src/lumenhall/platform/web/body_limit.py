"""No request may fill the memory or the disk, whoever sends it.

Bodies are parsed before anybody asks who sent them, and the parts of a form go to a temporary
file of any size. Uploads have limits of their own and are read as a stream, so they are let by.
"""

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumenhall.platform.errors import TooLarge
from lumenhall.platform.web.problems import problem_response

MOST_BYTES = 12 * 1024 * 1024


class BodyLimit:
    """Refuses bodies over `most_bytes`, but for addresses that start with one of `streaming`."""

    def __init__(
        self, app: ASGIApp, *, streaming: tuple[str, ...], most_bytes: int = MOST_BYTES
    ) -> None:
        self._app = app
        self._streaming = streaming
        self._most_bytes = most_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        # JSON is never read as a stream, wherever it is sent to.
        is_json = headers.get("content-type", "").startswith("application/json")
        if scope["path"].startswith(self._streaming) and not is_json:
            await self._app(scope, receive, send)
            return
        told = headers.get("content-length", "")
        if told.isdecimal() and int(told) > self._most_bytes:
            await problem_response(TooLarge(max_bytes=self._most_bytes))(scope, receive, send)
            return
        received = 0

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._most_bytes:
                raise HTTPException(TooLarge.status)
            return message

        await self._app(scope, counting, send)
