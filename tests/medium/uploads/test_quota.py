"""Nobody gets more of the week than their limit, and everybody gets all of it."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select, update

from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.service import create_asset
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.events import QuotaRenewed
from lumenhall.domains.uploads.models import QuotaRefusal, Upload, UploadStatus, UploadWeek
from lumenhall.domains.uploads.schemas import NewUpload
from lumenhall.domains.uploads.service import (
    begin_week,
    create_upload,
    get_quota,
    remember_refusal,
    used_bytes,
)
from lumenhall.platform import events
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.options import WhoMayUpload
from lumenhall.platform.realtime import live
from tests.medium.uploads.conftest import (
    BYTES,
    MP4,
    TUS,
    change_options,
    client_of,
    create,
    make_member,
    send,
)

# A Wednesday; the week began on Sunday the 15th and ends on the 22nd.
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
NEXT_WEEK = datetime(2026, 11, 22, 0, 0, tzinfo=UTC)


async def quota(client: httpx.AsyncClient) -> dict[str, object]:
    document: dict[str, object] = (await client.get("/api/me/quota")).json()
    return document


async def ask(client: httpx.AsyncClient, size: int) -> httpx.Response:
    return await client.post("/api/uploads", headers=TUS | {"Upload-Length": str(size)})


async def reserve(app: AppContext, actor: Actor, size: int) -> Upload:
    async with app.database.write() as session:
        asset = await create_asset(session, actor.user_id, original_filename="a.mp4")
        return await create_upload(session, app, actor, NewUpload(asset.id, "a.mp4", size))


async def test_a_member_sees_what_is_left(client: httpx.AsyncClient, app: AppContext) -> None:
    with clock.freeze(NOW):
        await create(client, 1000)
        assert await quota(client) == {
            "limit_bytes": 4 * 1024**3,
            "used_bytes": 1000,
            "remaining_bytes": 4 * 1024**3 - 1000,
            "resets_at": "2026-11-22T00:00:00Z",
        }


async def test_a_refusal_says_how_much_is_left_and_until_when(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    await change_options(app, weekly_upload_limit_bytes=1000)
    with clock.freeze(NOW):
        await create(client, 600)
        reply = await ask(client, 401)
    assert reply.status_code == 403
    problem = reply.json()
    assert problem["code"] == "quota_exceeded"
    assert (problem["limit_bytes"], problem["used_bytes"]) == (1000, 600)
    assert (problem["remaining_bytes"], problem["resets_at"]) == (400, "2026-11-22T00:00:00Z")
    assert "user_id" not in problem
    assert (await ask(client, 400)).status_code == 201


async def test_an_own_limit_goes_before_that_of_the_site(
    client: httpx.AsyncClient, app: AppContext, member: Actor
) -> None:
    async with app.database.write() as session:
        await session.execute(
            update(User).where(User.id == member.user_id).values(weekly_upload_limit_bytes=0)
        )
    assert (await quota(client))["limit_bytes"] == 0
    assert (await ask(client, 1)).status_code == 403


async def test_two_at_once_can_not_pass_together(
    app: AppContext, web: FastAPI, member: Actor
) -> None:
    await change_options(app, weekly_upload_limit_bytes=1000)
    async with client_of(web, member) as one, client_of(web, member) as two:
        replies = await asyncio.gather(*(ask(client, 600) for client in (one, two) * 4))
    assert sorted(reply.status_code for reply in replies) == [201, *[403] * 7]


async def test_one_member_does_not_use_up_the_week_of_another(
    client: httpx.AsyncClient, app: AppContext, web: FastAPI
) -> None:
    await change_options(app, weekly_upload_limit_bytes=1000)
    await create(client, 1000)
    async with client_of(web, await make_member(app)) as other:
        await create(other, 1000)


async def test_an_upload_that_is_given_up_gives_back(client: httpx.AsyncClient) -> None:
    cancelled, failed = await create(client, len(MP4)), await create(client, len(MP4))
    await send(client, cancelled, 0, MP4[:5])
    assert (await quota(client))["used_bytes"] == 2 * len(MP4)
    await client.delete(cancelled, headers=TUS)
    assert (await quota(client))["used_bytes"] == len(MP4)
    assert (await send(client, failed, 0, b"x" * len(MP4))).status_code == 415
    assert (await quota(client))["used_bytes"] == 0


async def test_what_was_received_counts_also_when_its_asset_is_gone(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    url = await create(client, len(MP4))
    await send(client, url, 0, MP4)
    async with app.database.write() as session:
        upload = (await session.scalars(select(Upload))).one()
        upload.asset_id = None
    assert (await quota(client))["used_bytes"] == len(MP4)


async def test_a_new_week_starts_from_nothing(app: AppContext, member: Actor) -> None:
    with clock.freeze(NEXT_WEEK - timedelta(seconds=1)):
        await reserve(app, member, 1000)
        async with app.database.read() as session:
            assert (await get_quota(session, member.user_id)).used_bytes == 1000
    with clock.freeze(NEXT_WEEK):
        async with app.database.read() as session:
            assert (await get_quota(session, member.user_id)).used_bytes == 0


async def test_an_admin_sees_the_use_of_many_members(app: AppContext, member: Actor) -> None:
    other = await make_member(app)
    await reserve(app, member, 1000)
    await reserve(app, member, 500)
    async with app.database.read() as session:
        used = await used_bytes(session, [member.user_id, other.user_id])
    assert used == {member.user_id: 1500}


async def test_unknown_lengths_reserve_as_they_grow(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    await change_options(app, weekly_upload_limit_bytes=1500)
    url = await create(client, None)
    assert (await quota(client))["used_bytes"] == 0
    assert (await send(client, url, 0, MP4[:1000])).status_code == 204
    assert 1000 <= int(str((await quota(client))["used_bytes"])) <= 1500
    refused = await send(client, url, 1000, MP4[1000:1600])
    assert (refused.status_code, refused.json()["code"]) == (403, "quota_exceeded")
    assert (await send(client, url, 1000, MP4[1000:1500])).status_code == 204
    too_long = await send(client, url, 1500, b"", Upload_Length="1501")
    assert too_long.status_code == 403
    assert (await send(client, url, 1500, b"", Upload_Length="1500")).status_code == 204
    assert (await quota(client))["used_bytes"] == 1500


async def test_a_body_of_unknown_length_stops_where_the_quota_ends(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    await change_options(app, weekly_upload_limit_bytes=1500)
    url = await create(client, None)

    async def body() -> AsyncIterator[bytes]:
        for start in range(0, 2000, 100):
            yield MP4[start : start + 100]

    reply = await client.patch(
        url,
        content=body(),
        headers=BYTES | {"Upload-Offset": "0"},
    )
    assert reply.status_code == 403
    head = await client.head(url, headers=TUS)
    assert head.headers["Upload-Offset"] == "1500"


async def test_a_length_declared_late_gives_back_the_rest(client: httpx.AsyncClient) -> None:
    url = await create(client, None)
    await send(client, url, 0, MP4[:1000])
    await send(client, url, 1000, b"", Upload_Length="1200")
    assert (await quota(client))["used_bytes"] == 1200


@pytest.mark.parametrize("late", [False, True])
async def test_files_larger_than_the_site_allows_are_refused(
    client: httpx.AsyncClient, app: AppContext, late: bool
) -> None:
    await change_options(app, max_file_size_bytes=1000)
    if late:
        url = await create(client, None)
        reply = await send(client, url, 0, b"", Upload_Length="1001")
        assert (await send(client, url, 0, MP4[:1001])).status_code == 413
    else:
        reply = await ask(client, 1001)
    assert (reply.status_code, reply.json()["code"]) == (413, "file_too_large")
    assert reply.json()["max_file_size_bytes"] == 1000
    assert (await ask(client, 1000)).status_code == 201


async def test_only_admins_upload_where_the_site_says_so(
    client: httpx.AsyncClient, app: AppContext, web: FastAPI
) -> None:
    await change_options(app, who_may_upload=WhoMayUpload.ADMINS)
    reply = await ask(client, 5)
    assert (reply.status_code, reply.json()["code"]) == (403, "uploads_not_allowed")
    async with client_of(web, await make_member(app, Role.ADMIN)) as admin:
        assert (await ask(admin, 5)).status_code == 201


@pytest.fixture
def _small_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk with 10 000 free bytes, however much is written to it."""

    def disk(path: object) -> object:
        return shutil._ntuple_diskusage(10_000, 0, 10_000)

    monkeypatch.setattr(shutil, "disk_usage", disk)


