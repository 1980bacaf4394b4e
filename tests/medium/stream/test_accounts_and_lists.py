"""Stream videos in the database, on both engines: whose they are, how they are listed and go."""

from datetime import timedelta
from email.utils import parsedate_to_datetime

import httpx
import pytest
from sqlalchemy import select

from lumenhall.domains.identity.models import AuditEntry, Role, Scope, User
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.stream import queries, service
from lumenhall.domains.stream.errors import StreamAccountTaken, StreamVideoUnknown
from lumenhall.domains.stream.models import StreamOrigin, StreamState, StreamVideo
from lumenhall.domains.stream.policy import may_use_account
from lumenhall.domains.stream.queries import Filters
from lumenhall.domains.stream.schemas import NewStreamVideo, Shown, VideoFields, state_of
from lumenhall.domains.uploads.models import Upload
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.factories.people import People, actor_for, add_person, add_token

ACCOUNT = "acc"


async def add(
    app: AppContext, people: People, *, username: str = "streamer", name: str = "Talk"
) -> tuple[Shown, httpx.AsyncClient]:
    """Add a video of a new member's, and return it with that member's browser."""
    user, browser = await people.add(username)
    async with app.database.write() as session:
        new = NewStreamVideo(
            f"{ACCOUNT}-{username}", StreamOrigin.ONE_TIME, VideoFields(meta={"name": name})
        )
        return await service.make_video(session, app, actor_for(user), new), browser


async def test_moments_of_creation_are_unique_in_an_account(
    app_context: AppContext, people: People
) -> None:
    user, _ = await people.add("maker")
    new = NewStreamVideo(ACCOUNT, StreamOrigin.ONE_TIME)
    with clock.freeze(clock.now()):
        for _ in range(5):
            async with app_context.database.write() as session:
                await service.make_video(session, app_context, actor_for(user), new)
    async with app_context.database.read() as session:
        found = await queries.list_shown(session, actor_for(user), ACCOUNT, Filters())
    moments = [shown.video.created_at for shown in found]
    assert moments == sorted(set(moments), reverse=True)
    assert len(moments) == 5


async def test_who_may_use_an_account_is_the_same_in_sql(
    app_context: AppContext, people: People
) -> None:
    shown, _ = await add(app_context, people)
    async with app_context.database.write() as session:
        account = await queries.find_account(session, shown.video.account_id)
        others = [await add_person(session, "mod", role=Role.MODERATOR)]
        others += [await add_person(session, "boss", role=Role.ADMIN)]
        for user in others:
            listed = await queries.page_everything(session, actor_for(user), None, 10)
            assert bool(listed) == bool(may_use_account(actor_for(user), account))
        assert account is not None
        assert account.owner_id == shown.asset.owner_id


async def test_an_account_of_somebody_else_is_closed(
    app_context: AppContext, people: People
) -> None:
    shown, _ = await add(app_context, people)
    other, _ = await people.add("other")
    new = NewStreamVideo(shown.video.account_id, StreamOrigin.ONE_TIME)
    async with app_context.database.write() as session:
        with pytest.raises(StreamAccountTaken):
            await service.make_video(session, app_context, actor_for(other), new)


@pytest.mark.parametrize("state", StreamState)
async def test_every_state_is_found_by_its_name(
    app_context: AppContext, people: People, state: StreamState
) -> None:
    user, _ = await people.add("states")
    statuses: list[tuple[StreamOrigin, AssetStatus]] = [
        (origin, AssetStatus.PENDING_UPLOAD) for origin in StreamOrigin
    ]
    statuses += [(StreamOrigin.TUS, status) for status in AssetStatus]
    async with app_context.database.write() as session:
        for origin, status in statuses:
            new = NewStreamVideo(ACCOUNT, origin)
            made = await service.make_video(session, app_context, actor_for(user), new)
            made.asset.status = status
    async with app_context.database.read() as session:
        filters = Filters(states=frozenset({state}))
        found = await queries.list_shown(session, actor_for(user), ACCOUNT, filters)
        everything = await queries.list_shown(session, actor_for(user), ACCOUNT, Filters())
    from_sql = {shown.video.uid for shown in found}
    from_python = {shown.video.uid for shown in everything if state_of(*shown) is state}
    assert from_sql == from_python != set()


async def test_a_list_takes_the_same_statements_however_long(
    app_context: AppContext, people: People, statements: list[str]
) -> None:
    user, _ = await people.add("lister")
    async with app_context.database.write() as session:
        token = await add_token(session, user, Scope.STREAM)
    program = people.browser(Authorization=f"Bearer {token}")
    counts = []
    for _ in range(2):
        for _ in range(4):
            await program.post(
                f"/client/v4/accounts/{ACCOUNT}/stream/direct_upload",
                json={"maxDurationSeconds": 5},
            )
        statements.clear()
        reply = await program.get(f"/client/v4/accounts/{ACCOUNT}/stream")
        counts.append((len(reply.json()["result"]), len(statements)))
    assert [count for count, _ in counts] == [4, 8]
    assert counts[0][1] == counts[1][1]


