"""What uploads do by the clock, as the jobs engine calls it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import select

from lumenhall.domains.uploads.jobs import begin_upload_week, collect_uploads
from lumenhall.domains.uploads.models import Upload, UploadStatus, UploadWeek
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import JobRun
from lumenhall.platform.jobs.registry import schedules
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from tests.medium.uploads.conftest import create


@dataclass
class Straight:
    """Steps that are simply done."""

    finished: dict[str, Any] = field(default_factory=dict)

    async def record(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        return await work()


def run(app: AppContext) -> JobRun:
    return JobRun(job_id=new_id(), name="test", attempt=1, app=app, steps=Straight())


async def test_the_collector_ends_what_was_left_lying(
    client: httpx.AsyncClient, app: AppContext
) -> None:
    await create(client, 5)
    with clock.freeze(clock.now() + timedelta(hours=25)):
        await collect_uploads(run(app))
    async with app.database.read() as session:
        assert (await session.scalars(select(Upload.status))).all() == [UploadStatus.EXPIRED]


async def test_each_week_is_recorded_once(app: AppContext) -> None:
    for _ in range(2):
        await begin_upload_week(run(app))
    async with app.database.read() as session:
        assert len((await session.scalars(select(UploadWeek))).all()) == 1


def test_the_jobs_run_by_the_clock() -> None:
    crons = {each.name: each.cron for each in schedules()}
    assert crons["collect_uploads"] == "*/10 * * * *"
    assert crons["begin_upload_week"] == "0 * * * *"
