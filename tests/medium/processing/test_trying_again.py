"""What failed is tried again, and what is done is not done again."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import queries, service
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.instant import publish_copy
from lumenhall.domains.processing.encoder.ladder import encode_ladder
from lumenhall.domains.processing.encoder.storyboard import make_storyboard
from lumenhall.domains.processing.service import final, first
from lumenhall.platform.context import AppContext
from tests.medium.processing.conftest import Await, StartWorker, Upload, all_jobs_done, is_over


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
