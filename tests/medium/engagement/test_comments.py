"""Comments over HTTP, on both engines."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from sqlalchemy import func, select

from lumenhall.domains.engagement.models import Comment
from lumenhall.domains.engagement.service import comments as module
from lumenhall.domains.engagement.service.comments import names_in
from lumenhall.domains.identity.models import AuditEntry, Role
from lumenhall.domains.library.models import Video
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit
from lumenhall.platform.realtime import live
from lumenhall.platform.realtime.models import LiveEvent
from tests.factories.people import People
from tests.factories.videos import add_video

ASKING = 1


@pytest.fixture
async def video(people: People, app_context: AppContext) -> Video:
    """A video of 100 seconds that everybody can see."""
    owner, _ = await people.add("owner")
    async with app_context.database.write() as session:
        return await add_video(session, owner)


async def say(
    client: httpx.AsyncClient, video: Video, text: str = "Nice", **more: Any
) -> dict[str, Any]:
    body = {"text": text, "client_id": str(uuid4())} | more
    reply = await client.post(f"/api/videos/{video.id}/comments", json=body)
    assert reply.status_code == 201, reply.text
    comment: dict[str, Any] = reply.json()
    return comment


async def listed(client: httpx.AsyncClient, video: Video, **params: Any) -> list[dict[str, Any]]:
    reply = await client.get(f"/api/videos/{video.id}/comments", params=params)
    items: list[dict[str, Any]] = reply.json()["items"]
    return items


async def test_what_is_said_is_there_for_all(people: People, video: Video) -> None:
    _, ann = await people.add("ann")
    _, bea = await people.add("bea")
    said = await say(
        ann, video, "  <b>Look</b> at 'this'; DROP TABLE videos -- 🏔 שלום ", moment_seconds=42
    )
    assert said["text"] == "<b>Look</b> at 'this'; DROP TABLE videos -- 🏔 שלום"
    assert said["author"]["username"] == "ann"
    assert (said["can_edit"], said["can_delete"]) == (True, True)
    (seen,) = await listed(bea, video)
    assert seen == said | {"can_edit": False, "can_delete": False}
    assert (await bea.get(f"/api/comments/{said['id']}")).json() == seen
    moments = (await bea.get(f"/api/videos/{video.id}/comment-moments")).json()["items"]
    assert [(moment["id"], moment["moment_seconds"]) for moment in moments] == [(said["id"], 42)]


async def test_comments_come_in_pages_newest_or_oldest_first(people: People, video: Video) -> None:
    _, ann = await people.add("ann")
    ids = [(await say(ann, video, str(number)))["id"] for number in range(5)]
    address = f"/api/videos/{video.id}/comments"
    for sort, expected in (("newest", ids[::-1]), ("oldest", ids)):
        seen: list[str] = []
        cursor: str | None = None
        while True:
            params: dict[str, str | int] = {"sort": sort, "limit": 2}
            if cursor is not None:
                params["cursor"] = cursor
            page = (await ann.get(address, params=params)).json()
            seen += [item["id"] for item in page["items"]]
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert seen == expected


async def test_a_reply_to_a_reply_joins_its_neighbours(people: People, video: Video) -> None:
    _, ann = await people.add("ann")
    top = await say(ann, video)
    reply = await say(ann, video, "I think so too", parent_id=top["id"])
    below = await say(ann, video, "And I", parent_id=reply["id"])
    assert below["parent_id"] == top["id"]
    (seen,) = await listed(ann, video)
    assert seen["reply_count"] == 2
    replies = (await ann.get(f"/api/comments/{top['id']}/replies")).json()["items"]
    assert [item["id"] for item in replies] == [reply["id"], below["id"]]


async def test_sending_twice_says_it_once(
    people: People, video: Video, app_context: AppContext
) -> None:
    _, ann = await people.add("ann")
    same = {"client_id": str(uuid4())}
    said = await asyncio.gather(*(say(ann, video, **same) for _ in range(10)))
    assert len({comment["id"] for comment in said}) == 1
    async with app_context.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Comment)) == 1


@pytest.mark.parametrize(
    "body",
    [
        {"text": "   "},
        {"text": "a" * 2001},
        {"text": "a", "moment_seconds": 101},
        {"text": "a", "moment_seconds": -1},
        {"text": "a", "moment_seconds": "NaN"},
        {"text": "a", "client_id": "me"},
    ],
)
async def test_what_can_not_be_a_comment_is_refused(
    people: People, video: Video, body: dict[str, Any]
) -> None:
    _, ann = await people.add("ann")
    given = {"client_id": str(uuid4())} | body
    reply = await ann.post(f"/api/videos/{video.id}/comments", json=given)
    assert reply.status_code == 422, reply.text


async def test_only_the_author_changes_a_comment_for_a_day(people: People, video: Video) -> None:
    _, ann = await people.add("ann")
    _, admin = await people.add("root", Role.ADMIN)
    address = f"/api/comments/{(await say(ann, video))['id']}"
    assert (await admin.patch(address, json={"text": "Nicer"})).json()["code"] == "not_your_comment"
    changed = (await ann.patch(address, json={"text": "Nicer"})).json()
    assert (changed["text"], changed["edited_at"] is None) == ("Nicer", False)
    with clock.freeze(clock.now() + timedelta(hours=25)):
        late = await ann.patch(address, json={"text": "Nicest"})
    assert late.json()["code"] == "comment_too_old"


@pytest.mark.parametrize(
    ("who", "status"), [("author", 204), ("owner", 204), ("moderator", 204), ("stranger", 403)]
)
async def test_who_may_delete_a_comment(
    people: People, app_context: AppContext, who: str, status: int
) -> None:
    browsers = {
        name: await people.add(name, Role.MODERATOR if name == "moderator" else Role.MEMBER)
        for name in ("author", "owner", "moderator", "stranger")
    }
    async with app_context.database.write() as session:
        video = await add_video(session, browsers["owner"][0])
    said = await say(browsers["author"][1], video)
    reply = await browsers[who][1].delete(f"/api/comments/{said['id']}")
    assert reply.status_code == status
    assert len(await listed(browsers["author"][1], video)) == (status == 403)


async def test_a_moderator_who_deletes_a_comment_is_written_down(
    people: People, app_context: AppContext
) -> None:
    owner, own = await people.add("owner")
    _, author = await people.add("author")
    moderator, moderating = await people.add("moderator", Role.MODERATOR)
    async with app_context.database.write() as session:
        video = await add_video(session, owner, "Herons")
    for who in (author, own, moderating):
        said = await say(author, video)
        assert (await who.delete(f"/api/comments/{said['id']}")).status_code == 204
    async with app_context.database.read() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.action, entry.actor_id, entry.detail) == (
        "comment.deleted",
        moderator.id,
        {"name": "Herons"},
    )


async def test_an_answered_comment_leaves_a_stub_as_long_as_there_are_answers(
    people: People, video: Video
) -> None:
    _, ann = await people.add("ann")
    top = await say(ann, video, "Secret @owner", moment_seconds=3)
    reply = await say(ann, video, "Hm", parent_id=top["id"])
    await ann.delete(f"/api/comments/{top['id']}")
    (stub,) = await listed(ann, video)
    assert (stub["is_deleted"], stub["text"], stub["author"]) == (True, "", None)
    assert stub["mentions"] == []
    assert (await ann.get(f"/api/comments/{top['id']}")).json() == stub
    moments = (await ann.get(f"/api/videos/{video.id}/comment-moments")).json()
    assert moments == {"items": []}
    assert len((await ann.get(f"/api/comments/{top['id']}/replies")).json()["items"]) == 1
    refused = await ann.post(
        f"/api/videos/{video.id}/comments",
        json={"text": "More", "parent_id": top["id"], "client_id": str(uuid4())},
    )
    assert refused.json()["code"] == "comment_unknown"
    await ann.delete(f"/api/comments/{reply['id']}")
    assert await listed(ann, video) == []


async def test_who_is_named_hears_of_it_once(
    people: People, video: Video, app_context: AppContext
) -> None:
    _, ann = await people.add("ann")
    bea, _ = await people.add("bea")
    said = await say(ann, video, "Look, @Bea. And @nobody, and @ann herself")
    assert [person["username"] for person in said["mentions"]] == ["ann", "bea"]
    await ann.patch(f"/api/comments/{said['id']}", json={"text": "Look, @bea!"})
    async with app_context.database.read() as session:
        told = (await session.scalars(select(LiveEvent).where(LiveEvent.kind == "mention"))).all()
        heard = (await live.replay(session, bea.id, 0)).events
    assert len(told) == 1
    assert [one["data"]["comment_id"] for one in heard or ()] == [said["id"]]


async def test_a_draft_is_talked_about_by_those_who_see_it(
    people: People, app_context: AppContext
) -> None:
    owner, browser = await people.add("owner")
    _, ann = await people.add("ann")
    async with app_context.database.write() as session:
        draft = await add_video(session, owner, published=False)
    said = await say(browser, draft, "A note for @ann")
    assert said["mentions"] == []
    body = {"text": "Hello", "client_id": str(uuid4())}
    hidden: list[tuple[str, str, dict[str, Any]]] = [
        ("GET", f"/api/videos/{draft.id}/comments", {}),
        ("GET", f"/api/videos/{draft.id}/comment-moments", {}),
        ("GET", f"/api/comments/{said['id']}", {}),
        ("GET", f"/api/comments/{said['id']}/replies", {}),
        ("POST", f"/api/videos/{draft.id}/comments", body),
        ("PATCH", f"/api/comments/{said['id']}", {"text": "Hello"}),
        ("POST", f"/api/comments/{said['id']}/reactions", {"type": "like"}),
        ("DELETE", f"/api/comments/{said['id']}", {}),
    ]
    for method, address, json in hidden:
        reply = await ann.request(method, address, json=json or None)
        assert reply.status_code == 404, (method, address)


async def test_comments_can_be_reacted_to(people: People, video: Video) -> None:
    _, ann = await people.add("ann")
    said = await say(ann, video)
    address = f"/api/comments/{said['id']}/reactions"
    answer = (await ann.post(address, json={"type": "pray"})).json()
    assert answer == {"action": "added", "type": "pray", "reaction_counts": {"pray": 1}}
    (seen,) = await listed(ann, video)
    assert (seen["my_reaction"], seen["reaction_counts"]) == ("pray", {"pray": 1})


async def test_a_page_of_comments_is_a_constant_number_of_statements(
    people: People, video: Video, statements: list[str]
) -> None:
    _, ann = await people.add("ann")
    for number in range(3):
        await say(ann, video, f"@owner {number}")
    statements.clear()
    await listed(ann, video)
    assert len(statements) == ASKING + 4


async def test_who_comments_too_fast_is_asked_to_wait(
    people: People, video: Video, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PER_PERSON", Limit("comments-test", 1, 60))
    _, ann = await people.add("ann")
    await say(ann, video)
    body = {"text": "More", "client_id": str(uuid4())}
    reply = await ann.post(f"/api/videos/{video.id}/comments", json=body)
    assert (reply.status_code, reply.json()["code"]) == (429, "too_many_comments")
    assert int(reply.headers["retry-after"]) > 0


async def test_comments_go_with_their_video(people: People, app_context: AppContext) -> None:
    owner, browser = await people.add("owner")
    async with app_context.database.write() as session:
        video = await add_video(session, owner)
    said = await say(browser, video)
    await say(browser, video, parent_id=said["id"])
    assert (await browser.delete(f"/api/videos/{video.id}")).status_code == 204
    async with app_context.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Comment)) == 0


def test_names_are_found_where_a_reader_would_see_them() -> None:
    assert names_in("@ann, (@Bea) and @cy.d.") == {"ann", "bea", "cy.d.", "cy.d"}
    assert names_in("mail me: ann@example.org or @@ann or @al") == set()
