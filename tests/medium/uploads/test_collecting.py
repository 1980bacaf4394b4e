"""What is left lying is cleared away, and nothing else."""

import os
import time
from datetime import timedelta
from pathlib import Path

import httpx
from fastapi import FastAPI
from sqlalchemy import select, update

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.service import (
    cancel_uploads_of_asset,
    expire_uploads,
    find_unfinished,
    find_unfinished_of_assets,
    forget_old_uploads,
    remove_orphans,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from tests.medium.uploads.conftest import MP4, TUS, create, files_in, send

DAY = timedelta(hours=24)


async def uploads(app: AppContext) -> list[Upload]:
    async with app.database.read() as session:
        return list(await session.scalars(select(Upload).order_by(Upload.id)))


async def test_an_upload_expires_a_day_after_its_last_bytes(
    client: httpx.AsyncClient, app: AppContext, folder: Path
) -> None:
    now = clock.now()
    with clock.freeze(now):
        url = await create(client, len(MP4))
    with clock.freeze(now + DAY - timedelta(minutes=1)):
        assert (await send(client, url, 0, MP4[:100])).status_code == 204
    with clock.freeze(now + 2 * DAY - timedelta(minutes=2)):
        assert (await client.head(url, headers=TUS)).status_code == 200
        assert await expire_uploads(app) == 0
    with clock.freeze(now + 2 * DAY):
        # Also before the job has come round.
        reply = await client.head(url, headers=TUS)
        assert (reply.status_code, "Upload-Offset" in reply.headers) == (410, False)
        refused = await send(client, url, 100, MP4[100:])
        assert (refused.status_code, refused.json()["reason"]) == (410, "expired")
        assert (await client.get("/api/uploads")).json()["items"] == []
        assert await expire_uploads(app) == 1
        assert await expire_uploads(app) == 0
    assert files_in(folder) == []
    [upload] = await uploads(app)
    assert (upload.status, upload.reserved_bytes) == (UploadStatus.EXPIRED, 0)
    async with app.database.read() as session:
        asset = (await session.scalars(select(Asset))).one()
    assert (asset.status, asset.error_code) == (AssetStatus.ERROR, "upload_expired")
    assert (await client.head(url, headers=TUS)).status_code == 410


async def test_part_files_without_an_upload_are_removed(
    client: httpx.AsyncClient, app: AppContext, folder: Path
) -> None:
    url = await create(client, len(MP4))
    await send(client, url, 0, MP4[:100])
    for name, age in (("lost", 7200), ("lost.wanted", 7200), ("young", 60)):
        (folder / name).write_bytes(name.encode())
        os.utime(folder / name, (time.time() - age,) * 2)
    own = folder / url.rpartition("/")[2]
    os.utime(own, (time.time() - 7200,) * 2)
    assert await remove_orphans(app) == 2
    assert sorted(files_in(folder)) == sorted([MP4[:100], b"young"])


async def test_there_may_be_no_part_files_yet(app: AppContext) -> None:
    assert await remove_orphans(app) == 0


async def test_rows_of_uploads_that_ended_long_ago_are_forgotten(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    urls = [await create(client, len(MP4)) for _ in range(3)]
    await send(client, urls[0], 0, MP4)
    await send(client, urls[1], 0, MP4)
    long_ago = clock.now() - timedelta(days=40)
    async with app.database.write() as session:
        first = (await session.scalars(select(Upload).order_by(Upload.id))).first()
        assert first is not None
        await session.execute(
            update(Upload).where(Upload.id != first.id).values(updated_at=long_ago)
        )
    await forget_old_uploads(app)
    assert [upload.status for upload in await uploads(app)] == [
        UploadStatus.FINISHED,
        UploadStatus.ACTIVE,
    ]


async def test_a_domain_ends_the_upload_of_what_it_deletes(
    client: httpx.AsyncClient, app: AppContext, member: Actor, web: FastAPI
) -> None:
    kept, ended = await create(client, 5), await create(client, 5)
    [first, second] = await uploads(app)
    assert second.asset_id is not None
    assert first.asset_id is not None
    async with app.database.read() as session:
        found = await find_unfinished_of_assets(session, [first.asset_id, second.asset_id])
        assert {key: each.id for key, each in found.items()} == {
            first.asset_id: first.id,
            second.asset_id: second.id,
        }
        assert await find_unfinished_of_assets(session, []) == {}
    async with app.database.write() as session:
        await cancel_uploads_of_asset(session, second.asset_id)
        await session.delete(await session.get_one(Asset, second.asset_id))
    assert (await client.head(kept, headers=TUS)).status_code == 200
    assert (await client.head(ended, headers=TUS)).status_code == 410
    async with app.database.read() as session:
        assert [each.id for each in await find_unfinished(session, member.user_id)] == [first.id]
