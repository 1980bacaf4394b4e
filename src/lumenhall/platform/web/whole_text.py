"""No request may hold what is no text: halves of letters, and the character that ends strings.

JSON can write both, no database takes the one, and PostgreSQL does not take the other.
"""

import re
from contextlib import suppress

import orjson
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumenhall.platform.errors import Invalid
from lumenhall.platform.web.problems import problem_response

# Every half of a letter, also of those that are whole, and the character with the number 0.
_SUSPECT = re.compile(rb"\\u(?:d[89a-f]|0000)", re.IGNORECASE)
_ZERO = "\x00"


class WholeText:
    """Refuses requests whose address or JSON is not all text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
        elif _ZERO in scope["path"] or b"%00" in scope["query_string"]:
            await _refuse(scope, receive, send)
        elif not Headers(scope=scope).get("content-type", "").startswith("application/json"):
            await self._app(scope, receive, send)
        else:
            await self._look_into(scope, receive, send)

    async def _look_into(self, scope: Scope, receive: Receive, send: Send) -> None:
        messages = [await receive()]
        while messages[-1]["type"] == "http.request" and messages[-1].get("more_body"):
            messages.append(await receive())
        body = b"".join(message.get("body", b"") for message in messages)
        if _SUSPECT.search(body) and not _is_text(body):
            await _refuse(scope, receive, send)
            return

        async def again() -> Message:
            return messages.pop(0) if messages else await receive()

        await self._app(scope, again, send)


def _is_text(body: bytes) -> bool:
    """Say whether the JSON is all text; what is no JSON at all is refused by whoever reads it."""
    with suppress(orjson.JSONDecodeError, orjson.JSONEncodeError):
        # It does not read halves of letters, nor write what is nested in itself without end.
        return rb"\u0000" not in orjson.dumps(orjson.loads(body))
    return False


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    await problem_response(Invalid("Not everything in it is text."))(scope, receive, send)