@pytest.mark.usefixtures("_small_disk")
async def test_nothing_is_promised_that_the_disk_can_not_hold(client: httpx.AsyncClient) -> None:
    # A file takes four times its size with its copy and its ladder, and promises count.
    await create(client, 1500)
    reply = await ask(client, 1001)
    assert (reply.status_code, reply.json()["code"]) == (507, "disk_full")
    assert (await ask(client, 1000)).status_code == 201


@pytest.mark.usefixtures("_small_disk")
async def test_what_is_made_of_bytes_that_are_here_still_needs_room(
    client: httpx.AsyncClient,
) -> None:
    url = await create(client, 2500)
    await send(client, url, 0, MP4)
    left = len(MP4) // 4
    assert (await ask(client, left + 1)).status_code == 507
    assert (await ask(client, left)).status_code == 201


@pytest.mark.usefixtures("_small_disk")
async def test_a_video_that_waits_to_be_encoded_needs_room_until_it_is_made(
    client: httpx.AsyncClient, app: AppContext, member: Actor
) -> None:
    values = {"owner_id": member.user_id, "original_filename": "a.mp4", "file_size_bytes": 3000}
    async with app.database.write() as session:
        asset = Asset(status=AssetStatus.IN_PROGRESS, **values)
        session.add_all([asset, Asset(status=AssetStatus.READY, **values)])
    assert (await ask(client, 251)).status_code == 507
    assert (await ask(client, 250)).status_code == 201
    async with app.database.write() as session:
        await session.execute(update(Asset).values(processing_progress=50))
    assert (await ask(client, 1126)).status_code == 507
    assert (await ask(client, 1125)).status_code == 201


