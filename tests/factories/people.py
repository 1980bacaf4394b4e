"""People and what lets them in, without the hashing that takes its time on purpose."""

from datetime import timedelta

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import ApiToken, Role, Scope, User, UserSession
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.secrets import hash_secret, new_secret

PASSWORD = "tulips on the old canal"
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
PASSWORD_HASH = CHEAP.hash(PASSWORD)
COOKIE = "lumenhall_session"


async def add_person(session: AsyncSession, username: str = "ann", **values: object) -> User:
    """Add a member who signs in with `PASSWORD`."""
    given = {"display_name": username.title(), "email": f"{username}@example.org"} | values
    user = User(username=username, password_hash=PASSWORD_HASH, **given)
    session.add(user)
    await session.flush()
    return user


async def add_session(session: AsyncSession, user: User) -> str:
    """Sign the person in and return the secret for the cookie."""
    secret = new_secret()
    session.add(
        UserSession(
            user_id=user.id,
            secret_hash=hash_secret(secret),
            expires_at=clock.now() + timedelta(days=30),
        )
    )
    await session.flush()
    return secret


async def add_token(session: AsyncSession, user: User, *scopes: Scope) -> str:
    """Make an API token of the person and return it."""
    secret = new_secret()
    session.add(
        ApiToken(
            user_id=user.id,
            name="test",
            secret_hash=hash_secret(secret),
            scopes=[scope.value for scope in scopes],
        )
    )
    await session.flush()
    return secret


def actor_for(user: User) -> Actor:
    """Return the person as an actor, for calling services."""
    return Actor(user.id, user.role, session_id=user.id)


class People:
    """Makes people who have a browser of their own that is signed in."""

    def __init__(self, app: FastAPI, database: Database, base_url: str) -> None:
        self._app = app
        self._database = database
        self._base_url = base_url
        self.clients: list[httpx.AsyncClient] = []

    def browser(self, secret: str | None = None, **headers: str) -> httpx.AsyncClient:
        """Return another browser, signed in when it is given the secret of a session."""
        transport = httpx.ASGITransport(self._app, client=("127.0.0.1", 50000))
        cookies = {COOKIE: secret} if secret else None
        client = httpx.AsyncClient(
            transport=transport, base_url=self._base_url, cookies=cookies, headers=headers
        )
        self.clients.append(client)
        return client

    async def add(
        self, username: str, role: Role = Role.MEMBER, **values: object
    ) -> tuple[User, httpx.AsyncClient]:
        """Add a person, and return them with their browser."""
        async with self._database.write() as session:
            user = await add_person(session, username, role=role, **values)
            secret = await add_session(session, user)
        return user, self.browser(secret)
