"""`/media/<grant>/<asset_id>/<file>`: where players fetch; and where Stream sends its webhooks.

Plain Starlette routes: a player asks several times a second, and a webhook is signed over its
very bytes. No session is open while bytes go out.
"""

import uuid

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from lumenhall.domains.media import queries
from lumenhall.domains.media.access import admissions
from lumenhall.domains.media.addresses import (
    DOWNLOAD,
    MASTER,
    POSTER,
    STORYBOARD,
    Captions,
    Meant,
    Named,
    Output,
    Remote,
    read_name,
    served_prefix,
    version_of,
)
from lumenhall.domains.media.cloudflare.account import WEBHOOK_PATH
from lumenhall.domains.media.cloudflare.routes import receive_webhook, send_remote
from lumenhall.domains.media.delivery import (
    ASK_AGAIN,
    FOREVER,
    below,
    cues_below,
    playlist_cache,
    send_file,
    send_text,
    text_reply,
)
from lumenhall.domains.media.errors import DownloadNotAllowed, PlaybackNotFound, TrackNotFound
from lumenhall.domains.media.grants import read_grant
from lumenhall.domains.media.models import LOCAL, Asset
from lumenhall.domains.media.naming import attachment, title_of
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import content_type

router = APIRouter(include_in_schema=False)


async def deliver(request: Request) -> Response:
    """Check the grant, find the file, send it."""
    context: AppContext = request.app.state.context
    meant = read_name(request.path_params["file"])
    asset_id = _asset_id(request.path_params["asset_id"])
    grant = read_grant(context.signing_key, asset_id, request.path_params["grant"])
    if meant is None:
        raise PlaybackNotFound
    newest = isinstance(meant, Named)
    asset = await admissions.admit(context.database, grant, asset_id, fresh=newest)
    if isinstance(meant, Output) and served_prefix(asset, meant.version) is None:
        # These outputs may be newer than what is remembered of the asset.
        asset = await admissions.admit(context.database, grant, asset_id, fresh=True)
    return await _send(request, context, asset, meant)


router.add_route("/media/{grant}/{asset_id}/{file:path}", deliver, ["GET", "HEAD"])


router.add_route(WEBHOOK_PATH, receive_webhook, ["POST"])


async def _send(request: Request, context: AppContext, asset: Asset, meant: Meant) -> Response:
    if isinstance(meant, Captions):
        return await _send_captions(request, context, asset, meant)
    if asset.provider != LOCAL and not _is_chosen_picture(asset, meant):
        return await send_remote(request, context, asset, meant)
    if isinstance(meant, Remote):
        raise PlaybackNotFound
    if isinstance(meant, Output):
        return await _send_output(request, context, asset, meant)
    if meant.file == MASTER:
        return await _send_master(request, context, asset)
    if meant.file == POSTER:
        return await _send_poster(request, context, asset)
    return await _send_download(request, context, asset)


async def _send_master(request: Request, context: AppContext, asset: Asset) -> Response:
    prefix = _there(asset.current_prefix)
    version = version_of(asset, prefix)
    return await send_text(
        request, context.storage, f"{prefix}/{MASTER}", rewrite=lambda text: below(text, version)
    )


async def _send_output(
    request: Request, context: AppContext, asset: Asset, meant: Output
) -> Response:
    key = f"{_there(served_prefix(asset, meant.version))}/{meant.file}"
    if meant.file == STORYBOARD:
        folder = request.url.path.rpartition("/")[0]
        return await send_text(
            request,
            context.storage,
            key,
            rewrite=lambda text: cues_below(text, folder),
            cache=lambda text: FOREVER,
        )
    if meant.file.endswith(".m3u8"):
        return await send_text(request, context.storage, key, cache=playlist_cache)
    if meant.file.endswith((".mpd", ".vtt")):
        return await send_text(request, context.storage, key, cache=lambda text: FOREVER)
    return await send_file(request, context.storage, key, {"Cache-Control": FOREVER})


async def _send_poster(request: Request, context: AppContext, asset: Asset) -> Response:
    # The `v` of an address changes with the picture; without it, browsers have to ask.
    cache = FOREVER if "v" in request.query_params else ASK_AGAIN
    key = _there(asset.thumbnail_key)
    return await send_file(request, context.storage, key, {"Cache-Control": cache})


async def _send_download(request: Request, context: AppContext, asset: Asset) -> Response:
    if not asset.allow_download:
        raise DownloadNotAllowed
    prefix = _there(asset.published_prefix if asset.has_download else None)
    async with context.database.read() as session:
        title = await title_of(session, asset)
    headers = {"Cache-Control": ASK_AGAIN, "Content-Disposition": attachment(title, ".mp4")}
    return await send_file(request, context.storage, f"{prefix}/{DOWNLOAD}", headers)


async def _send_captions(
    request: Request, context: AppContext, asset: Asset, meant: Captions
) -> Response:
    async with context.database.read() as session:
        try:
            track = await queries.get_track(session, asset.id, meant.track_id)
        except TrackNotFound:
            raise PlaybackNotFound from None
    return text_reply(request, track.body, content_type("captions.vtt"), ASK_AGAIN)


def _is_chosen_picture(asset: Asset, meant: Meant) -> bool:
    return meant == Named(POSTER) and asset.has_own_thumbnail


def _there(key: str | None) -> str:
    if key is None:
        raise PlaybackNotFound
    return key


def _asset_id(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise PlaybackNotFound from None
