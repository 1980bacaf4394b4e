"""Changing passwords, and setting them by a link."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.identity.models import PasswordReset, Role
from lumenhall.domains.identity.service import attempts
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.mail import MemoryMailer
from tests.factories.people import PASSWORD, People
from tests.medium.identity.conftest import Inbox

NEW = "herons over the weir"


async def sign_in(people: People, password: str) -> int:
    reply = await people.browser().post("/api/sign-in", json={"login": "ann", "password": password})
    return reply.status_code


async def link_in(inbox: Inbox) -> str:
    text = (await inbox.texts("ann@example.org"))[-1]
    link = next(line for line in text.splitlines() if line.startswith("http"))
    assert link.startswith("http://localhost:8000/reset/")
    return link.rpartition("/")[2]


async def test_a_new_password_ends_all_other_sessions(people: People) -> None:
    _, here = await people.add("ann")
    there = people.browser()
    await there.post("/api/sign-in", json={"login": "ann", "password": PASSWORD})

    reply = await here.post(
        "/api/me/password", json={"current_password": PASSWORD, "new_password": NEW}
    )

    assert reply.status_code == 204, reply.text
    assert (await here.get("/api/me")).status_code == 200
    assert (await there.get("/api/me")).status_code == 401
    assert [await sign_in(people, one) for one in (PASSWORD, NEW)] == [401, 200]


async def test_changing_needs_the_password_until_now_and_tries_are_limited(
    people: People,
) -> None:
    _, browser = await people.add("ann")
    wrong = {"current_password": "wrong", "new_password": NEW}

    replies = [
        await browser.post("/api/me/password", json=wrong)
        for _ in range(attempts.SIGN_IN_PER_ACCOUNT.attempts + 1)
    ]

    assert (replies[0].status_code, replies[0].json()["code"]) == (403, "password_wrong")
    assert replies[-1].status_code == 429


@pytest.mark.parametrize(
    ("password", "code"),
    [("short", "invalid"), ("x" * 201, "invalid"), ("ann@example.org", "password_too_common")],
)
async def test_a_bad_new_password_is_refused(people: People, password: str, code: str) -> None:
    _, browser = await people.add("ann")

    reply = await browser.post(
        "/api/me/password", json={"current_password": PASSWORD, "new_password": password}
    )

    assert (reply.status_code, reply.json()["code"]) == (422, code)
    assert password not in reply.json().get("detail", "") or password == "short"


async def test_a_mailed_link_sets_a_new_password_once_and_ends_all_sessions(
    people: People, client: httpx.AsyncClient, inbox: Inbox
) -> None:
    _, browser = await people.add("ann")
    assert (
        await client.post("/api/password-resets", json={"email": "Ann@example.org"})
    ).status_code == 202
    secret = await link_in(inbox)

    assert (await client.get(f"/api/password-resets/{secret}")).json() == {"username": "ann"}
    replies = await asyncio.gather(
        *(
            people.browser().post(f"/api/password-resets/{secret}", json={"password": NEW})
            for _ in range(4)
        )
    )

    assert sorted(reply.status_code for reply in replies) == [204, 404, 404, 404]
    assert (await browser.get("/api/me")).status_code == 401
    assert await sign_in(people, NEW) == 200
    gone = await client.get(f"/api/password-resets/{secret}")
    assert (gone.status_code, gone.json()["code"]) == (404, "password_reset_unknown")


async def test_a_link_works_for_one_hour(
    people: People, client: httpx.AsyncClient, inbox: Inbox
) -> None:
    await people.add("ann")
    await client.post("/api/password-resets", json={"email": "ann@example.org"})
    secret = await link_in(inbox)

    with clock.freeze(clock.now() + timedelta(minutes=61)):
        reply = await client.post(f"/api/password-resets/{secret}", json={"password": NEW})

    assert reply.status_code == 404


async def test_an_address_without_an_account_is_answered_the_same(
    people: People, client: httpx.AsyncClient, inbox: Inbox
) -> None:
    await people.add("ann")
    await people.add("bob", disabled_at=clock.now())

    replies = [
        await client.post("/api/password-resets", json={"email": f"{name}@example.org"})
        for name in ("ann", "bob", "nobody")
    ]

    assert len({(reply.status_code, reply.text) for reply in replies}) == 1
    assert replies[0].status_code == 202
    assert [len(await inbox.texts(f"{name}@example.org")) for name in ("ann", "bob", "nobody")] == [
        1,
        0,
        0,
    ]


async def test_asking_for_links_is_limited(
    people: People, client: httpx.AsyncClient, inbox: Inbox
) -> None:
    await people.add("ann")
    replies = [
        await client.post("/api/password-resets", json={"email": "ann@example.org"})
        for _ in range(attempts.RESET_PER_ADDRESS.attempts + 1)
    ]

    assert {reply.status_code for reply in replies[:-1]} == {202}
    assert replies[-1].status_code == 429
    assert len(await inbox.texts("ann@example.org")) == attempts.RESET_PER_ACCOUNT.attempts


async def test_mails_speak_the_language_of_the_person(
    people: People, client: httpx.AsyncClient, inbox: Inbox
) -> None:
    await people.add("ann", language="es")
    await client.post("/api/password-resets", json={"email": "ann@example.org"})

    assert "contraseña nueva" in (await inbox.texts("ann@example.org"))[0]


async def test_without_a_mail_server_an_admin_makes_the_link(
    people: People, client: httpx.AsyncClient, database: Database, mailer: MemoryMailer
) -> None:
    mailer.is_configured = False
    ann, _ = await people.add("ann")
    _, admin = await people.add("root", Role.ADMIN)
    await client.post("/api/password-resets", json={"email": "ann@example.org"})
    async with database.read() as session:
        assert await session.scalar(select(func.count(PasswordReset.id))) == 0

    reply = await admin.post(f"/api/admin/members/{ann.id}/password-reset")

    secret = reply.json()["url"].rpartition("/")[2]
    used = await client.post(f"/api/password-resets/{secret}", json={"password": NEW})
    assert used.status_code == 204
    assert await sign_in(people, NEW) == 200
