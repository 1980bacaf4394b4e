"""From the last byte of an upload to the published ladder, on both databases."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import psutil
import pytest

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing import queries, service
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.instant import publish_copy
from lumenhall.domains.processing.encoder.ladder import encode_ladder
from lumenhall.domains.processing.encoder.storyboard import make_storyboard
from lumenhall.domains.processing.service import final, first
from lumenhall.platform import jobs, options
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import MemoryStorage
from tests.medium.processing.conftest import Await, StartWorker, Upload


def is_over(asset: Asset) -> bool:
    return asset.status in {AssetStatus.READY, AssetStatus.ERROR}


async def all_jobs_done(app: AppContext, asset_id: uuid.UUID) -> None:
    async with asyncio.timeout(30):
        while True:
            async with app.database.read() as session:
                if not await queries.list_unfinished_jobs(session, asset_id):
                    return
            await asyncio.sleep(0.02)


@pytest.mark.parametrize("name", ["normal", "hevc", "unknown_length", "silent"])
async def test_a_video_becomes_playable_then_ready(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await, name: str
) -> None:
    asset_id = await upload(name)
    async with worker():
        playable = await until(asset_id, lambda asset: asset.playable)
        assert playable.status is not AssetStatus.ERROR
        ready = await until(asset_id, is_over)
        await all_jobs_done(app, asset_id)

    assert (ready.status, ready.error_message) == (AssetStatus.READY, None)
    assert ready.playable_at is not None
    assert ready.ready_at is not None
    assert ready.playable_at <= ready.ready_at
    assert (ready.width, ready.height, ready.processing_progress) == (320, 180, 100)
    assert ready.duration_seconds == {"normal": 6, "hevc": 4}.get(name, 2)
    assert ready.has_storyboard
    assert not ready.has_download
    assert ready.thumbnail_key is not None
    assert await app.storage.exists(ready.thumbnail_key)
    published = await app.storage.list_prefix(str(ready.published_prefix))
    files = {key.rpartition("/")[2] for key in published}
    assert files >= {"master.m3u8", "manifest.mpd", "v180.mp4", "storyboard.vtt"}
    assert ("a.mp4" in files) is (name != "silent")


@pytest.mark.parametrize(
    ("name", "code"),
    [("text", "not_a_video"), ("sound_only", "no_picture"), ("empty", "empty_file")],
)
async def test_a_hostile_file_fails_at_once_with_words_for_people(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await, name: str, code: str
) -> None:
    asset_id = await upload(name)
    async with worker():
        failed = await until(asset_id, is_over)
        await all_jobs_done(app, asset_id)

    assert (failed.status, failed.error_code) == (AssetStatus.ERROR, code)
    assert str(failed.error_message).endswith(".")
    assert not failed.playable
    async with app.database.read() as session:
        (failure,) = await queries.list_failures(session, asset_id)
    assert (failure.job, failure.attempts) == (queries.PREPARE, 1)
    assert await app.storage.list_folders(failed.folder) == ["source"]


def failing(
    real: Callable[..., Awaitable[Any]], times: int, code: str
) -> Callable[..., Awaitable[Any]]:
    """Return the function, made to fail at its first calls."""
    calls = 0

    async def sometimes(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls <= times:
            raise EncodingFailed(code, "the disk said so")
        return await real(*args, **kwargs)

    return sometimes


@pytest.mark.usefixtures("hasty")
async def test_what_may_pass_is_tried_again_without_repeating_what_is_done(
    upload: Upload, worker: StartWorker, until: Await, monkeypatch: pytest.MonkeyPatch
) -> None:
    ladders = []

    async def counted(*args: Any, **kwargs: Any) -> float:
        ladders.append(args)
        return await encode_ladder(*args, **kwargs)

    monkeypatch.setattr(final, "encode_ladder", counted)
    monkeypatch.setattr(final, "make_storyboard", failing(make_storyboard, 2, "disk_full"))
    asset_id = await upload("normal")
    async with worker():
        ready = await until(asset_id, is_over)

    assert ready.status is AssetStatus.READY
    assert len(ladders) == 1


@pytest.mark.usefixtures("hasty")
async def test_three_attempts_are_enough(
    app: AppContext,
    upload: Upload,
    worker: StartWorker,
    until: Await,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(final, "encode_ladder", failing(encode_ladder, 3, "disk_full"))
    asset_id = await upload("normal")
    async with worker():
        failed = await until(asset_id, is_over)
        assert (failed.status, failed.error_code) == (AssetStatus.ERROR, "disk_full")
        assert failed.playable
        await all_jobs_done(app, asset_id)
        async with app.database.read() as session:
            (failure,) = await queries.list_failures(session, asset_id)
        assert (failure.job, failure.attempts) == (queries.ENCODE, 3)
        assert failure.log == "the disk said so"

        async with app.database.write() as session:
            await service.retry(session, asset_id)
        ready = await until(asset_id, is_over)

    assert (ready.status, ready.error_code) == (AssetStatus.READY, None)


async def test_a_video_under_way_is_not_started_again(app: AppContext, upload: Upload) -> None:
    asset_id = await upload("normal")
    async with app.database.write() as session:
        with pytest.raises(AssetStateConflict):
            await service.retry(session, asset_id)


@pytest.mark.usefixtures("hasty")
async def test_what_can_not_be_copied_after_all_is_encoded(
    upload: Upload, worker: StartWorker, until: Await, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first, "publish_copy", failing(publish_copy, 1, "damaged"))
    asset_id = await upload("normal")
    async with worker():
        ready = await until(asset_id, is_over)

    assert ready.status is AssetStatus.READY


def ffmpegs() -> list[psutil.Process]:
    return [p for p in psutil.Process().children() if p.name().startswith("ffmpeg")]


async def test_a_cancelled_video_leaves_no_ffmpeg(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("large")
    async with worker():
        await until(asset_id, lambda asset: asset.processing_step == "encoding")
        async with app.database.write() as session:
            await service.cancel(session, asset_id)
        await all_jobs_done(app, asset_id)

        assert not ffmpegs()


async def test_a_stopped_worker_goes_on_where_it_was(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("large")
    async with worker():
        await until(asset_id, lambda asset: asset.processing_step == "encoding")
    assert not ffmpegs()

    async with worker():
        ready = await until(asset_id, is_over)
        await all_jobs_done(app, asset_id)

    assert ready.status is AssetStatus.READY
    # The outputs, the copy that some still watch, source and poster; nothing of the dead attempt.
    kept = {str(ready.published_prefix), *ready.retired_prefixes}
    folders = await app.storage.list_folders(ready.folder)
    assert {f"{ready.folder}/{name}" for name in folders} - kept == {
        f"{ready.folder}/posters",
        f"{ready.folder}/source",
    }


async def test_a_store_elsewhere_gets_whole_outputs_only(
    app: AppContext,
    upload: Upload,
    worker: StartWorker,
    until: Await,
    tmp_path: Path,
) -> None:
    object.__setattr__(app, "storage", MemoryStorage())
    asset_id = await upload("normal")
    async with worker():
        playable = await until(asset_id, lambda asset: asset.playable)
        playlist = await app.storage.read_bytes(f"{playable.current_prefix}/master.m3u8")
        assert b"#EXTM3U" in playlist
        ready = await until(asset_id, is_over)
        await all_jobs_done(app, asset_id)

    assert ready.status is AssetStatus.READY
    assert await app.storage.exists(f"{ready.published_prefix}/v180.mp4")
    assert await app.storage.exists(f"{ready.published_prefix}/storyboard-000.jpg")
    assert not list((tmp_path / "tmp" / "processing").iterdir())


async def test_progress_is_told_as_it_goes(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("large")
    told: list[dict[str, Any]] = []
    async with app.bus.listener() as listener:
        await listener.join(f"asset:{asset_id}")
        async with worker():
            await until(asset_id, is_over)
            while not told or told[-1]["status"] != "ready":
                heard = await listener.next()
                told.append(heard.message["data"])  # type: ignore[union-attr]

    statuses = [data["status"] for data in told]
    assert statuses == sorted(statuses, key=["queued", "inprogress", "ready"].index)
    percents = [data["processing_progress"] for data in told]
    assert percents == sorted(percents)
    steps = list(dict.fromkeys(data["processing_step"] for data in told))
    assert steps == ["preparing", "waiting", "encoding", "storyboard", None]
    assert told[-1]["processing_progress"] == 100
    assert [data["playable"] for data in told][0:2] == [False, True]


async def test_work_has_begun_while_a_long_file_is_still_being_copied(
    upload: Upload, worker: StartWorker, until: Await, monkeypatch: pytest.MonkeyPatch
) -> None:
    goes_on = asyncio.Event()

    async def long(*args: Any) -> None:
        await goes_on.wait()
        await publish_copy(*args)

    monkeypatch.setattr(first, "publish_copy", long)
    asset_id = await upload("normal")
    async with worker():
        begun = await until(asset_id, lambda asset: asset.status is not AssetStatus.QUEUED)
        goes_on.set()
        await until(asset_id, is_over)

    assert (begun.status, begun.processing_step) == (AssetStatus.IN_PROGRESS, "preparing")


async def test_what_is_prepared_waits_for_its_place_to_be_encoded(
    app: AppContext,
    upload: Upload,
    worker: StartWorker,
    until: Await,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    goes_on = asyncio.Event()

    async def long(*args: Any) -> float:
        await goes_on.wait()
        return await encode_ladder(*args)

    monkeypatch.setattr(final, "encode_ladder", long)
    async with worker():
        one = await upload("silent")
        encoding = await until(one, lambda asset: asset.processing_step == "encoding")
        two = await upload("silent")
        waiting = await until(two, lambda asset: asset.processing_step == "waiting")
        async with app.database.read() as session:
            positions = await queries.queue_positions(session, [waiting, encoding])
        goes_on.set()
        await until(two, is_over)

    assert (waiting.status, waiting.playable) == (AssetStatus.IN_PROGRESS, True)
    assert positions == {two: 1}


async def test_places_in_the_queue_are_known(app: AppContext, upload: Upload) -> None:
    assets = [await upload("normal") for _ in range(3)]
    async with app.database.write() as session:
        for asset_id in assets:
            key = str(asset_id)
            await jobs.enqueue(session, queries.ENCODE, key=key, asset_id=key)
    async with app.database.read() as session:
        found = await media_queries.find_assets(session, assets)
        positions = await queries.queue_positions(session, [found[assets[2]], found[assets[0]]])
        waiting = await queries.list_waiting_assets(session, 2)

    assert positions == {assets[0]: 1, assets[2]: 3}
    assert waiting == assets[:2]


async def test_embedded_subtitles_become_tracks(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("subtitles")
    async with worker():
        await until(asset_id, is_over)
    async with app.database.read() as session:
        tracks = await media_queries.list_tracks(session, asset_id)

    assert [(track.language, track.label) for track in tracks] == [
        ("en", "en"),
        ("es", "Castellano"),
    ]
    assert {track.source.value for track in tracks} == {"embedded"}


async def test_a_download_is_made_when_the_owner_allows_it(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("normal")
    async with worker():
        await until(asset_id, is_over)
        async with app.database.write() as session:
            await media.set_allow_download(session, asset_id, True)
            await service.offer_download(session, asset_id)
        asset = await until(asset_id, lambda asset: asset.has_download)

    assert await app.storage.exists(f"{asset.published_prefix}/download.mp4")


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


async def test_the_source_is_dropped_where_the_site_wants_it(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    async with app.database.write() as session:
        await options.change(session, None, keep_originals=False)
    asset_id = await upload("normal")
    async with worker():
        ready = await until(asset_id, is_over)

    assert (ready.status, ready.source_key) == (AssetStatus.READY, None)


async def test_processing_again_keeps_playing_what_is_published(
    app: AppContext, upload: Upload, worker: StartWorker, until: Await
) -> None:
    asset_id = await upload("silent")
    async with worker():
        first_time = await until(asset_id, is_over)
        async with app.database.write() as session:
            await service.retry(session, asset_id)
        again = await until(
            asset_id, lambda asset: asset.published_prefix != first_time.published_prefix
        )

    assert again.status is AssetStatus.READY
    assert first_time.published_prefix in again.retired_prefixes
    assert again.playable_at == first_time.playable_at


async def test_asking_twice_queues_one_job(app: AppContext, upload: Upload) -> None:
    asset_id = await upload("normal")
    async with app.database.write() as session:
        await service.start_processing(session, asset_id)
    async with app.database.read() as session:
        assert len(await queries.list_unfinished_jobs(session, asset_id)) == 1
