"""From the last byte of an upload to the published ladder, on both databases."""

import asyncio
from pathlib import Path
from typing import Any

import orjson
import pytest

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import queries, service
from lumenhall.domains.processing.encoder.instant import publish_copy
from lumenhall.domains.processing.encoder.ladder import encode_ladder
from lumenhall.domains.processing.service import final, first
from lumenhall.platform import jobs, options
from lumenhall.platform.context import AppContext
from lumenhall.platform.realtime import live
from lumenhall.platform.storage import MemoryStorage
from tests.factories.processes import ffmpegs
from tests.medium.processing.conftest import Await, StartWorker, Upload, all_jobs_done, is_over


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
                told.append(orjson.loads(live.unpack(heard.message).data))  # type: ignore[union-attr]

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
