"""A frame that somebody chose becomes the picture of a video."""

import pytest

from lumenhall.domains.media import service as media
from lumenhall.domains.processing import service
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from tests.medium.processing.conftest import Await, StartWorker, Upload, is_over


@pytest.mark.parametrize("keep_originals", [True, False])
async def test_another_frame_can_be_chosen(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await, keep_originals: bool
) -> None:
    async with app.database.write() as session:
        await options.change(session, None, keep_originals=keep_originals)
    asset_id = await upload("normal")
    async with worker():
        before = await until(asset_id, is_over)
        assert not before.has_own_thumbnail
        async with app.database.write() as session:
            await service.choose_frame(session, asset_id, 3.5)
        after = await until(asset_id, lambda asset: not asset.thumbnail_pending)

    assert after.has_own_thumbnail
    assert after.automatic_thumbnail_key == before.thumbnail_key
    for key in (after.thumbnail_key, after.automatic_thumbnail_key):
        assert await app.storage.exists(str(key))


async def test_the_frame_that_was_chosen_last_stays(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("normal")
    async with worker():
        await until(asset_id, is_over)
        for moment in (3.5, 1.0, 2.0, 1.0):
            async with app.database.write() as session:
                await service.choose_frame(session, asset_id, moment)
        await until(asset_id, lambda asset: not asset.thumbnail_pending)
        async with app.database.write() as session:
            await service.choose_frame(session, asset_id, 500)
            await media.reset_thumbnail(session, asset_id)
    async with worker():
        asset = await until(asset_id, lambda asset: not asset.has_own_thumbnail)
    assert not asset.thumbnail_pending


async def test_a_frame_that_can_not_be_had_leaves_the_picture(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("normal")
    async with worker():
        before = await until(asset_id, is_over)
        await app.storage.delete_prefix(str(before.published_prefix))
        async with app.database.write() as session:
            await service.choose_frame(session, asset_id, 3.5)
        after = await until(asset_id, lambda asset: not asset.thumbnail_pending)
    assert after.thumbnail_key == before.thumbnail_key
