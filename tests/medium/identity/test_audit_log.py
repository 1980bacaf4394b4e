"""Admins read what was done: newest first, by whom, of which kind."""

from typing import Any

import httpx
import pytest

from lumenhall.domains.identity.models import Role, User
from tests.factories.people import People

ADDRESS = "/api/admin/audit-log"


async def entries(browser: httpx.AsyncClient, **asked: object) -> list[dict[str, Any]]:
    reply = await browser.get(ADDRESS, params={k: str(v) for k, v in asked.items()})
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()["items"]
    return found


@pytest.fixture
async def done(people: People) -> tuple[httpx.AsyncClient, dict[str, User]]:
    """Three admins' work: ann is disabled and enabled, the site gets a name, bob a role."""
    root, admin = await people.add("root", Role.ADMIN)
    two, other = await people.add("two", Role.ADMIN)
    ann, _ = await people.add("ann")
    bob, _ = await people.add("bob")
    await admin.patch(f"/api/admin/members/{ann.id}", json={"disabled": True})
    await other.patch("/api/admin/options", json={"site_name": "The Pier"})
    await admin.patch(f"/api/admin/members/{ann.id}", json={"disabled": False})
    await other.patch(f"/api/admin/members/{bob.id}", json={"role": "moderator"})
    return admin, {"root": root, "two": two, "ann": ann, "bob": bob}


Done = tuple[httpx.AsyncClient, dict[str, User]]


async def test_the_newest_comes_first_with_who_did_what_to_whom(done: Done) -> None:
    browser, _ = done
    found = await entries(browser)
    assert [(e["actor"]["username"], e["action"], e["target_type"]) for e in found] == [
        ("two", "member.role_changed", "member"),
        ("root", "member.enabled", "member"),
        ("two", "options.changed", "options"),
        ("root", "member.disabled", "member"),
    ]
    role, enabled, options, _ = found
    assert role["detail"] == {"from": "member", "to": "moderator"}
    assert (role["target"]["username"], enabled["target"]["username"]) == ("bob", "ann")
    assert (options["target"], options["target_id"]) == (None, "1")
    assert options["detail"] == {"site_name": {"from": "Lumenhall", "to": "The Pier"}}


@pytest.mark.parametrize(
    ("kind", "actions"),
    [
        ("member", ["member.role_changed", "member.enabled", "member.disabled"]),
        ("member.disabled", ["member.disabled"]),
        ("options", ["options.changed"]),
        ("option", []),
        ("m_mber", []),
    ],
)
async def test_one_kind_alone(done: Done, kind: str, actions: list[str]) -> None:
    assert [entry["action"] for entry in await entries(done[0], kind=kind)] == actions


async def test_one_person_alone_and_one_kind_of_theirs(done: Done) -> None:
    browser, people = done
    theirs = await entries(browser, actor=people["two"].id)
    assert [entry["action"] for entry in theirs] == ["member.role_changed", "options.changed"]
    both = await entries(browser, actor=people["two"].id, kind="options")
    assert [entry["action"] for entry in both] == ["options.changed"]
    assert await entries(browser, actor=people["ann"].id) == []


async def test_pages_hold_each_entry_once(done: Done) -> None:
    browser, _ = done
    seen, cursor = [], None
    while True:
        asked = {"limit": 3} | ({"cursor": cursor} if cursor else {})
        page = (await browser.get(ADDRESS, params=asked)).json()
        seen += [entry["id"] for entry in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == [entry["id"] for entry in await entries(browser)]


async def test_a_page_takes_as_many_statements_however_long_it_is(
    done: Done, statements: list[str]
) -> None:
    browser, _ = done
    counted = []
    for limit in (1, 4):
        statements.clear()
        await entries(browser, limit=limit)
        counted.append(len(statements))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_only_admins_read_it(people: People, role: Role) -> None:
    _, browser = await people.add("ann", role)
    reply = await browser.get(ADDRESS)
    assert (reply.status_code, reply.json()["code"]) == (403, "admins_only")
    assert (await people.browser().get(ADDRESS)).status_code == 401


@pytest.mark.parametrize("wrong", [{"kind": "a%b"}, {"actor": "x"}, {"limit": "0"}])
async def test_what_can_not_be_asked(people: People, wrong: dict[str, str]) -> None:
    _, browser = await people.add("root", Role.ADMIN)
    assert (await browser.get(ADDRESS, params=wrong)).status_code == 422
    assert (await browser.get(ADDRESS, params={"cursor": "x"})).status_code == 400
