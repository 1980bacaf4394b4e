"""How a file reaches a player: from the folder in large chunks, or by a redirect to the store.

Media never stream through this process from a store. Playlists do: they are small, and what
they name must lead back here.
"""

import asyncio
import hashlib
import re
from collections.abc import Callable, Mapping
from os import stat_result
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from lumenhall.domains.media.errors import PlaybackNotFound, RangeInvalid, RangeNotSatisfiable
from lumenhall.platform.storage import Storage, content_type
from lumenhall.platform.web.problems import problem_response

FOREVER = "private, max-age=31536000, immutable"
ASK_AGAIN = "private, no-cache"
# A presigned address works for whoever has it, so it ends within the minute in which access
# does: a loss elsewhere is noticed after up to 20 seconds of these 60.
_PRESIGNED_SECONDS = 40
_KEEP_REDIRECT = "private, max-age=30"
_URI = re.compile(r'(\bURI=")([^"]+)(")')


class MediaFile(FileResponse):
    """A file in chunks that cost half the CPU of the default size; refusals are problems."""

    chunk_size = 256 * 1024

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        size = self.headers["content-length"]

        async def send_unless_refused(message: Message) -> None:
            if message.get("status") == RangeInvalid.status:
                raise RangeInvalid
            if message.get("status") == RangeNotSatisfiable.status:
                raise RangeNotSatisfiable(size_bytes=int(size))
            await send(message)

        try:
            await super().__call__(scope, receive, send_unless_refused)
        except RangeInvalid as error:
            await problem_response(error)(scope, receive, send)
        except RangeNotSatisfiable as error:
            headers = {"Content-Range": f"bytes */{size}"}
            await problem_response(error, headers)(scope, receive, send)


async def send_file(
    request: Request, storage: Storage, key: str, headers: Mapping[str, str]
) -> Response:
    """Return the reply for a stored file; raises PlaybackNotFound when it is not there."""
    path = storage.local_path(key)
    if path is None:
        address = await storage.presigned_url(
            key, _PRESIGNED_SECONDS, headers.get("Content-Disposition")
        )
        if address is None:
            raise PlaybackNotFound
        return RedirectResponse(address, 307, {"Cache-Control": _KEEP_REDIRECT})
    found = await asyncio.to_thread(_stat, path)
    if found is None:
        raise PlaybackNotFound
    reply = MediaFile(path, headers=headers, media_type=content_type(key), stat_result=found)
    return not_modified(request, reply) or reply


async def send_text(
    request: Request,
    storage: Storage,
    key: str,
    *,
    rewrite: Callable[[str], str] = str,
    cache: Callable[[str], str] = lambda text: ASK_AGAIN,
) -> Response:
    """Return the reply for a small text file, rewritten for this address."""
    try:
        text = (await storage.read_bytes(key)).decode()
    except FileNotFoundError:
        raise PlaybackNotFound from None
    return text_reply(request, rewrite(text), content_type(key), cache(text))


def text_reply(request: Request, text: str, media_type: str, cache: str) -> Response:
    """Return a text with a tag by which the browser can ask whether it has changed."""
    body = text.encode()
    tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    reply = Response(body, headers={"ETag": tag, "Cache-Control": cache}, media_type=media_type)
    return not_modified(request, reply) or reply


def not_modified(request: Request, reply: Response) -> Response | None:
    """Return the short reply when the browser has this very content already."""
    asked = request.headers.get("if-none-match", "")
    tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
    if "*" not in tags and reply.headers["etag"] not in tags:
        return None
    kept = {name: reply.headers[name] for name in ("etag", "cache-control")}
    return Response(status_code=304, headers=kept)


def below(playlist: str, folder: str) -> str:
    """Return a playlist with every address in it led into `folder`."""
    lines = [
        _URI.sub(rf"\g<1>{folder}/\g<2>\g<3>", line)
        if line.startswith("#") or not line
        else f"{folder}/{line}"
        for line in playlist.splitlines()
    ]
    return "\n".join(lines) + "\n"


def cues_below(storyboard: str, folder: str) -> str:
    """Return a storyboard with the picture of every cue led into `folder`."""
    return re.sub(r"^(?=[\w-]+\.jpg#)", f"{folder}/", storyboard, flags=re.MULTILINE)


def playlist_cache(playlist: str) -> str:
    """Return how long a playlist may be kept: for good once it has an end."""
    return FOREVER if "#EXT-X-ENDLIST" in playlist else ASK_AGAIN


def _stat(path: Path) -> stat_result | None:
    return path.stat() if path.is_file() else None
