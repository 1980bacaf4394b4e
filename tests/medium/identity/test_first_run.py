"""The first account, and joining without an invitation."""

import asyncio

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.service import create_admin
from lumenhall.platform import options
from lumenhall.platform.db import Database
from lumenhall.platform.errors import AppError
from lumenhall.platform.options import Joining
from tests.factories.people import PASSWORD, People


def account(username: str = "ann", **values: object) -> dict[str, object]:
    return {
        "username": username,
        "email": f"{username}@example.org",
        "display_name": username.title(),
        "password": PASSWORD,
    } | values


async def test_the_first_run_makes_an_admin_names_the_site_and_signs_in(
    client: httpx.AsyncClient,
) -> None:
    assert (await client.get("/api/site")).json()["needs_first_run"] is True

    reply = await client.post("/api/first-run", json=account(site_name="  Our   Hall "))

    assert reply.status_code == 201, reply.text
    assert reply.json()["role"] == "admin"
    assert (await client.get("/api/me")).json()["username"] == "ann"
    site = (await client.get("/api/site")).json()
    assert (site["name"], site["needs_first_run"]) == ("Our Hall", False)


async def test_of_many_first_runs_at_once_exactly_one_wins(
    people: People, database: Database
) -> None:
    replies = await asyncio.gather(
        *(people.browser().post("/api/first-run", json=account(f"ann{i}")) for i in range(6))
    )

    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409, 409, 409]
    refused = next(reply for reply in replies if reply.status_code == 409)
    assert refused.json()["code"] == "first_run_done"
    async with database.read() as session:
        assert await session.scalar(select(func.count(User.id))) == 1


@pytest.mark.parametrize(
    ("joining", "code"),
    [(Joining.INVITATION, "sign_up_by_invitation"), (Joining.CLOSED, "joining_closed")],
)
async def test_sign_up_is_refused_unless_it_is_open(
    client: httpx.AsyncClient, database: Database, joining: Joining, code: str
) -> None:
    async with database.write() as session:
        await options.change(session, None, joining=joining)

    reply = await client.post("/api/sign-up", json=account())

    assert (reply.status_code, reply.json()["code"]) == (403, code)


@pytest.fixture
async def _open(database: Database) -> None:
    async with database.write() as session:
        await options.change(session, None, joining=Joining.OPEN)


@pytest.mark.usefixtures("_open")
async def test_open_sign_up_makes_a_member(client: httpx.AsyncClient) -> None:
    reply = await client.post("/api/sign-up", json=account("Bob", email="Bob@Example.ORG"))

    assert reply.status_code == 201
    me = (await client.get("/api/me")).json()
    assert (me["role"], me["username"], me["email"]) == ("member", "bob", "bob@example.org")
    assert (me["can_upload"], me["can_invite"]) == (True, False)


@pytest.mark.usefixtures("_open")
@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"email": "other@example.org", "username": "ANN"}, "username_taken"),
        ({"username": "other", "email": "ANN@example.org"}, "email_taken"),
    ],
)
async def test_names_and_addresses_are_unique_whatever_their_case(
    people: People, changed: dict[str, str], code: str
) -> None:
    await people.add("ann")

    reply = await people.browser().post("/api/sign-up", json=account() | changed)

    assert (reply.status_code, reply.json()["code"]) == (409, code)


@pytest.mark.usefixtures("_open")
async def test_of_many_who_want_a_name_at_once_one_gets_it(people: People) -> None:
    replies = await asyncio.gather(
        *(
            people.browser().post("/api/sign-up", json=account(email=f"a{i}@example.org"))
            for i in range(5)
        )
    )

    assert sorted(reply.status_code for reply in replies) == [201, 409, 409, 409, 409]
    assert {reply.json().get("code") for reply in replies} == {None, "username_taken"}


@pytest.mark.usefixtures("_open")
async def test_a_common_password_is_refused_and_nothing_is_kept(
    client: httpx.AsyncClient, database: Database
) -> None:
    reply = await client.post("/api/sign-up", json=account(password="password1234"))

    assert (reply.status_code, reply.json()["code"]) == (422, "password_too_common")
    async with database.read() as session:
        assert await session.scalar(select(func.count(User.id))) == 0


async def test_the_command_line_makes_an_admin_whatever_the_options_say(
    database: Database,
) -> None:
    user_id = await create_admin(
        database, username="Root.Admin", email="root@example.org", password=PASSWORD
    )

    async with database.read() as session:
        admin = await session.get_one(User, user_id)
    assert (admin.username, admin.role) == ("root.admin", Role.ADMIN)


async def test_the_command_line_says_what_is_wrong(database: Database) -> None:
    with pytest.raises(AppError, match="username"):
        await create_admin(database, username="x", email="x@example.org", password=PASSWORD)
