"""The Stream API: the house as clients of Cloudflare Stream see it (PRODUCT 9).

`api` answers below /client/v4, to programs with a token of the scope `stream` and to whoever
holds an upload address; `StreamFront` gives all of it one envelope. `delivery` plays the
videos, and owns the addresses that begin with a uid or with a signed token in its place.
"""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from lumenhall.domains.uploads.tus.server import TusServer
from lumenhall.surfaces.stream_api import extras, keys, sources, videos, webhooks
from lumenhall.surfaces.stream_api.basic import upload_once, upload_with_token
from lumenhall.surfaces.stream_api.delivery import route as delivery
from lumenhall.surfaces.stream_api.front import PREFIX, StreamFront
from lumenhall.surfaces.stream_api.tus import OneTimeDoor, StreamDoor

__all__ = ["PREFIX", "StreamFront", "api", "delivery"]

STREAM = "/accounts/{account_id}/stream"

api = APIRouter(redirect_slashes=False)


class _Creation:
    """Makes a video of what comes: tus says so in a header, anything else is a form."""

    _tus = TusServer(StreamDoor(), single=False)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        if request.method == "OPTIONS" or "tus-resumable" in request.headers:
            await self._tus(scope, receive, send)
        else:
            reply = await upload_with_token(request)
            await reply(scope, receive, send)


for part in (keys, webhooks, sources, extras, videos):
    api.include_router(part.router, prefix=STREAM)
api.routes += [
    Route(STREAM, _Creation(), methods=["POST", "OPTIONS"]),
    Route("/accounts/{account_id}/media/{uid}", TusServer(StreamDoor(), single=True)),
    Route("/upload/tus/{uid}", TusServer(OneTimeDoor(), single=True)),
    Route("/upload/{uid}", upload_once, methods=["POST", "OPTIONS"]),
]
