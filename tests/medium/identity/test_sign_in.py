"""Signing in and out, sessions, and what ends them."""

import asyncio
from datetime import timedelta
from typing import Any

import httpx
import pytest
from argon2 import PasswordHasher
from fastapi import FastAPI
from sqlalchemy import event, func, select

from lumenhall.domains.identity.errors import SignInFailed
from lumenhall.domains.identity.models import User, UserSession
from lumenhall.domains.identity.queries import credential_is_live
from lumenhall.domains.identity.schemas import SignIn
from lumenhall.domains.identity.service import Device, attempts, passwords, sign_in
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limiter
from tests.factories.people import COOKIE, PASSWORD, People, add_person


async def test_a_person_signs_in_by_name_or_by_address(people: People) -> None:
    await people.add("ann")

    for login in ("ann", " ANN ", "ann@example.org", "Ann@Example.org"):
        browser = people.browser()
        reply = await browser.post("/api/sign-in", json={"login": login, "password": PASSWORD})
        assert reply.status_code == 200, login
        assert (await browser.get("/api/me")).json()["username"] == "ann"


async def test_the_cookie_is_kept_from_scripts_and_other_sites(
    people: People, client: httpx.AsyncClient
) -> None:
    await people.add("ann")

    reply = await client.post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    cookie = reply.headers["set-cookie"]
    assert cookie.startswith(f"{COOKIE}=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert f"Max-Age={30 * 24 * 3600}" in cookie
    assert "Secure" not in cookie


async def test_the_cookie_is_secure_where_the_site_is(app: FastAPI, people: People) -> None:
    await people.add("ann")
    app_context: AppContext = app.state.context
    object.__setattr__(
        app_context,
        "settings",
        app_context.settings.model_copy(update={"base_url": "https://hall.org"}),
    )

    reply = await people.browser().post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    assert "Secure" in reply.headers["set-cookie"]


async def test_only_a_hash_of_the_secret_is_stored(
    people: People, client: httpx.AsyncClient, database: Database
) -> None:
    await people.add("ann")
    await client.post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    async with database.read() as session:
        hashes = (await session.scalars(select(UserSession.secret_hash))).all()
    assert client.cookies[COOKIE] not in hashes
    assert all(len(one) == 64 for one in hashes)


@pytest.mark.parametrize("login", ["ann", "nobody", "nobody@example.org"])
async def test_a_wrong_name_and_a_wrong_password_look_the_same(
    people: People, client: httpx.AsyncClient, login: str
) -> None:
    await people.add("ann")

    reply = await client.post("/api/sign-in", json={"login": login, "password": "wrong"})

    assert reply.status_code == 401
    assert reply.json() == {
        "type": "urn:lumenhall:error:sign_in_failed",
        "title": SignInFailed.title,
        "status": 401,
        "code": "sign_in_failed",
    }


async def test_an_unknown_name_takes_as_many_verifications_as_a_known_one(
    people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await people.add("ann")
    verified: list[str | None] = []
    real = passwords._matches

    def count(password_hash: str | None, password: str) -> bool:
        verified.append(password_hash)
        return real(password_hash, password)

    monkeypatch.setattr(passwords, "_matches", count)
    for login in ("ann", "nobody"):
        with pytest.raises(SignInFailed):
            await sign_in(database, Limiter(), SignIn(login=login, password="x"), Device())

    assert len(verified) == 2
    assert verified[1] is None


async def test_hashing_never_happens_while_a_writer_is_open(
    people: People, app_context: AppContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else can write while a password is being checked."""
    await people.add("ann")
    wrote = asyncio.Event()
    real = passwords.password_matches

    async def slow(password_hash: str | None, password: str) -> bool:
        async with asyncio.timeout(5), app_context.database.write() as session:
            await add_person(session, "meanwhile")
        wrote.set()
        return await real(password_hash, password)

    monkeypatch.setattr("lumenhall.domains.identity.service.sessions.password_matches", slow)
    reply = await people.browser().post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    assert reply.status_code == 200
    assert wrote.is_set()


async def test_a_hash_with_old_parameters_is_made_afresh_also_by_two_at_once(
    people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, _ = await people.add("ann")
    newer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", newer)

    replies = await asyncio.gather(
        *(
            people.browser().post("/api/sign-in", json={"login": "ann", "password": PASSWORD})
            for _ in range(3)
        )
    )

    assert [reply.status_code for reply in replies] == [200, 200, 200]
    async with database.read() as session:
        stored = (await session.get_one(User, user.id)).password_hash
    assert not newer.check_needs_rehash(stored)


async def test_tries_at_one_account_are_limited_and_say_how_long_to_wait(people: People) -> None:
    await people.add("ann")
    browser = people.browser()
    wrong = {"login": "ann", "password": "wrong"}
    for _ in range(attempts.SIGN_IN_PER_ACCOUNT.attempts):
        assert (await browser.post("/api/sign-in", json=wrong)).status_code == 401

    # By the other name it is the same account, and the right password does not help either.
    reply = await browser.post(
        "/api/sign-in", json={"login": "ann@example.org", "password": PASSWORD}
    )

    assert (reply.status_code, reply.json()["code"]) == (429, "too_many_sign_ins")
    wait = int(reply.headers["retry-after"])
    assert attempts.SIGN_IN_PER_ACCOUNT.seconds - 60 < wait <= attempts.SIGN_IN_PER_ACCOUNT.seconds
    assert reply.json()["retry_after"] == wait


async def test_the_right_password_starts_the_count_of_an_account_afresh(people: People) -> None:
    await people.add("ann")
    browser = people.browser()
    for password in (["wrong"] * 9 + [PASSWORD]) * 2:
        reply = await browser.post("/api/sign-in", json={"login": "ann", "password": password})
    assert reply.status_code == 200


async def test_tries_from_one_address_are_limited_whatever_the_account(
    client: httpx.AsyncClient,
) -> None:
    replies = [
        await client.post("/api/sign-in", json={"login": f"nobody{i}", "password": "wrong"})
        for i in range(attempts.SIGN_IN_PER_ADDRESS.attempts + 1)
    ]

    assert [reply.status_code for reply in replies[-2:]] == [401, 429]


async def test_tries_at_once_are_counted_too(people: People) -> None:
    await people.add("ann")
    replies = await asyncio.gather(
        *(
            people.browser().post("/api/sign-in", json={"login": "ann", "password": f"wrong{i}"})
            for i in range(attempts.SIGN_IN_PER_ACCOUNT.attempts + 8)
        )
    )

    refused = [reply for reply in replies if reply.status_code == 429]
    assert len(refused) == 8


async def test_a_person_sees_and_ends_their_own_sessions(people: People) -> None:
    _, here = await people.add("ann")
    _, stranger = await people.add("bob")
    there = people.browser(**{"User-Agent": "Phone"})
    await there.post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    sessions = (await here.get("/api/sessions")).json()["items"]
    other = next(one for one in sessions if not one["current"])
    assert [one["current"] for one in sessions].count(True) == 1
    assert (other["user_agent"], other["ip"]) == ("Phone", "127.0.0.1")

    assert (await stranger.delete(f"/api/sessions/{other['id']}")).status_code == 404
    assert (await here.delete(f"/api/sessions/{other['id']}")).status_code == 204
    assert (await there.get("/api/me")).status_code == 401
    assert (await here.get("/api/me")).status_code == 200


async def test_signing_out_ends_the_session_and_may_be_repeated(people: People) -> None:
    _, browser = await people.add("ann")
    secret = browser.cookies[COOKIE]

    assert (await browser.post("/api/sign-out")).status_code == 204
    assert (await browser.post("/api/sign-out")).status_code == 204

    stolen = people.browser(secret)
    assert (await stolen.get("/api/me")).status_code == 401


async def test_a_session_lives_30_days_from_the_last_visit(people: People) -> None:
    _, browser = await people.add("ann")
    start = clock.now()

    for days in (29, 58):
        with clock.freeze(start + timedelta(days=days)):
            reply = await browser.get("/api/me")
        assert reply.status_code == 200
        # The browser keeps the cookie for as long as the server keeps the session.
        assert f"Max-Age={30 * 24 * 3600}" in reply.headers["set-cookie"]
    with clock.freeze(start + timedelta(days=89)):
        assert (await browser.get("/api/me")).status_code == 401


async def test_a_visit_is_written_down_at_most_once_in_five_minutes(
    people: People, app_context: AppContext
) -> None:
    user, browser = await people.add("ann")
    begun: list[bool] = []

    @event.listens_for(app_context.database.engine.sync_engine, "begin")
    def note(connection: Any) -> None:
        begun.append(connection.get_execution_options().get("writing", False))

    for _ in range(3):
        await browser.get("/api/me")
    assert not any(begun)

    later = clock.now() + timedelta(minutes=6)
    with clock.freeze(later):
        await browser.get("/api/me")
        await browser.get("/api/me")
    assert begun.count(True) == 1
    async with app_context.database.read() as session:
        assert (await session.get_one(User, user.id)).last_seen_at == later


async def test_a_credential_is_live_until_its_session_or_its_person_is_not(
    people: People, database: Database
) -> None:
    user, _ = await people.add("ann")
    async with database.read() as session:
        session_id = await session.scalar(
            select(UserSession.id).where(UserSession.user_id == user.id)
        )
        assert session_id is not None
        assert await credential_is_live(session, session_id, user.id)
        assert not await credential_is_live(session, session_id, session_id)
    async with database.write() as session:
        (await session.get_one(User, user.id)).disabled_at = clock.now()
    async with database.read() as session:
        assert not await credential_is_live(session, session_id, user.id)


async def test_another_sites_page_can_do_nothing_with_the_cookie(people: People) -> None:
    _, browser = await people.add("ann")

    reply = await browser.post("/api/sign-out", headers={"Origin": "https://evil.example"})

    assert (reply.status_code, reply.json()["code"]) == (403, "origin_refused")
    assert (await browser.get("/api/me")).status_code == 200
    own = await browser.post("/api/sign-out", headers={"Origin": "http://localhost:8000"})
    assert own.status_code == 204


async def test_expired_sessions_are_cleared_when_somebody_signs_in(
    people: People, database: Database
) -> None:
    await people.add("ann")
    with clock.freeze(clock.now() + timedelta(days=31)):
        await people.browser().post("/api/sign-in", json={"login": "ann", "password": PASSWORD})
    async with database.read() as session:
        assert await session.scalar(select(func.count(UserSession.id))) == 1
