"""What admins do with members and options, and that it takes effect at once."""

import asyncio
import io
from typing import Any

import httpx
import pytest
from PIL import Image
from sqlalchemy import select

from lumenhall.domains.identity.events import MemberDisabled, OptionsChanged, SessionEnded
from lumenhall.domains.identity.models import AuditEntry, Role
from lumenhall.domains.identity.schemas import NewAccount
from lumenhall.domains.identity.service import add_account
from lumenhall.platform import events
from lumenhall.platform.db import Database
from tests.factories.people import PASSWORD, PASSWORD_HASH, People


async def audit(database: Database) -> list[tuple[str, dict[str, Any]]]:
    async with database.read() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.action, row.detail) for row in rows]


@pytest.fixture
def heard(monkeypatch: pytest.MonkeyPatch) -> list[events.Event]:
    """Events that were announced, in order."""
    heard: list[events.Event] = []

    async def note(session: object, event: events.Event) -> None:
        heard.append(event)

    for kind in (SessionEnded, MemberDisabled, OptionsChanged):
        monkeypatch.setitem(events._subscribers, kind, [note])
    return heard


@pytest.mark.parametrize("role", [Role.MEMBER, Role.MODERATOR])
async def test_only_admins_administer(people: People, role: Role) -> None:
    user, browser = await people.add("ann", role)

    for method, path in (
        ("GET", "/api/admin/members"),
        ("PATCH", f"/api/admin/members/{user.id}"),
        ("POST", f"/api/admin/members/{user.id}/password-reset"),
        ("GET", "/api/admin/options"),
        ("PATCH", "/api/admin/options"),
        ("DELETE", "/api/admin/options/logo"),
    ):
        reply = await browser.request(method, path, json={} if method == "PATCH" else None)
        assert (reply.status_code, reply.json()["code"]) == (403, "admins_only"), path
        assert (await people.browser().request(method, path)).status_code == 401, path


