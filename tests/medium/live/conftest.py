"""Somebody with an open page."""

from uuid import UUID

import pytest
from fastapi import FastAPI

from lumenhall.domains.identity.models import User
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.realtime import live
from lumenhall.surfaces.live.doors import DOORS
from lumenhall.surfaces.live.watch import Watch, watch_of
from tests.factories.people import add_person, add_session
from tests.factories.videos import add_video


class Member:
    """A member who is signed in."""

    def __init__(self, user_id: UUID, secret: str, database: Database) -> None:
        self.id = user_id
        self.secret = secret
        self._database = database

    async def hears(self, number: int) -> None:
        """Let something happen that this member is told of."""
        async with self._database.write() as session:
            await live.send(session, [self.id], "note", {"number": number})

    async def has_drafts(self, number: int) -> list[str]:
        """Give this member some unpublished videos and return the topics of their assets."""
        async with self._database.write() as session:
            user = await session.get_one(User, self.id)
            drafts = [await add_video(session, user, published=False) for _ in range(number)]
            return [f"asset:{draft.asset_id}" for draft in drafts]


@pytest.fixture
def database(app_context: AppContext) -> Database:
    return app_context.database


@pytest.fixture
async def ann(database: Database) -> Member:
    async with database.write() as session:
        user = await add_person(session, "ann")
        return Member(user.id, await add_session(session, user), database)


@pytest.fixture
def watch(app: FastAPI) -> Watch:
    return watch_of(app, DOORS)


def note(seq: int, number: int) -> dict[str, object]:
    return {"type": "event", "seq": seq, "kind": "note", "data": {"number": number}}
