"""Finding people by the start of a name."""

from lumenhall.domains.identity.models import Role
from tests.factories.people import People


async def test_people_are_suggested_by_the_start_of_any_of_their_names(people: People) -> None:
    _, browser = await people.add("ann")
    await people.add("hannah")
    await browser.patch("/api/me", json={"display_name": "Rosa Hanson"})

    async def found(query: str) -> list[str]:
        reply = await browser.get("/api/people", params={"query": query})
        return [person["username"] for person in reply.json()["items"]]

    assert await found("HAN") == ["hannah", "ann"]
    assert await found("ro") == ["ann"]
    assert await found("anson") == []
    assert await found("%") == []


async def test_who_is_disabled_is_not_suggested(people: People) -> None:
    _, admin = await people.add("root", Role.ADMIN)
    gone, _ = await people.add("hannah")
    await admin.patch(f"/api/admin/members/{gone.id}", json={"disabled": True})
    reply = await admin.get("/api/people", params={"query": "hannah"})
    assert reply.json() == {"items": []}
