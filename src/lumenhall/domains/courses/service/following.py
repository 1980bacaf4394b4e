"""What happens to the videos of courses when something happens to their assets.

A new file takes the place of the old one when it is ready, and not before; the old one stays
for a while for those who are watching it.
"""

import uuid
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.events import (
    CourseChanged,
    CourseVideoChanged,
    CourseVideoFailed,
)
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoVersion
from lumenhall.domains.courses.service.mirroring import (
    STATUS,
    mirror,
    mirror_preview,
    progress_of,
)
from lumenhall.domains.courses.service.removing import (
    delete_assets,
    remove_version,
    remove_video,
)
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.provider import uid_of
from lumenhall.domains.media.queries import find_assets, get_asset, get_asset_for_change
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime import live


class Followed(NamedTuple):
    """What an asset belongs to: the video of a lesson, or without one a course's preview."""

    course_id: uuid.UUID
    course_video_id: uuid.UUID | None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an asset has failed: as a code, and for people."""

    code: str
    message: str


async def follow(session: AsyncSession, asset_id: uuid.UUID) -> Followed | None:
    """Bring what courses say of an asset up to date, and return what it belongs to.

    That is None for an asset of something else.
    """
    found = await queries.find_by_asset(session, asset_id)
    if found is None:
        return await _follow_preview(session, asset_id)
    video, version = found
    asset = await get_asset(session, asset_id)
    if version is None:
        mirror(video, asset)
        await session.flush()
    elif version.retired_at is None and asset.status is AssetStatus.READY:
        await _take_over(session, video, version, asset)
    return Followed(video.course_id, video.id)


async def follow_turn(
    session: AsyncSession, asset_id: uuid.UUID, failure: Failure | None = None
) -> None:
    """Follow an asset to another state, and announce it; with why, if it has failed."""
    followed = await follow(session, asset_id)
    if followed is None:
        return
    if failure is not None:
        await announce(session, CourseVideoFailed(*followed, failure.code, failure.message))
    course_id, course_video_id = followed
    if course_video_id is None:
        await announce(session, CourseChanged(course_id))
    else:
        await announce(session, CourseVideoChanged(course_id, course_video_id))


async def tell_progress(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Follow an asset while it is processed, and tell the authors who look at it."""
    followed = await follow(session, asset_id)
    if followed is None:
        return
    course_id, course_video_id = followed
    asset = await get_asset(session, asset_id)
    data = {
        "course_id": str(course_id),
        "course_video_id": str(course_video_id) if course_video_id else None,
        "asset_id": str(asset_id),
        "status": STATUS[asset.status].value,
        "processing_progress": progress_of(asset),
        "eta_seconds": asset.eta_seconds,
    }
    for author in await queries.list_authors(session, course_id, with_admins=True):
        live.publish_after_commit(session, live.topic_of(author), "course.video_progress", data)


async def forget_upload(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Take away what waits for bytes that somebody has said will not come."""
    if not await find_assets(session, [asset_id]):
        # It was no lesson's, and whose it was has deleted it already.
        return
    asset = await get_asset_for_change(session, asset_id)
    if asset.status is not AssetStatus.PENDING_UPLOAD:
        return
    if found := await queries.find_by_asset(session, asset_id):
        video, version = found
        await (remove_version(session, version) if version else remove_video(session, video))
        await announce(session, CourseVideoChanged(video.course_id, video.id))
    elif course := await queries.find_by_preview(session, asset_id):
        if course.preview_asset_id == asset_id:
            course.preview_asset_id = None
            mirror_preview(course, None)
        else:
            course.preview_next_asset_id = None
        await session.flush()
        await delete_assets(session, [asset_id])
        await announce(session, CourseChanged(course.id))


async def _follow_preview(session: AsyncSession, asset_id: uuid.UUID) -> Followed | None:
    course = await queries.find_by_preview(session, asset_id)
    if course is None:
        return None
    asset = await get_asset(session, asset_id)
    gone = _put_in_place(course, asset)
    if course.preview_asset_id == asset_id:
        mirror_preview(course, asset)
    await session.flush()
    await delete_assets(session, gone)
    return Followed(course.id, None)


def _put_in_place(course: Course, asset: Asset) -> list[uuid.UUID]:
    """Make the next preview the one that is shown if it is ready; return what it replaces."""
    if course.preview_next_asset_id != asset.id or asset.status is not AssetStatus.READY:
        return []
    gone = [course.preview_asset_id] if course.preview_asset_id else []
    course.preview_asset_id, course.preview_next_asset_id = asset.id, None
    return gone


async def _take_over(
    session: AsyncSession, video: CourseVideo, version: CourseVideoVersion, asset: Asset
) -> None:
    # The columns are unique: first one row lets go of its asset, then the other takes it.
    old_asset_id = video.asset_id
    await session.delete(version)
    await session.flush()
    video.asset_id, video.provider = asset.id, asset.provider
    video.cloudflare_video_id = uid_of(asset)
    mirror(video, asset)
    await session.flush()
    session.add(
        CourseVideoVersion(course_video_id=video.id, asset_id=old_asset_id, retired_at=clock.now())
    )
    await session.flush()
