"""Invitations: who may make them, and that they let in exactly as many as they should."""

import asyncio
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.identity.models import Invitation, Role, User
from lumenhall.platform import options
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.options import Joining
from tests.factories.people import PASSWORD, People
from tests.medium.identity.conftest import Inbox


def account(username: str, **values: object) -> dict[str, object]:
    return {
        "username": username,
        "email": f"{username}@example.org",
        "display_name": username.title(),
        "password": PASSWORD,
    } | values


async def invite(browser: httpx.AsyncClient, **form: object) -> tuple[str, dict[str, object]]:
    reply = await browser.post("/api/invitations", json=form)
    assert reply.status_code == 201, reply.text
    made = reply.json()
    assert made["url"].startswith("http://localhost:8000/invite/")
    return made["url"].rpartition("/")[2], made


async def accept(browser: httpx.AsyncClient, secret: str, **form: object) -> httpx.Response:
    return await browser.post(f"/api/invitations/by-secret/{secret}/accept", json=form)


async def test_an_invitation_lets_one_person_in_and_shows_who_invited_whom(
    people: People, client: httpx.AsyncClient
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, _ = await invite(admin)

    preview = (await client.get(f"/api/invitations/by-secret/{secret}")).json()
    assert (preview["invited_by"], preview["email"], preview["site_name"]) == (
        "Root",
        None,
        "Lumenhall",
    )
    joined = await accept(client, secret, **account("ann"))
    assert (joined.status_code, joined.json()["role"]) == (201, "member")
    assert (await client.get("/api/me")).json()["username"] == "ann"

    again = await accept(people.browser(), secret, **account("bob"))
    assert (again.status_code, again.json()["code"]) == (410, "invitation_used")
    (listed,) = (await admin.get("/api/invitations")).json()["items"]
    assert listed["invited_by"]["username"] == "root"
    assert [person["username"] for person in listed["accepted_by"]] == ["ann"]
    assert (listed["uses"], listed["max_uses"]) == (1, 1)
    assert secret not in str(listed)


async def test_of_many_at_once_exactly_as_many_get_in_as_it_was_made_for(
    people: People, database: Database
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, _ = await invite(admin, max_uses=3)

    replies = await asyncio.gather(
        *(accept(people.browser(), secret, **account(f"ann{i}")) for i in range(8))
    )

    assert sorted(reply.status_code for reply in replies) == [201] * 3 + [410] * 5
    async with database.read() as session:
        assert await session.scalar(select(func.count(User.id))) == 1 + 3
        assert await session.scalar(select(Invitation.uses)) == 3


async def test_a_refused_account_uses_no_place(people: People, database: Database) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, _ = await invite(admin)

    replies = await asyncio.gather(
        *(
            accept(people.browser(), secret, **account("ann", password=password))
            for password in ("password1234", "1234567890")
        ),
        accept(people.browser(), secret, **account("root")),
    )
    assert {reply.json()["code"] for reply in replies} == {"password_too_common", "username_taken"}
    assert (await accept(people.browser(), secret, **account("ann"))).status_code == 201


async def test_one_bound_to_an_address_is_mailed_and_only_for_that_address(
    people: People, inbox: Inbox
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, made = await invite(admin, email="Ann@Example.org", max_uses=5)

    assert made["max_uses"] == 1
    assert secret in (await inbox.texts("ann@example.org"))[0]
    other = await accept(people.browser(), secret, **account("bob"))
    assert (other.status_code, other.json()["code"]) == (403, "invitation_for_other")
    assert (await accept(people.browser(), secret, **account("ann"))).status_code == 201


async def test_it_is_valid_for_seven_days(people: People, client: httpx.AsyncClient) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, _ = await invite(admin)

    with clock.freeze(clock.now() + timedelta(days=7, minutes=1)):
        preview = await client.get(f"/api/invitations/by-secret/{secret}")
        joined = await accept(client, secret, **account("ann"))

    assert [reply.json()["code"] for reply in (preview, joined)] == ["invitation_expired"] * 2


async def test_a_revoked_one_lets_nobody_in(people: People, client: httpx.AsyncClient) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, made = await invite(admin)

    assert (await admin.delete(f"/api/invitations/{made['id']}")).status_code == 204
    assert (await admin.delete(f"/api/invitations/{made['id']}")).status_code == 204
    joined = await accept(client, secret, **account("ann"))
    assert (joined.status_code, joined.json()["code"]) == (410, "invitation_revoked")


async def test_an_unknown_secret_is_not_found(client: httpx.AsyncClient) -> None:
    reply = await client.get("/api/invitations/by-secret/nothing")
    assert (reply.status_code, reply.json()["code"]) == (404, "invitation_unknown")


async def test_nobody_joins_a_closed_site_not_even_by_invitation(
    people: People, client: httpx.AsyncClient, database: Database
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    secret, _ = await invite(admin)
    async with database.write() as session:
        await options.change(session, None, joining=Joining.CLOSED)

    for reply in (
        await accept(client, secret, **account("ann")),
        await admin.post("/api/invitations", json={}),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "joining_closed")


@pytest.fixture
async def _members_may_invite(database: Database) -> None:
    async with database.write() as session:
        await options.change(session, None, members_may_invite=True, invitation_budget=3)


async def test_members_may_not_invite_unless_the_option_says_so(people: People) -> None:
    _, browser = await people.add("ann")

    reply = await browser.post("/api/invitations", json={})

    assert (reply.status_code, reply.json()["code"]) == (403, "inviting_not_allowed")


@pytest.mark.usefixtures("_members_may_invite")
async def test_members_have_a_budget_that_open_places_use_and_revoked_ones_give_back(
    people: People,
) -> None:
    _, browser = await people.add("ann")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, made = await invite(browser, max_uses=2)
    await invite(browser)

    refused = await browser.post("/api/invitations", json={})
    assert (refused.status_code, refused.json()["code"]) == (409, "invitation_budget_spent")
    assert (refused.json()["budget"], refused.json()["remaining"]) == (3, 0)

    await browser.delete(f"/api/invitations/{made['id']}")
    await invite(browser, max_uses=2)
    await invite(moderator, max_uses=100)


@pytest.mark.usefixtures("_members_may_invite")
async def test_invitations_made_at_once_stay_within_the_budget(people: People) -> None:
    _, browser = await people.add("ann")

    replies = await asyncio.gather(*(browser.post("/api/invitations", json={}) for _ in range(6)))

    assert sorted(reply.status_code for reply in replies) == [201] * 3 + [409] * 3


@pytest.mark.usefixtures("_members_may_invite")
async def test_members_see_and_revoke_only_their_own(people: People) -> None:
    _, ann = await people.add("ann")
    _, bob = await people.add("bob")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, made = await invite(ann)

    assert len((await ann.get("/api/invitations")).json()["items"]) == 1
    assert (await bob.get("/api/invitations")).json()["items"] == []
    assert len((await moderator.get("/api/invitations")).json()["items"]) == 1
    assert (await bob.delete(f"/api/invitations/{made['id']}")).status_code == 404
    assert (await moderator.delete(f"/api/invitations/{made['id']}")).status_code == 204


async def test_the_list_pages_by_key(people: People) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    made = [(await invite(admin))[1]["id"] for _ in range(5)]

    seen: list[object] = []
    cursor: str | None = ""
    while cursor is not None:
        page = (
            await admin.get(
                "/api/invitations", params={"limit": 2} | ({"cursor": cursor} if cursor else {})
            )
        ).json()
        seen += [one["id"] for one in page["items"]]
        cursor = page["next_cursor"]

    assert seen == made[::-1]
