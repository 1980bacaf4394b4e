"""What is asked of us for the videos at Stream: by Stream its webhooks, by viewers the media."""

from urllib.parse import quote

import orjson
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lumenhall.domains.media import service
from lumenhall.domains.media.addresses import MASTER, POSTER, Meant, Named, Remote
from lumenhall.domains.media.cloudflare.account import Account, delivery, read_account
from lumenhall.domains.media.cloudflare.states import read_report
from lumenhall.domains.media.cloudflare.webhooks import check_signature
from lumenhall.domains.media.delivery import ASK_AGAIN, text_reply
from lumenhall.domains.media.errors import PlaybackNotFound, ProviderOff, WebhookRefused
from lumenhall.domains.media.manifests import DASH
from lumenhall.domains.media.models import REMOTE, Asset
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import content_type

_LARGEST_WEBHOOK = 256 * 1024
_KEEP_REDIRECT = "private, max-age=30"
_QUERY_SAFE = "=&%-._~+:,/?@!$'()*;"
_HLS = "manifest/video.m3u8"
_MPD = "manifest/video.mpd"
_THUMBNAIL = "thumbnails/thumbnail.jpg?height=720"


async def receive_webhook(request: Request) -> Response:
    """Note what Stream reports, if it is Stream: `POST /api/webhooks/cloudflare`."""
    context: AppContext = request.app.state.context
    account = read_account(context.settings)
    secret = context.settings.cloudflare_webhook_secret.get_secret_value()
    if account is None or not secret:
        raise ProviderOff
    body = await request.body()
    if len(body) > _LARGEST_WEBHOOK:
        raise WebhookRefused("It is too long.")
    check_signature(secret, request.headers.get("webhook-signature", ""), body)
    report = read_report(_document(body))
    if report is not None:
        async with context.database.write() as session:
            await service.observe(session, account, report)
    return Response(status_code=204)


async def send_remote(
    request: Request, context: AppContext, asset: Asset, meant: Meant
) -> Response:
    """Send what a viewer asks for of a video at Stream; they have been let in to it.

    Addresses that always mean the newest lead to those that mirror Stream's, playlists are
    rewritten so that what they name is asked for here, and the rest is fetched from Stream.
    """
    account, prefix = _where(context, asset)
    if meant == Named(MASTER):
        return _led_on(request, MASTER, _HLS)
    if meant == Remote(DASH):
        return _led_on(request, f"{REMOTE}/{DASH}", _MPD)
    if meant == Named(POSTER):
        return _redirect(account, asset, prefix, _THUMBNAIL)
    if not isinstance(meant, Remote):
        raise PlaybackNotFound
    query = quote(request.url.query, safe=_QUERY_SAFE)
    file = f"{meant.path}?{query}" if query else meant.path
    if not meant.path.endswith((".m3u8", ".mpd")):
        return _redirect(account, asset, prefix, file)
    folder = request.url.path.removesuffix(f"/{meant.path}")
    text = await delivery(account).playlist(prefix, asset.provider_uid or "", file, folder)
    if text is None:
        raise PlaybackNotFound
    return text_reply(request, text, content_type(meant.path), ASK_AGAIN)


def _where(context: AppContext, asset: Asset) -> tuple[Account, str]:
    account = read_account(context.settings)
    prefix = asset.meta.get(service.DELIVERY)
    if account is None or not isinstance(prefix, str) or not account.delivers(prefix):
        raise PlaybackNotFound
    return account, prefix


def _led_on(request: Request, name: str, path: str) -> Response:
    folder = request.url.path.removesuffix(f"/{name}")
    return RedirectResponse(f"{folder}/{REMOTE}/{path}", 307, {"Cache-Control": ASK_AGAIN})


def _redirect(account: Account, asset: Asset, prefix: str, file: str) -> Response:
    address = delivery(account).address(prefix, asset.provider_uid or "", file)
    return RedirectResponse(address, 307, {"Cache-Control": _KEEP_REDIRECT})


def _document(body: bytes) -> object:
    try:
        return orjson.loads(body)
    except orjson.JSONDecodeError:
        return None