@pytest.mark.usefixtures("_small_disk")
async def test_a_file_for_downloading_needs_room_too(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    await create(client, 2000)
    async with app.database.write() as session:
        await session.execute(update(Asset).values(allow_download=True))
    assert (await ask(client, 1)).status_code == 507


async def test_a_refused_member_is_told_once_when_the_week_begins(
    client: httpx.AsyncClient,
    app: AppContext,
    member: Actor,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    heard: list[object] = []

    async def on_renewed(session: object, event: QuotaRenewed) -> None:
        heard.append(event)

    monkeypatch.setitem(events._subscribers, QuotaRenewed, [on_renewed])
    await change_options(app, weekly_upload_limit_bytes=10)
    with clock.freeze(NOW):
        async with app.database.write() as session:
            assert await begin_week(session) == 0
        await ask(client, 11)
        await ask(client, 12)
        async with app.database.write() as session:
            assert await begin_week(session) is None
    with clock.freeze(NEXT_WEEK):
        async with app.database.write() as session:
            assert await begin_week(session) == 1
        async with app.database.write() as session:
            assert await begin_week(session) is None
    assert heard == [QuotaRenewed(member.user_id, NEXT_WEEK)]
    async with app.database.read() as reading:
        told = (await live.replay(reading, member.user_id, 0)).events
        weeks = (await reading.scalars(select(UploadWeek).order_by(UploadWeek.starts_at))).all()
        assert (await reading.scalars(select(QuotaRefusal))).all() == []
    assert [each["kind"] for each in told or ()] == ["quota.renewed"]
    assert [(week.starts_at, week.told) for week in weeks] == [
        (NEXT_WEEK - timedelta(days=7), 0),
        (NEXT_WEEK, 1),
    ]


async def test_every_door_remembers_a_refusal(
    app: AppContext, web: FastAPI, client: httpx.AsyncClient, member: Actor
) -> None:
    @web.get("/elsewhere")
    async def elsewhere() -> None:
        raise QuotaExceeded("no", user_id=member.user_id)

    assert (await client.get("/elsewhere")).status_code == 403
    async with app.database.read() as session:
        assert (await session.scalars(select(QuotaRefusal))).one().user_id == member.user_id


async def test_a_refusal_of_this_week_waits_for_the_next(app: AppContext, member: Actor) -> None:
    with clock.freeze(NEXT_WEEK + timedelta(hours=1)):
        async with app.database.write() as session:
            await remember_refusal(session, member.user_id)
        async with app.database.write() as session:
            assert await begin_week(session) == 0


async def test_an_active_upload_counts_once(app: AppContext, member: Actor) -> None:
    upload = await reserve(app, member, 1000)
    async with app.database.write() as session:
        await session.execute(update(Upload).where(Upload.id == upload.id).values(offset_bytes=400))
    async with app.database.read() as reading:
        assert (await get_quota(reading, member.user_id)).used_bytes == 1000
        assert (await reading.get_one(Upload, upload.id)).status is UploadStatus.ACTIVE
