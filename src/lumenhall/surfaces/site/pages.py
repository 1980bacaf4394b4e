"""The static side of the site, as a plain ASGI app to mount last."""

import mimetypes
from pathlib import Path, PurePosixPath

from starlette.datastructures import Headers
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from lumenhall.platform.errors import NotFound
from lumenhall.platform.web.problems import problem_response

NEVER_PAGES = ("api", "media", "assets", "client")
FOREVER = "public, max-age=31536000, immutable"
ENCODINGS = {"br": ".br", "gzip": ".gz"}
NOT_BUILT = (
    "The pages are not built. Run `make run`, or `pip install .`, which builds them; "
    "while developing, `make dev` serves them.\n"
)


class Pages:
    """Answers GET and HEAD from the folder of built pages."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files = frozenset(
            path.relative_to(folder).as_posix()
            for path in (folder.rglob("*") if folder.is_dir() else ())
            if path.is_file() and not path.name.startswith(".")
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        await self._respond(scope)(scope, receive, send)

    def _respond(self, scope: Scope) -> Response:
        path = scope["path"].lstrip("/")
        if scope["method"] not in {"GET", "HEAD"}:
            return problem_response(NotFound())
        if path in self._files and path != "index.html":
            return self._file(path, Headers(scope=scope))
        first = path.split("/", 1)[0]
        if first in NEVER_PAGES or PurePosixPath(path).suffix:
            return problem_response(NotFound())
        if "index.html" not in self._files:
            return PlainTextResponse(NOT_BUILT, 503)
        return self._file("index.html", Headers(scope=scope))

    def _file(self, name: str, headers: Headers) -> Response:
        accepted = headers.get("accept-encoding", "")
        coding = next(
            (c for c, end in ENCODINGS.items() if c in accepted and name + end in self._files), None
        )
        reply = FileResponse(
            self._folder / (name + ENCODINGS[coding] if coding else name),
            media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        )
        reply.headers["Cache-Control"] = FOREVER if name.startswith("assets/") else "no-cache"
        reply.headers["Vary"] = "Accept-Encoding"
        if coding:
            reply.headers["Content-Encoding"] = coding
        return reply
