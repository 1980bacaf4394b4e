"""The static side of the site, as a plain ASGI app to mount last."""

import mimetypes
import os
import re
from collections.abc import Awaitable, Callable
from pathlib import Path, PurePosixPath
from stat import S_ISREG
from typing import TypeAlias

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from lumenhall.platform.errors import NotFound, Unavailable
from lumenhall.platform.web.problems import problem_response

NEVER_PAGES = ("api", "media", "assets", "client")
FOREVER = "public, max-age=31536000, immutable"
INDEX = "index.html"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
RETRY_SECONDS = "5"
OWN_HEAD = {"Cache-Control": "private, no-cache", "Vary": "Cookie, Authorization"}
_TITLE = re.compile(r"<title>.*?</title>", re.DOTALL)

Head: TypeAlias = "Callable[[HTTPConnection], Awaitable[str | None]]"


class PagesNotBuilt(Unavailable):
    code = "pages_not_built"
    title = "The pages are not there, or are just being built."


NOT_BUILT = PagesNotBuilt(
    "Try again in a moment. If it lasts, run `make run`, or `pip install .`, which builds the "
    "pages; while developing, `make dev` serves them."
)


async def _no_head(connection: HTTPConnection) -> None:
    return None


class Pages:
    """Answers GET and HEAD from the folder of built pages, which may be built anew meanwhile.

    `head` writes what stands in place of the title of a page, None for pages that keep it.
    """

    def __init__(self, folder: Path, head: Head = _no_head) -> None:
        self._folder = folder
        self._head = head

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        reply = await self._respond(scope)
        await reply(scope, receive, send)

    async def _respond(self, scope: Scope) -> Response:
        path, headers = scope["path"].lstrip("/"), Headers(scope=scope)
        if scope["method"] not in {"GET", "HEAD"}:
            return problem_response(NotFound())
        if path != INDEX and (file := self._file(path, headers)):
            return file
        first, _, rest = path.partition("/")
        # Below a page there are names of people, which may hold a dot.
        if first in NEVER_PAGES or (PurePosixPath(first).suffix and not rest):
            return problem_response(NotFound())
        head = await self._head(HTTPConnection(scope))
        page = self._file(INDEX, headers) if head is None else self._index_with(head)
        return page or problem_response(NOT_BUILT, {"Retry-After": RETRY_SECONDS})

    def _index_with(self, head: str) -> Response | None:
        try:
            index = (self._folder / INDEX).read_text()
        except FileNotFoundError:
            return None
        return HTMLResponse(_TITLE.sub(lambda found: head, index, count=1), headers=OWN_HEAD)

    def _file(self, name: str, headers: Headers) -> Response | None:
        if self._stat(name) is None:
            return None
        accepted = headers.get("accept-encoding", "")
        for coding, end in [*ENCODINGS.items(), ("", "")]:
            found = self._stat(name + end) if coding in accepted else None
            if found is not None:
                return self._reply(name, end, coding, found)
        return None

    def _reply(self, name: str, end: str, coding: str, found: os.stat_result) -> Response:
        reply = FileResponse(
            self._folder / (name + end),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
            stat_result=found,
        )
        reply.headers["Cache-Control"] = FOREVER if name.startswith("assets/") else "no-cache"
        reply.headers["Vary"] = "Accept-Encoding"
        if coding:
            reply.headers["Content-Encoding"] = coding
        return reply

    def _stat(self, name: str) -> os.stat_result | None:
        """Look for a file of the folder; nothing that begins with a dot is one."""
        if not all(part and not part.startswith(".") for part in name.split("/")):
            return None
        try:
            found = (self._folder / name).stat()
        except (OSError, ValueError):  # Not there, or not a name that a file can have.
            return None
        return found if S_ISREG(found.st_mode) else None
