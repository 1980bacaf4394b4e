"""Where stream videos are played: `/<uid or token>/manifest/…`, and what else belongs to them.

Everything below a video is named relative to it, so a token in the address stays there for
every playlist and segment, and each of them is checked.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TypeAlias

from starlette.convertors import Convertor, register_url_convertor
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from typing_extensions import override

from lumenhall.domains.identity.deps import address_of
from lumenhall.domains.media.addresses import Output, read_name, served_prefix, version_of
from lumenhall.domains.media.delivery import (
    ASK_AGAIN,
    FOREVER,
    below,
    playlist_cache,
    send_file,
    send_text,
    text_reply,
)
from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.media.manifests import DASH, MASTER
from lumenhall.domains.media.queries import list_tracks
from lumenhall.domains.stream.admission import Viewer, screenings
from lumenhall.domains.stream.service import caption_of, captions_in
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import AppError, NotFound
from lumenhall.platform.storage import content_type
from lumenhall.platform.web.problems import problem_response
from lumenhall.surfaces.stream_api.downloading import send_download
from lumenhall.surfaces.stream_api.manifests import (
    caption_playlist,
    dash_below,
    nearest,
    read_hint,
    with_captions,
)
from lumenhall.surfaces.stream_api.pages import send_page
from lumenhall.surfaces.stream_api.thumbnails import send_thumbnail
from lumenhall.surfaces.stream_api.viewing import CROSS_ORIGIN, Asked

Sender: TypeAlias = Callable[[Asked, str], Awaitable[Response]]

_CAPTIONS = re.compile(r"([A-Za-z0-9-]{2,35})\.(vtt|m3u8)", re.ASCII)
_MANIFEST, _CAPTION_FOLDER = "manifest/", "captions/"


class _Viewed(Convertor[str]):
    """A uid, or a token in its place: nothing that a page of ours could be called."""

    regex = r"[0-9a-f]{32}|[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+"

    @override
    def convert(self, value: str) -> str:
        return value

    @override
    def to_string(self, value: str) -> str:
        return value


register_url_convertor("viewed", _Viewed())


async def deliver(request: Request) -> Response:
    """Look at who asks and what for, and send it to whichever page may have it."""
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=CROSS_ORIGIN)
    try:
        reply = await _deliver(request)
    except AppError as error:
        return problem_response(error, CROSS_ORIGIN)
    reply.headers.update(CROSS_ORIGIN)
    return reply


route = Route(
    "/{viewed:viewed}/{rest:path}", deliver, methods=["GET", "HEAD", "OPTIONS"], name="stream"
)


async def _deliver(request: Request) -> Response:
    app: AppContext = request.app.state.context
    name, rest = request.path_params["viewed"], request.path_params["rest"]
    send, by_page, fresh = _sender(rest)
    headers = request.headers
    viewer = Viewer(address_of(request), headers.get("origin") or headers.get("referer"))
    screening = await screenings.admit(app, name, viewer, by_page=by_page, fresh=fresh)
    if fresh or not rest.startswith(_MANIFEST):
        return await send(Asked(request, app, screening), rest)
    meant = read_name(rest.removeprefix(_MANIFEST))
    if isinstance(meant, Output) and not served_prefix(screening.shown.asset, meant.version):
        # These outputs may be newer than what is remembered of the video.
        screening = await screenings.admit(app, name, viewer, by_page=by_page, fresh=True)
    return await send(Asked(request, app, screening), rest)


def _sender(rest: str) -> tuple[Sender, bool, bool]:
    """Return who sends a file, whether it is for certain pages only, and whether it changes."""
    if rest in _NEWEST:
        return _NEWEST[rest]
    if rest.startswith(_MANIFEST):
        return _send_output, True, False
    if rest.startswith(_CAPTION_FOLDER):
        return _send_captions, True, False
    raise NotFound


async def _send_hls(asked: Asked, rest: str) -> Response:
    prefix = _there(asked.asset.current_prefix)
    async with asked.app.database.read() as session:
        tracks = captions_in(await list_tracks(session, asked.asset.id)).values()
    hint = read_hint(asked.request.query_params.get("clientBandwidthHint"))

    def rewrite(master: str) -> str:
        led = below(nearest(master, hint), version_of(asked.asset, prefix))
        return with_captions(led, tracks)

    return await send_text(asked.request, asked.app.storage, f"{prefix}/{MASTER}", rewrite=rewrite)


async def _send_dash(asked: Asked, rest: str) -> Response:
    prefix = _there(asked.asset.published_prefix)
    version = version_of(asked.asset, prefix)
    hint = read_hint(asked.request.query_params.get("clientBandwidthHint"))
    return await send_text(
        asked.request,
        asked.app.storage,
        f"{prefix}/{DASH}",
        rewrite=lambda text: dash_below(text, version, hint),
    )


async def _send_output(asked: Asked, rest: str) -> Response:
    meant = read_name(rest.removeprefix(_MANIFEST))
    if not isinstance(meant, Output):
        raise PlaybackNotFound
    key = f"{_there(served_prefix(asked.asset, meant.version))}/{meant.file}"
    storage = asked.app.storage
    if meant.file.endswith(".m3u8"):
        return await send_text(asked.request, storage, key, cache=playlist_cache)
    return await send_file(asked.request, storage, key, {"Cache-Control": FOREVER})


async def _send_captions(asked: Asked, rest: str) -> Response:
    found = _CAPTIONS.fullmatch(rest.removeprefix(_CAPTION_FOLDER))
    if found is None:
        raise PlaybackNotFound
    async with asked.app.database.read() as session:
        track = await caption_of(session, asked.asset.id, found[1])
    text = track.body
    if found[2] == "m3u8":
        text = caption_playlist(track.language, asked.asset.duration_seconds or 0)
    return text_reply(asked.request, text, content_type(f"captions.{found[2]}"), ASK_AGAIN)


async def _send_picture(asked: Asked, rest: str) -> Response:
    return await send_thumbnail(asked)


async def _send_file_to_save(asked: Asked, rest: str) -> Response:
    return await send_download(asked, f".{rest.rpartition('.')[2]}")


async def _send_page(asked: Asked, rest: str) -> Response:
    return await send_page(asked)


def _there(prefix: str | None) -> str:
    if prefix is None:
        raise PlaybackNotFound
    return prefix


_NEWEST: dict[str, tuple[Sender, bool, bool]] = {
    "manifest/video.m3u8": (_send_hls, True, True),
    "manifest/video.mpd": (_send_dash, True, True),
    "thumbnails/thumbnail.jpg": (_send_picture, False, True),
    "downloads/default.mp4": (_send_file_to_save, False, True),
    "downloads/audio.m4a": (_send_file_to_save, False, True),
    "iframe": (_send_page, True, True),
    "watch": (_send_page, False, True),
}