async def test_a_token_that_calls_too_often_waits(
    app_context: AppContext, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, _ = await people.add("eager")
    monkeypatch.setitem(app_context.settings.__dict__, "stream_calls_per_five_minutes", 2)
    async with app_context.database.write() as session:
        token = await add_token(session, user, Scope.STREAM)
    program = people.browser(Authorization=f"Bearer {token}")
    replies = [await program.get(f"/client/v4/accounts/{ACCOUNT}/stream") for _ in range(3)]
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert replies[2].json()["success"] is False
    assert int(replies[2].headers["retry-after"]) > 0


async def test_too_many_videos_in_work_are_refused(
    app_context: AppContext, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown, _ = await add(app_context, people)
    monkeypatch.setitem(app_context.settings.__dict__, "stream_most_in_work", 1)
    async with app_context.database.write() as session:
        (await session.get_one(Asset, shown.asset.id)).status = AssetStatus.QUEUED
        owner = await session.get_one(User, shown.asset.owner_id)
        token = await add_token(session, owner, Scope.STREAM)
    program = people.browser(Authorization=f"Bearer {token}")
    refused = await program.post(
        f"/client/v4/accounts/{shown.video.account_id}/stream/direct_upload",
        json={"maxDurationSeconds": 5},
    )
    assert refused.status_code == 429


async def test_what_is_due_is_deleted_and_what_was_never_sent_ends(
    app_context: AppContext, people: People
) -> None:
    due, _ = await add(app_context, people, username="due")
    late, _ = await add(app_context, people, username="late")
    async with app_context.database.write() as session:
        video = await session.get_one(StreamVideo, due.video.id)
        video.scheduled_deletion = clock.now() - timedelta(seconds=1)
    with clock.freeze(clock.now() + timedelta(hours=1)):
        await service.delete_due(app_context)
        await service.expire_never_sent(app_context)
    async with app_context.database.read() as session:
        with pytest.raises(StreamVideoUnknown):
            await queries.get_by_uid(session, due.video.uid)
        ended = await queries.get_by_uid(session, late.video.uid)
        upload = await session.get_one(Upload, late.video.upload_id)
    assert ended.asset.status is AssetStatus.ERROR
    assert upload.reserved_bytes == 0


async def test_an_upload_that_has_begun_outlives_its_address(
    app_context: AppContext, people: People
) -> None:
    user, _ = await people.add("slow")
    async with app_context.database.write() as session:
        token = await add_token(session, user, Scope.STREAM)
    program = people.browser(Authorization=f"Bearer {token}")
    tus = {"Tus-Resumable": "1.0.0"}
    places = []
    for _ in range(2):
        made = await program.post(
            f"/client/v4/accounts/{ACCOUNT}/stream?direct_user=true",
            headers=tus | {"Upload-Length": "1000"},
        )
        places.append(made.headers["location"])
        left = parsedate_to_datetime(made.headers["upload-expires"]) - clock.now()
        assert timedelta(minutes=29) < left <= timedelta(minutes=30)
    begun, untouched = places
    sender = people.browser()

    async def send(address: str, offset: int) -> httpx.Response:
        headers = {"Content-Type": "application/offset+octet-stream", "Upload-Offset": str(offset)}
        return await sender.patch(address, content=b"four", headers=tus | headers)

    sent = await send(begun, 0)
    left = parsedate_to_datetime(sent.headers["upload-expires"]) - clock.now()
    assert (sent.status_code, left > timedelta(hours=23)) == (204, True)
    with clock.freeze(clock.now() + timedelta(hours=1)):
        await service.expire_never_sent(app_context)
        assert (await send(begun, 4)).headers["upload-offset"] == "8"
        assert (await send(untouched, 0)).status_code == 410


async def test_a_video_whose_upload_is_given_up_has_failed(
    app_context: AppContext, people: People
) -> None:
    user, _ = await people.add("giver")
    async with app_context.database.write() as session:
        token = await add_token(session, user, Scope.STREAM)
    program = people.browser(Authorization=f"Bearer {token}")
    tus = {"Tus-Resumable": "1.0.0"}
    stream = f"/client/v4/accounts/{ACCOUNT}/stream"
    for query in ("", "?direct_user=true"):
        made = await program.post(stream + query, headers=tus | {"Upload-Length": "1000"})
        await program.patch(
            made.headers["location"],
            content=b"four",
            headers=tus | {"Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"},
        )
        ended = await program.delete(made.headers["location"], headers=tus)
        assert ended.status_code == 204
        video = (await program.get(f"{stream}/{made.headers['stream-media-id']}")).json()["result"]
        assert video["status"]["state"] == "error"
        assert "given up" in video["status"]["errorReasonText"]


async def test_an_asset_goes_with_the_last_that_holds_it(
    app_context: AppContext, people: People
) -> None:
    shown, _ = await add(app_context, people, name="Shared talk")
    _, boss = await people.add("boss", Role.ADMIN)
    listed = (await boss.get("/api/admin/stream-videos")).json()["items"]
    assert [(one["uid"], one["name"]) for one in listed] == [(shown.video.uid, "Shared talk")]
    put = await boss.post(f"/api/admin/stream-videos/{shown.video.uid}/library", json={})
    assert put.status_code == 201
    again = await boss.post(f"/api/admin/stream-videos/{shown.video.uid}/library", json={})
    assert (again.status_code, again.json()["code"]) == (409, "already_in_library")
    video = (await boss.get(f"/api/videos/{put.json()['id']}")).json()
    assert video["title"] == "Shared talk"
    async with app_context.database.read() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.action, entry.detail) == ("video.added", {"name": "Shared talk"})
    async with app_context.database.write() as session:
        await service.discard_video(session, shown.asset.id)
    async with app_context.database.read() as session:
        assert await session.get(Asset, shown.asset.id) is not None
    assert (await boss.delete(f"/api/videos/{put.json()['id']}")).status_code == 204
    async with app_context.database.read() as session:
        assert await session.get(Asset, shown.asset.id) is None


async def test_the_list_for_admins_is_for_admins(app_context: AppContext, people: People) -> None:
    shown, browser = await add(app_context, people)
    assert (await browser.get("/api/admin/stream-videos")).status_code == 403
    path = f"/api/admin/stream-videos/{shown.video.uid}/library"
    assert (await browser.post(path, json={})).status_code == 403
