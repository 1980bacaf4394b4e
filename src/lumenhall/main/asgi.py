"""The web application: every router, the middleware around them, the built pages behind them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from fastapi import APIRouter, FastAPI, Response
from fastapi.routing import APIRoute
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from sqlalchemy import text
from starlette.routing import BaseRoute

import lumenhall
from lumenhall.domains.chat.routes import router as chat
from lumenhall.domains.courses.routes import router as courses
from lumenhall.domains.engagement.routes import router as engagement
from lumenhall.domains.identity.routes import router as identity
from lumenhall.domains.library.routes import router as library
from lumenhall.domains.media.cloudflare.account import check_account, read_account
from lumenhall.domains.media.routes import router as media
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.routes import answer_quota_exceeded
from lumenhall.domains.uploads.routes import router as uploads
from lumenhall.main.wiring import make_context, running
from lumenhall.platform.context import AppContext
from lumenhall.platform.settings import Settings, get_settings
from lumenhall.platform.web import PROBLEM_RESPONSES, Reads, install_problem_handlers
from lumenhall.platform.web.body_limit import BodyLimit
from lumenhall.platform.web.logs import configure_logging
from lumenhall.platform.web.middleware import OriginCheck, RequestLog, SecurityHeaders
from lumenhall.platform.web.whole_text import WholeText
from lumenhall.surfaces.admin import router as admin
from lumenhall.surfaces.classroom import router as classroom
from lumenhall.surfaces.live import LiveFront
from lumenhall.surfaces.site import Pages, Previews
from lumenhall.surfaces.stream_api import PREFIX as STREAM_API
from lumenhall.surfaces.stream_api import StreamFront
from lumenhall.surfaces.stream_api import api as stream_api
from lumenhall.surfaces.stream_api import delivery as stream_delivery

# Uploads are read as a stream and have limits of their own.
STREAMING = ("/api/uploads", STREAM_API)
WEB_DIST = Path(lumenhall.__file__).parent / "web_dist"
health = APIRouter(include_in_schema=False)


def create_app(settings: Settings | None = None, *, with_worker: bool = True) -> FastAPI:
    """Return the application; `with_worker` also runs jobs in this process."""
    settings = settings or get_settings()
    configure_logging(settings)
    check_account(settings)
    context = make_context(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with running(context, with_worker=with_worker):
            yield

    app = FastAPI(
        title="Lumenhall",
        version=lumenhall.__version__,
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.context = context
    install_problem_handlers(app)
    app.add_exception_handler(QuotaExceeded, answer_quota_exceeded)
    app.router.routes.extend(_routes())
    app.mount(STREAM_API, stream_api)
    app.router.routes.append(stream_delivery)
    app.mount("/", Pages(WEB_DIST, Previews(context).head))
    app.add_middleware(WholeText)
    app.add_middleware(BodyLimit, streaming=STREAMING)
    app.add_middleware(OriginCheck, base_url=settings.base_url, no_cookies=(f"{STREAM_API}/",))
    app.add_middleware(SecurityHeaders, media_origins=_media_origins(context))
    app.add_middleware(StreamFront)
    app.add_middleware(RequestLog)
    app.add_middleware(LiveFront)
    return app


@cache
def _routes() -> list[BaseRoute]:
    """Return the routes of all domains and surfaces, which know nothing of an installation.

    They are made once for all applications of a process: it takes longer than all the rest.
    """
    maker = FastAPI(
        generate_unique_id_function=_operation_id, openapi_url=None, responses=PROBLEM_RESPONSES
    )
    for router in (
        identity,
        admin,
        media,
        uploads,
        library,
        engagement,
        courses,
        chat,
        classroom,
        health,
    ):
        maker.include_router(router)
    return maker.router.routes


def _media_origins(context: AppContext) -> list[str]:
    """Return where else browsers send videos to and get them from."""
    account = read_account(context.settings)
    stored = context.storage.public_origin
    return [*([stored] if stored else []), *(account.origins if account else [])]


def _operation_id(route: APIRoute) -> str:
    return route.name


@health.get("/healthz")
async def is_alive() -> dict[str, str]:
    return {"status": "alive"}


@health.get("/readyz")
async def is_ready(session: Reads) -> dict[str, str]:
    await session.execute(text("SELECT 1"))
    return {"status": "ready"}


@health.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)
