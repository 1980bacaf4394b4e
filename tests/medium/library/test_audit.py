"""What admins and moderators do with what is not theirs is written down; one's own work is not."""

from typing import Any

from sqlalchemy import select

from lumenhall.domains.identity.models import AuditEntry, Role
from lumenhall.domains.media.models import AssetStatus
from lumenhall.platform.context import AppContext
from tests.factories.people import People
from tests.factories.videos import add_video, make_asset


async def log(app_context: AppContext) -> list[tuple[str, dict[str, Any]]]:
    async with app_context.database.read() as session:
        rows = await session.scalars(select(AuditEntry).order_by(AuditEntry.id))
        return [(row.action, row.detail) for row in rows]


async def test_what_is_done_to_the_video_of_another(
    people: People, app_context: AppContext
) -> None:
    bea, _ = await people.add("bea")
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        broken = make_asset(
            bea, status=AssetStatus.ERROR, playable=True, source_key="assets/x/source/y"
        )
        video = await add_video(session, bea, "Herons", asset=broken)
    address = f"/api/videos/{video.id}"
    for published in (False, True):
        assert (await moderator.patch(address, json={"published": published})).is_success
    assert (await admin.patch(address, json={"title": "Egrets", "tags": ["a"]})).is_success
    assert (await admin.post(f"{address}/retry")).is_success
    assert (await admin.delete(address)).is_success
    assert await log(app_context) == [
        ("video.unpublished", {"name": "Herons"}),
        ("video.published", {"name": "Herons"}),
        ("video.changed", {"name": "Egrets", "fields": ["tags", "title"]}),
        ("video.retried", {"name": "Egrets"}),
        ("video.deleted", {"name": "Egrets"}),
    ]


async def test_work_on_a_video_of_ones_own_is_nobodys_business(
    people: People, app_context: AppContext
) -> None:
    ada, admin = await people.add("ada", Role.ADMIN)
    async with app_context.database.write() as session:
        video = await add_video(session, ada)
    address = f"/api/videos/{video.id}"
    await admin.patch(address, json={"published": False})
    await admin.patch(address, json={"title": "Mine"})
    assert await log(app_context) == []
    # What leads the home page is everybody's.
    await admin.patch(address, json={"is_hero": True})
    assert await log(app_context) == [("video.changed", {"name": "Mine", "fields": ["is_hero"]})]
    await admin.delete(address)
    assert len(await log(app_context)) == 1


async def test_categories_come_change_and_go(people: People, app_context: AppContext) -> None:
    _, admin = await people.add("ada", Role.ADMIN)
    made = (await admin.post("/api/categories", json={"name": "Birds"})).json()
    address = f"/api/categories/{made['id']}"
    await admin.patch(address, json={"sort_order": 2, "name": "Waders"})
    await admin.delete(f"{address}/image")
    await admin.delete(address)
    assert await log(app_context) == [
        ("category.created", {"name": "Birds"}),
        ("category.changed", {"name": "Waders", "fields": ["name", "sort_order"]}),
        ("category.changed", {"name": "Waders", "fields": ["image"]}),
        ("category.deleted", {"name": "Waders"}),
    ]


async def test_taking_back_the_invitation_of_another(
    people: People, app_context: AppContext
) -> None:
    _, moderator = await people.add("mod", Role.MODERATOR)
    _, admin = await people.add("ada", Role.ADMIN)
    bound = {"email": "new@example.org"}
    theirs = (await moderator.post("/api/invitations", json=bound)).json()["id"]
    own = (await admin.post("/api/invitations", json={})).json()["id"]
    for invitation in (theirs, theirs, own):
        assert (await admin.delete(f"/api/invitations/{invitation}")).is_success
    assert await log(app_context) == [("invitation.revoked", {"name": "new@example.org"})]
