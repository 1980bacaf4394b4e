"""Plain ASGI middleware: request ids and access log, origin check, security headers."""

import re
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

import structlog
from prometheus_client import Counter, Histogram
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lumenhall.platform.errors import Forbidden
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.web.problems import problem_response

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; "
    "connect-src 'self'; font-src 'self' data:; object-src 'none'; base-uri 'self'; "
    "form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(self)",
}

log = structlog.get_logger("lumenhall.access")
REQUESTS = Counter("lumenhall_requests_total", "Requests by route.", ["method", "route", "status"])
SECONDS = Histogram("lumenhall_request_seconds", "Time to the end of the reply.", ["route"])


class OriginRefused(Forbidden):
    code = "origin_refused"
    title = "This request came from another site."


def content_policy(media_origins: Sequence[str], framed_by: str = "'none'") -> str:
    """Return the policy of a page that also plays from `media_origins`, and who may frame it."""
    policy = CONTENT_SECURITY_POLICY.replace(
        "frame-ancestors 'none'", f"frame-ancestors {framed_by}"
    )
    for kind in ("img-src", "media-src", "connect-src"):
        policy = policy.replace(f"{kind} 'self'", " ".join([kind, "'self'", *media_origins]))
    return policy


class RequestLog:
    """Gives every request an id, which the reply and each log line carry, and counts it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        request_id = given if REQUEST_ID.fullmatch(given) else str(new_id())
        status = 500

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-Id"] = request_id
            await send(message)

        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        try:
            await self._app(scope, receive, send_with_id)
        finally:
            seconds = time.perf_counter() - started
            route = getattr(scope.get("route"), "path", "unmatched")
            REQUESTS.labels(scope["method"], route, status).inc()
            SECONDS.labels(route).observe(seconds)
            level = log.info if status < 500 else log.error  # noqa: PLR2004 The class of server errors.
            level(
                "request",
                method=scope["method"],
                route=route,
                status=status,
                ms=round(seconds * 1000, 1),
            )


class OriginCheck:
    """Refuses unsafe requests that a browser sends on behalf of another site.

    Browsers always send Origin with such requests; a request without one is not from a page
    and carries no cookie of ours. Addresses that start with one of `no_cookies` take none.
    """

    def __init__(self, app: ASGIApp, base_url: str, no_cookies: tuple[str, ...] = ()) -> None:
        self._app = app
        self._no_cookies = no_cookies
        self._own_host = urlsplit(base_url).netloc

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and self._may_harm(scope):
            headers = Headers(scope=scope)
            if not same_origin(headers, self._own_host):
                await problem_response(OriginRefused())(scope, receive, send)
                return
        await self._app(scope, receive, send)

    def _may_harm(self, scope: Scope) -> bool:
        unsafe = scope["method"] not in SAFE_METHODS
        return unsafe and not f"{scope['path']}/".startswith(self._no_cookies)


def same_origin(headers: Headers, own_host: str) -> bool:
    """Say whether the request's Origin, if it has one, is our own address."""
    origin = headers.get("origin")
    if origin is None:
        return headers.get("sec-fetch-site", "none") in {"none", "same-origin"}
    return urlsplit(origin).netloc in {own_host, headers.get("host", "")}


class SecurityHeaders:
    """Adds the strict headers to every reply that does not set its own.

    `media_origins` are the other origins that media addresses redirect to, or that uploads
    are sent to: browsers hold redirects to the policy as well.
    """

    def __init__(self, app: ASGIApp, media_origins: Sequence[str] = ()) -> None:
        self._app = app
        policy = content_policy(media_origins)
        self._headers = SECURITY_HEADERS | {"Content-Security-Policy": policy}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                reply = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    reply.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers if scope["type"] == "http" else send)
