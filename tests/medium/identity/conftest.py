import asyncio
from collections.abc import AsyncIterator

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import func, select

from lumenhall.domains.identity.service import passwords
from lumenhall.main import wiring
from lumenhall.platform.context import AppContext
from lumenhall.platform.mail import MemoryMailer
from lumenhall.platform.outbox import OutboxRow
from tests.factories.people import CHEAP, People


@pytest.fixture(autouse=True)
def _hash_cheaply(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real parameters have a test of their own; everywhere else they would only cost time."""
    monkeypatch.setattr(passwords, "hasher", CHEAP)
    passwords._nobodys_hash.cache_clear()


@pytest.fixture(autouse=True)
def mailer(monkeypatch: pytest.MonkeyPatch) -> MemoryMailer:
    """Takes the mails of the application."""
    mailer = MemoryMailer()
    monkeypatch.setattr(wiring, "make_mailer", lambda settings: mailer)
    return mailer


@pytest.fixture
async def people(app: FastAPI, app_context: AppContext) -> AsyncIterator[People]:
    people = People(app, app_context.database, app_context.settings.base_url)
    yield people
    for client in people.clients:
        await client.aclose()


@pytest.fixture
def client(people: People) -> httpx.AsyncClient:
    """A browser that nobody is signed in with."""
    return people.browser()


class Inbox:
    """What the application has mailed."""

    def __init__(self, app_context: AppContext, mailer: MemoryMailer) -> None:
        self._database = app_context.database
        self._mailer = mailer

    async def texts(self, to: str) -> list[str]:
        """Return the mails to an address once everything that was to be sent has been."""
        for _ in range(500):
            if not await self._is_sending():
                break
            await asyncio.sleep(0.02)
        return [message.text for message in self._mailer.sent if message.to == to]

    async def _is_sending(self) -> bool:
        async with self._database.read() as session:
            return bool(await session.scalar(select(func.count(OutboxRow.id))))


@pytest.fixture
def inbox(app_context: AppContext, mailer: MemoryMailer) -> Inbox:
    return Inbox(app_context, mailer)
