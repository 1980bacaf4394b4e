"""What courses do when something happened, and whom they tell.

Authors hear of every turn in the life of their lessons' videos, also later if they were away,
and of progress while they look. Admins are told of failures too. Whoever takes a lesson hears
on the topic of its asset when a newer video has taken its place.
"""

import uuid
from functools import partial

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries, service
from lumenhall.domains.courses.events import (
    CourseChanged,
    CourseVideoChanged,
    CourseVideoFailed,
    EnrolmentEnded,
    EnrolmentStarted,
)
from lumenhall.domains.media.access import admissions, allow
from lumenhall.domains.media.events import (
    AssetChanged,
    AssetFailed,
    AssetPlayable,
    AssetProgressed,
    AssetQueued,
    AssetReady,
)
from lumenhall.domains.media.holders import holds
from lumenhall.domains.uploads.events import UploadAbandoned
from lumenhall.domains.uploads.models import UploadStatus
from lumenhall.platform.db import on_commit
from lumenhall.platform.events import subscribe
from lumenhall.platform.realtime import live

COURSE_CHANGED = "course.changed"
VIDEO_CHANGED = "course.video_changed"


@allow
async def may_play(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    return await service.may_play(session, asset_id, user_id)


@holds
async def holds_asset(session: AsyncSession, asset_id: uuid.UUID) -> bool:
    return await queries.uses_asset(session, asset_id)


@subscribe(AssetQueued)
async def on_asset_queued(session: AsyncSession, event: AssetQueued) -> None:
    await service.follow_turn(session, event.asset_id)


@subscribe(AssetProgressed)
async def on_asset_progressed(session: AsyncSession, event: AssetProgressed) -> None:
    await service.tell_progress(session, event.asset_id)


@subscribe(AssetPlayable)
async def on_asset_playable(session: AsyncSession, event: AssetPlayable) -> None:
    await service.follow_turn(session, event.asset_id)


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    await service.follow_turn(session, event.asset_id)


@subscribe(AssetFailed)
async def on_asset_failed(session: AsyncSession, event: AssetFailed) -> None:
    failed = service.Failure(event.error_code, event.error_message)
    await service.follow_turn(session, event.asset_id, failed)


@subscribe(AssetChanged)
async def on_asset_changed(session: AsyncSession, event: AssetChanged) -> None:
    await service.follow(session, event.asset_id)


@subscribe(UploadAbandoned)
async def on_upload_abandoned(session: AsyncSession, event: UploadAbandoned) -> None:
    # Who cancels wants no video; the others are told on it why there is none.
    if event.reason == UploadStatus.CANCELLED and event.asset_id is not None:
        await service.forget_upload(session, event.asset_id)


@subscribe(CourseVideoChanged)
async def on_course_video_changed(session: AsyncSession, event: CourseVideoChanged) -> None:
    data = {"course_id": str(event.course_id), "course_video_id": str(event.course_video_id)}
    authors = await queries.list_authors(session, event.course_id)
    await live.send(session, authors, VIDEO_CHANGED, data)
    for asset_id in await queries.list_played(session, event.course_video_id):
        live.publish_after_commit(session, f"asset:{asset_id}", VIDEO_CHANGED, data)


@subscribe(CourseVideoFailed)
async def on_course_video_failed(session: AsyncSession, event: CourseVideoFailed) -> None:
    data = {
        "course_id": str(event.course_id),
        "course_video_id": str(event.course_video_id) if event.course_video_id else None,
        "error_code": event.error_code,
        "error_message": event.error_message,
    }
    told = await queries.list_authors(session, event.course_id, with_admins=True)
    await live.send(session, told, "course.video_failed", data)


@subscribe(CourseChanged)
async def on_course_changed(session: AsyncSession, event: CourseChanged) -> None:
    data = {"course_id": str(event.course_id)}
    authors = await queries.list_authors(session, event.course_id)
    await live.send(session, authors, COURSE_CHANGED, data)
    # Previews may be none any more, an order may have begun to count.
    for asset_id in await queries.list_asset_ids(session, event.course_id):
        on_commit(session, partial(admissions.forget_asset, asset_id))


@subscribe(EnrolmentStarted)
async def on_enrolment_started(session: AsyncSession, event: EnrolmentStarted) -> None:
    await _tell_person(session, event)


@subscribe(EnrolmentEnded)
async def on_enrolment_ended(session: AsyncSession, event: EnrolmentEnded) -> None:
    await _tell_person(session, event)
    on_commit(session, lambda: admissions.forget(person=event.user_id))


async def _tell_person(session: AsyncSession, event: EnrolmentStarted | EnrolmentEnded) -> None:
    data = {"course_id": str(event.course_id)}
    await live.send(session, [event.user_id], COURSE_CHANGED, data)
