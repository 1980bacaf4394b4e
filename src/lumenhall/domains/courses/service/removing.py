"""Videos that go: of one lesson, of a whole course, and those that were replaced."""

import uuid
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from functools import partial

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoVersion
from lumenhall.domains.media.access import admissions
from lumenhall.domains.media.errors import AssetNotFound
from lumenhall.domains.media.provider import provider_of
from lumenhall.domains.media.queries import find_assets, get_asset_for_change
from lumenhall.platform.db import on_commit
from lumenhall.platform.kit import clock

# Whoever is watching a video while another takes its place can finish it.
RETIRED_FOR = timedelta(hours=4)


async def lock_assets(session: AsyncSession, asset_ids: Iterable[uuid.UUID | None]) -> None:
    """Lock those of the assets that are there, before anything that refers to them is changed.

    Processing reports lock their asset first and then write what follows it: who changes both
    in the other order would wait for a report that waits for them.
    """
    wanted = sorted(asset_id for asset_id in asset_ids if asset_id is not None)
    for asset_id in wanted:
        with suppress(AssetNotFound):
            await get_asset_for_change(session, asset_id)


async def remove_video(session: AsyncSession, video: CourseVideo) -> None:
    """Delete the video of a lesson with all its files."""
    versions = await queries.list_versions(session, CourseVideoVersion.course_video_id == video.id)
    assets = [video.asset_id, *(version.asset_id for version in versions)]
    await lock_assets(session, assets)
    await session.delete(video)
    await session.flush()
    await delete_assets(session, assets)


async def remove_version(session: AsyncSession, version: CourseVideoVersion) -> None:
    """Delete another file of a lesson's video than the one that learners get."""
    await lock_assets(session, [version.asset_id])
    await session.delete(version)
    await session.flush()
    await delete_assets(session, [version.asset_id])


async def remove_all_videos(session: AsyncSession, course: Course) -> None:
    """Delete all videos of a course that is about to be deleted, its previews included."""
    assets = [one for one in (course.preview_asset_id, course.preview_next_asset_id) if one]
    for shown in await queries.list_videos(session, course.id):
        versions = await queries.list_versions(
            session, CourseVideoVersion.course_video_id == shown.video.id
        )
        assets += [shown.asset.id, *(version.asset_id for version in versions)]
    await lock_assets(session, assets)
    course.preview_asset_id = course.preview_next_asset_id = None
    await session.flush()
    await session.execute(delete(CourseVideo).where(CourseVideo.course_id == course.id))
    await delete_assets(session, assets)


async def remove_retired(session: AsyncSession) -> None:
    """Delete what was replaced hours ago."""
    for version in await queries.list_retired(session, clock.now() - RETIRED_FOR):
        await remove_version(session, version)


async def delete_assets(session: AsyncSession, asset_ids: list[uuid.UUID]) -> None:
    """Let the providers delete assets that nothing here refers to any more.

    What is held elsewhere as well stays; who played it because of a course is asked anew.
    """
    for asset_id in asset_ids:
        on_commit(session, partial(admissions.forget_asset, asset_id))
    for asset in (await find_assets(session, asset_ids)).values():
        await provider_of(asset).delete(session, asset.id)
