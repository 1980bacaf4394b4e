"""A small Stream on a real port: what our provider calls, kept in memory, and switches to break it.

The whole contract is kept by our own server; this one shows what Stream might do to us.
"""

import base64
import hashlib
import hmac
import json
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

ACCOUNT = "acc"
TOKEN = "twin-token"
KEY_ID = "twin-key"
SECRET = "85011ed3a913c6ad5f9cf6c5573cc0a7"
KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(
    serialization.Encoding.PEM,
    serialization.PrivateFormat.TraditionalOpenSSL,
    serialization.NoEncryption(),
)
MASTER = (
    "#EXTM3U\n"
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="s",NAME="es",URI="es.m3u8"\n'
    '#EXT-X-STREAM-INF:BANDWIDTH=1,SUBTITLES="s"\n'
    "../../{token}/video/720/v.m3u8?p=1\n"
)
LEVEL = "#EXTM3U\n#EXTINF:2,\nseg_1.m4s?s=1\n#EXT-X-ENDLIST\n"


class Twin:
    """Videos by uid; `down` answers every call with that status."""

    def __init__(self) -> None:
        self.url = ""
        self.down = 0
        self.videos: dict[str, dict[str, Any]] = {}
        self.asked: list[str] = []
        self.metadata: dict[str, dict[str, str]] = {}
        self.captions: dict[str, dict[str, str]] = {}
        self.generated: dict[str, list[str]] = {}
        self.webhook = ""

    @property
    def settings(self) -> dict[str, Any]:
        return {
            "cloudflare_account_id": ACCOUNT,
            "cloudflare_api_token": TOKEN,
            "cloudflare_signing_key_id": KEY_ID,
            "cloudflare_signing_key": base64.b64encode(PEM).decode(),
            "cloudflare_webhook_secret": SECRET,
            "cloudflare_base_url": f"{self.url}/client/v4",
        }

    def app(self) -> Starlette:
        stream = f"/client/v4/accounts/{ACCOUNT}/stream"
        calls = [
            ("", self._create, ["POST"]),
            ("/keys", self._make_key, ["POST"]),
            ("/webhook", self._set_webhook, ["PUT"]),
            ("/{uid}", self._video, ["GET", "DELETE"]),
            ("/{uid}/captions", self._list_captions, ["GET"]),
            ("/{uid}/captions/{language}", self._set_captions, ["PUT", "DELETE"]),
        ]
        routes = [
            Route(stream + path, self._guarded(handler), methods=methods)
            for path, handler, methods in calls
        ]
        return Starlette(routes=[*routes, Route("/{token}/{file:path}", self._deliver)])

    def say(self, uid: str, state: str, **more: Any) -> dict[str, Any]:
        """Bring a video to a state, and return the object that a webhook would carry."""
        status = {key: more.pop(key) for key in list(more) if key.startswith(("pct", "err"))}
        video = self.videos.setdefault(uid, {"uid": uid})
        video["status"] = {"state": state, **status}
        if state == "ready":
            video |= {
                "readyToStream": True,
                "duration": 61.5,
                "size": 4000,
                "input": {"width": 1280, "height": 720},
                "playback": {"hls": f"{self.url}/{uid}/manifest/video.m3u8"},
            }
        video |= more
        return video

    def _guarded(self, handler: Any) -> Any:
        async def call(request: Request) -> Response:
            self.asked.append(f"{request.method} {request.url.path.rpartition('/stream')[2]}")
            if self.down:
                return _refusal(self.down, 10001)
            if request.headers.get("authorization") != f"Bearer {TOKEN}":
                return _refusal(401, 10000)
            uid = request.path_params.get("uid")
            if uid is not None and uid not in self.videos:
                return _refusal(404, 10003)
            reply: Response = await handler(request)
            return reply

        return call

    async def _create(self, request: Request) -> Response:
        assert request.query_params["direct_user"] == "true"
        assert request.headers["tus-resumable"] == "1.0.0"
        uid = new_id().hex
        pairs = (part.split(" ") for part in request.headers["upload-metadata"].split(","))
        self.metadata[uid] = {key: base64.b64decode(value).decode() for key, value in pairs}
        self.metadata[uid]["length"] = request.headers["upload-length"]
        self.metadata[uid]["creator"] = request.headers["upload-creator"]
        self.say(uid, "pendingupload")
        headers = {"Location": f"{self.url}/tus/{uid}", "stream-media-id": uid}
        return Response(status_code=201, headers=headers)

    async def _video(self, request: Request) -> Response:
        uid = request.path_params["uid"]
        if request.method == "GET":
            return _envelope(self.videos[uid])
        del self.videos[uid]
        return _envelope("")

    async def _make_key(self, request: Request) -> Response:
        return _envelope({"id": KEY_ID, "pem": base64.b64encode(PEM).decode(), "jwk": "e30="})

    async def _set_webhook(self, request: Request) -> Response:
        self.webhook = (await request.json())["notificationUrl"]
        return _envelope({"notificationUrl": self.webhook, "secret": SECRET})

    async def _list_captions(self, request: Request) -> Response:
        uid = request.path_params["uid"]
        uploaded = [
            {"language": language, "generated": False} for language in self.captions.get(uid, {})
        ]
        generated = [
            {"language": language, "generated": True} for language in self.generated.get(uid, [])
        ]
        return _envelope(uploaded + generated)

    async def _set_captions(self, request: Request) -> Response:
        uid, language = request.path_params["uid"], request.path_params["language"]
        if request.method == "DELETE":
            del self.captions[uid][language]
            return _envelope("")
        form = await request.form()
        self.captions.setdefault(uid, {})[language] = str(form["file"])
        return _envelope({"language": language, "status": "ready"})

    async def _deliver(self, request: Request) -> Response:
        token, file = request.path_params["token"], request.path_params["file"]
        if self.down:
            return PlainTextResponse("away", self.down)
        if not is_valid(token, self.videos):
            return PlainTextResponse("private", 401)
        if file == "manifest/video.m3u8":
            return PlainTextResponse(MASTER.replace("{token}", token))
        return PlainTextResponse(LEVEL if file.endswith(".m3u8") else f"bytes of {file}")


def sign_webhook(video: object) -> tuple[bytes, dict[str, str]]:
    """Return body and headers of a webhook about a video, as Stream sends it."""
    body = json.dumps(video).encode()
    time = str(int(clock.now().timestamp()))
    signature = hmac.new(SECRET.encode(), f"{time}.".encode() + body, hashlib.sha256).hexdigest()
    return body, {
        "Content-Type": "application/json",
        "Webhook-Signature": f"time={time},sig1={signature}",
    }


def is_valid(token: str, videos: dict[str, Any]) -> bool:
    """Say whether a token lets somebody in to one of the videos now."""
    try:
        head, body, signature = token.split(".")
        signed = f"{head}.{body}".encode()
        KEY.public_key().verify(_decode(signature), signed, padding.PKCS1v15(), SHA256())
    except (ValueError, InvalidSignature):
        return False
    claims = json.loads(_decode(body))
    now = clock.now().timestamp()
    return claims["sub"] in videos and claims["nbf"] <= now < claims["exp"]


def _decode(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def _envelope(result: Any) -> Response:
    return JSONResponse({"result": result, "success": True, "errors": [], "messages": []})


def _refusal(status: int, code: int) -> Response:
    errors = [{"code": code, "message": "No"}]
    body = {"result": None, "success": False, "errors": errors, "messages": []}
    return JSONResponse(body, status, {"x-should-retry": "false"})