async def test_a_disabled_member_is_out_at_the_next_request(
    people: People, database: Database, heard: list[events.Event]
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    ann, browser = await people.add("ann")
    assert (await browser.get("/api/me")).status_code == 200

    reply = await admin.patch(f"/api/admin/members/{ann.id}", json={"disabled": True})

    assert reply.json()["disabled_at"] is not None
    assert (await browser.get("/api/me")).status_code == 401
    refused = await people.browser().post(
        "/api/sign-in", json={"login": "ann", "password": PASSWORD}
    )
    assert (refused.status_code, refused.json()["code"]) == (403, "account_disabled")
    assert [type(event) for event in heard] == [SessionEnded, MemberDisabled]

    back = await admin.patch(f"/api/admin/members/{ann.id}", json={"disabled": False})
    assert back.json()["disabled_at"] is None
    # The sessions from before do not come back to life.
    assert (await browser.get("/api/me")).status_code == 401
    assert [action for action, _ in await audit(database)] == ["member.disabled", "member.enabled"]


async def test_a_new_role_counts_at_the_next_request(people: People, database: Database) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    ann, browser = await people.add("ann")

    await admin.patch(f"/api/admin/members/{ann.id}", json={"role": "admin"})
    assert (await browser.get("/api/admin/members")).status_code == 200
    await admin.patch(f"/api/admin/members/{ann.id}", json={"role": "moderator"})
    assert (await browser.get("/api/admin/members")).status_code == 403
    assert await audit(database) == [
        ("member.role_changed", {"from": "member", "to": "admin"}),
        ("member.role_changed", {"from": "admin", "to": "moderator"}),
    ]


@pytest.mark.parametrize("change", [{"role": "member"}, {"disabled": True}])
async def test_the_last_active_admin_stays(people: People, change: dict[str, object]) -> None:
    root, admin = await people.add("root", Role.ADMIN)
    gone, _ = await people.add("gone", Role.ADMIN)
    await admin.patch(f"/api/admin/members/{gone.id}", json={"disabled": True})

    reply = await admin.patch(f"/api/admin/members/{root.id}", json=change)

    assert (reply.status_code, reply.json()["code"]) == (409, "last_admin")
    assert (await admin.get("/api/admin/members")).status_code == 200


async def test_two_admins_who_demote_each_other_at_once_leave_one(people: People) -> None:
    ann, anns = await people.add("ann", Role.ADMIN)
    bob, bobs = await people.add("bob", Role.ADMIN)

    replies = await asyncio.gather(
        anns.patch(f"/api/admin/members/{bob.id}", json={"role": "member"}),
        bobs.patch(f"/api/admin/members/{ann.id}", json={"role": "member"}),
    )

    assert sorted(reply.status_code for reply in replies) in ([200, 403], [200, 409])


async def test_the_weekly_limit_of_a_member_can_be_set_and_taken_back(
    people: People, database: Database
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    ann, _ = await people.add("ann")
    path = f"/api/admin/members/{ann.id}"

    assert (await admin.patch(path, json={"weekly_upload_limit_bytes": -1})).status_code == 422
    for limit in (5_000, None):
        reply = await admin.patch(path, json={"weekly_upload_limit_bytes": limit})
        assert reply.json()["weekly_upload_limit_bytes"] == limit
        assert reply.json()["used_bytes"] == 0
    unchanged = await admin.patch(path, json={})
    assert unchanged.json()["weekly_upload_limit_bytes"] is None
    assert [detail for _, detail in await audit(database)] == [
        {"from": None, "to": 5_000},
        {"from": 5_000, "to": None},
    ]


async def test_members_are_found_by_name_and_address_and_page_by_key(
    people: People, database: Database
) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    async with database.write() as session:
        for i in range(7):
            form = NewAccount(
                username=f"p_{i}",
                email=f"p{i}@{'club' if i % 2 else 'school'}.org",
                display_name=f"Person {i}",
                password=PASSWORD,
            )
            await add_account(session, form, PASSWORD_HASH)

    assert await _all(admin, "", limit=3) == [
        "p_0",
        "p_1",
        "p_2",
        "p_3",
        "p_4",
        "p_5",
        "p_6",
        "root",
    ]
    assert await _all(admin, "CLUB", limit=2) == ["p_1", "p_3", "p_5"]
    assert await _all(admin, "person 4", limit=2) == ["p_4"]
    # A sign that LIKE knows stands for itself.
    assert await _all(admin, "p_3", limit=5) == ["p_3"]
    assert await _all(admin, "%", limit=5) == []
    bad = await admin.get("/api/admin/members", params={"cursor": "nonsense"})
    assert (bad.status_code, bad.json()["code"]) == (400, "cursor_invalid")


async def _all(admin: httpx.AsyncClient, query: str, limit: int) -> list[str]:
    names: list[str] = []
    params: dict[str, str | int] = {"query": query, "limit": limit}
    while True:
        page = (await admin.get("/api/admin/members", params=params)).json()
        names += [member["username"] for member in page["items"]]
        if page["next_cursor"] is None:
            return names
        params["cursor"] = page["next_cursor"]


async def test_options_are_changed_at_run_time_and_who_did_what_is_written_down(
    people: People, database: Database, heard: list[events.Event]
) -> None:
    root, admin = await people.add("root", Role.ADMIN)
    before = (await admin.get("/api/admin/options")).json()
    assert (before["joining"], before["updated_by"]) == ("invitation", None)

    change = {
        "site_name": "Our Hall",
        "joining": "open",
        "completion_threshold": 90,
        "ladder_heights": [480, 1080, 480],
        "accepted_video_formats": ["mp4", "mp4", "webm"],
    }
    reply = await admin.patch("/api/admin/options", json=change)

    assert reply.status_code == 200, reply.text
    after = reply.json()
    assert after["ladder_heights"] == [1080, 480]
    assert after["accepted_video_formats"] == ["mp4", "webm"]
    assert after["updated_by"] == str(root.id)
    assert (await people.browser().get("/api/site")).json()["joining"] == "open"
    ((action, detail),) = await audit(database)
    assert action == "options.changed"
    # What stayed as it was is not in there.
    assert set(detail) == {"site_name", "joining", "ladder_heights", "accepted_video_formats"}
    assert detail["joining"] == {"from": "invitation", "to": "open"}
    assert heard == [
        OptionsChanged(("accepted_video_formats", "joining", "ladder_heights", "site_name"))
    ]


async def test_options_that_make_no_sense_are_refused(people: People) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    changes: list[dict[str, object]] = [
        {"site_name": " "},
        {"joining": "maybe"},
        {"max_file_size_bytes": 0},
        {"weekly_upload_limit_bytes": -1},
        {"quota_reset_day": 7},
        {"quota_reset_hour": 24},
        {"quota_reset_timezone": "Nowhere"},
        {"accepted_video_formats": []},
        {"accepted_video_formats": ["exe"]},
        {"ladder_heights": [4320]},
        {"encoder_preset": "placebo"},
        {"completion_threshold": 0},
        {"moderation_words": [""]},
    ]
    for change in changes:
        reply = await admin.patch("/api/admin/options", json=change)
        assert reply.status_code == 422
        assert reply.json()["errors"][0]["field"].startswith(next(iter(change)))


async def test_the_logo_is_for_everybody_to_see(people: People) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    target = io.BytesIO()
    Image.new("RGBA", (300, 90), (200, 30, 30, 128)).save(target, "PNG")

    put = await admin.put("/api/admin/options/logo", files={"file": target.getvalue()})
    assert put.status_code == 204, put.text

    visitor = people.browser()
    logo = (await visitor.get("/api/site")).json()["logo_url"]
    with Image.open(io.BytesIO((await visitor.get(logo)).content)) as image:
        assert (image.size, image.mode) == ((300, 90), "RGBA")
    assert (await admin.delete("/api/admin/options/logo")).status_code == 204
    assert (await visitor.get("/api/site")).json()["logo_url"] is None
    assert (await visitor.get(logo)).status_code == 404
