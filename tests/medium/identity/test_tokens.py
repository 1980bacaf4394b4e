"""API tokens: what each scope is good for, and what no token may do."""

import httpx
from sqlalchemy import select

from lumenhall.domains.identity.models import ApiToken, Role, Scope, User
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from tests.factories.people import People, add_token


async def with_token(
    people: People, database: Database, user: User, *scopes: Scope
) -> httpx.AsyncClient:
    async with database.write() as session:
        token = await add_token(session, user, *scopes)
    return people.browser(authorization=f"Bearer {token}")


async def test_a_token_is_shown_once_stored_as_a_hash_and_can_be_revoked(
    people: People, database: Database
) -> None:
    _, browser = await people.add("ann")

    made = await browser.post("/api/tokens", json={"name": " My  script ", "scopes": ["read"]})
    assert made.status_code == 201, made.text
    token = made.json()["token"]
    script = people.browser(authorization=f"Bearer {token}")
    assert (await script.get("/api/me")).json()["username"] == "ann"

    (listed,) = (await browser.get("/api/tokens")).json()["items"]
    assert (listed["name"], listed["scopes"]) == ("My script", ["read"])
    assert listed["last_used_at"] is not None
    assert "token" not in listed
    async with database.read() as session:
        assert await session.scalar(select(ApiToken.secret_hash)) != token

    assert (await browser.delete(f"/api/tokens/{listed['id']}")).status_code == 204
    assert (await script.get("/api/me")).status_code == 401


async def test_each_scope_is_good_for_its_own(people: People, database: Database) -> None:
    user, _ = await people.add("root", Role.ADMIN)
    good_for = {
        Scope.READ: {("GET", "/api/me")},
        Scope.WRITE: {("PATCH", "/api/me")},
        Scope.UPLOAD: set(),
        Scope.ADMIN: {("GET", "/api/admin/members"), ("PATCH", "/api/admin/options")},
        Scope.STREAM: set(),
    }
    requests = set().union(*good_for.values())
    for scope, allowed in good_for.items():
        script = await with_token(people, database, user, scope)
        for method, path in requests:
            reply = await script.request(method, path, json={} if method == "PATCH" else None)
            if (method, path) in allowed:
                assert reply.status_code == 200, (scope, path, reply.text)
            else:
                assert (reply.status_code, reply.json()["code"]) == (403, "scope_missing")


async def test_the_admin_scope_makes_nobody_an_admin(people: People, database: Database) -> None:
    user, _ = await people.add("ann")
    script = await with_token(people, database, user, *Scope)

    reply = await script.get("/api/admin/members")

    assert (reply.status_code, reply.json()["code"]) == (403, "admins_only")


async def test_no_token_may_touch_what_guards_the_account(
    people: People, database: Database
) -> None:
    user, _ = await people.add("ann")
    script = await with_token(people, database, user, *Scope)
    passwords = {"current_password": "x", "new_password": "herons over the weir"}
    for method, path, body in (
        ("GET", "/api/tokens", None),
        ("POST", "/api/tokens", {"name": "more", "scopes": ["admin"]}),
        ("GET", "/api/sessions", None),
        ("PATCH", "/api/me", {"email": "thief@example.org"}),
        ("POST", "/api/me/password", passwords),
    ):
        reply = await script.request(method, path, json=body)
        assert (reply.status_code, reply.json()["code"]) == (403, "session_required"), path


async def test_a_token_dies_with_the_account(people: People, database: Database) -> None:
    user, _ = await people.add("ann")
    script = await with_token(people, database, user, Scope.READ)
    async with database.write() as session:
        (await session.get_one(User, user.id)).disabled_at = clock.now()

    assert (await script.get("/api/me")).status_code == 401


async def test_a_wrong_token_is_nobody_even_beside_a_good_cookie(people: People) -> None:
    _, browser = await people.add("ann")

    reply = await browser.get("/api/me", headers={"Authorization": "Bearer wrong"})

    assert reply.status_code == 401


async def test_nobody_revokes_the_tokens_of_others(people: People) -> None:
    _, ann = await people.add("ann")
    _, bob = await people.add("bob")
    made = (await ann.post("/api/tokens", json={"name": "a", "scopes": ["read"]})).json()

    assert (await bob.delete(f"/api/tokens/{made['id']}")).status_code == 404


async def test_a_token_needs_a_name_and_a_scope(people: People) -> None:
    _, browser = await people.add("ann")
    for form in ({"name": "", "scopes": ["read"]}, {"name": "a", "scopes": []}):
        assert (await browser.post("/api/tokens", json=form)).status_code == 422
