from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from lumenhall.domains.identity.routes import router as identity
from lumenhall.domains.identity.service import passwords
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.limits import Limiter
from lumenhall.platform.mail import MemoryMailer
from lumenhall.platform.outbox import Relay
from lumenhall.platform.realtime import MemoryBus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import MemoryStorage
from lumenhall.platform.web import install_problem_handlers
from lumenhall.platform.web.middleware import OriginCheck, RequestLog, SecurityHeaders
from lumenhall.surfaces.admin import router as admin
from tests.factories.people import CHEAP, People

BASE_URL = "http://localhost:8000"


@pytest.fixture(autouse=True)
def _hash_cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real parameters have a test of their own; everywhere else they would only cost time."""
    monkeypatch.setattr(passwords, "hasher", CHEAP)
    passwords._nobodys_hash.cache_clear()


@pytest.fixture
def settings(database_url: str, tmp_path: object) -> Settings:
    return Settings(_env_file=None, database_url=database_url, base_url=BASE_URL)


@pytest.fixture
def context(settings: Settings, database: Database) -> AppContext:
    return AppContext(
        settings=settings,
        database=database,
        storage=MemoryStorage(),
        bus=MemoryBus(),
        mail=MemoryMailer(),
        limiter=Limiter(),
        signing_key=b"test",
    )


@pytest.fixture
def app(context: AppContext) -> FastAPI:
    app = FastAPI()
    app.state.context = context
    install_problem_handlers(app)
    app.include_router(identity)
    app.include_router(admin)
    app.add_middleware(OriginCheck, base_url=context.settings.base_url)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(RequestLog)
    return app


@pytest.fixture
async def people(app: FastAPI, context: AppContext) -> AsyncIterator[People]:
    people = People(app, context.database, context.settings.base_url)
    yield people
    for client in people.clients:
        await client.aclose()


@pytest.fixture
def client(people: People) -> httpx.AsyncClient:
    """A browser that nobody is signed in with."""
    return people.browser()


@pytest.fixture
def without_mail(app: FastAPI, context: AppContext) -> AppContext:
    """The application where no mail server is set."""
    mailer = MemoryMailer()
    mailer.is_configured = False
    app.state.context = replace(context, mail=mailer)
    return context


class Inbox:
    """What the application would have mailed."""

    def __init__(self, context: AppContext) -> None:
        assert isinstance(context.mail, MemoryMailer)
        self._sent = context.mail.sent
        self._relay = Relay(context)

    async def texts(self, to: str) -> list[str]:
        await self._relay.drain()
        return [message.text for message in self._sent if message.to == to]


@pytest.fixture
def inbox(context: AppContext) -> Inbox:
    return Inbox(context)
