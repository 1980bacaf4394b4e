"""What authors see of the videos of lessons, and what they do with them."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import CourseVideoNotFailed, NoPreview
from lumenhall.domains.courses.events import CourseChanged, CourseVideoChanged
from lumenhall.domains.courses.models import Course
from lumenhall.domains.courses.policy import can_edit
from lumenhall.domains.courses.queries import CourseVideoShown
from lumenhall.domains.courses.schemas import (
    CourseVideoChange,
    CourseVideoLook,
    NextVersion,
    PreviewState,
    UnfinishedCourseVideo,
)
from lumenhall.domains.courses.service.mirroring import STATUS, mirror_preview, progress_of
from lumenhall.domains.courses.service.removing import (
    delete_assets,
    remove_version,
    remove_video,
)
from lumenhall.domains.courses.service.uploading import get_with_previews_locked
from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.library.schemas import UploadLook
from lumenhall.domains.library.service import upload_look
from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.provider import provider_of
from lumenhall.domains.media.queries import find_assets
from lumenhall.domains.media.schemas import Playback
from lumenhall.domains.processing.queries import queue_positions
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.queries import find_unfinished_of_assets
from lumenhall.platform.events import announce


@dataclass(frozen=True, slots=True)
class _Viewer:
    """Who looks, and what their looks are made with."""

    actor: Actor
    key: bytes
    uploads: Mapping[uuid.UUID, Upload]
    positions: Mapping[uuid.UUID, int]


async def list_course_videos(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, key: bytes
) -> list[CourseVideoLook]:
    """Return all videos of a course to somebody who may edit it."""
    course = await _get_course_to_edit(session, actor, course_id)
    found = await queries.list_videos(session, course.id)
    return await _looks(session, [(course, shown) for shown in found], actor, key)


async def get_course_video(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str, key: bytes
) -> CourseVideoLook:
    """Return the video of a lesson to somebody who may edit the course."""
    course = await _get_course_to_edit(session, actor, course_id)
    shown = await queries.get_video(session, course.id, lesson_id)
    (look,) = await _looks(session, [(course, shown)], actor, key)
    return look


async def page_unfinished(
    session: AsyncSession, actor: Actor, cursor: str | None, limit: int, key: bytes
) -> tuple[list[UnfinishedCourseVideo], str | None]:
    """Return all videos that are processing or have failed, to admins; and the next cursor."""
    may_administer(actor).demand()
    found, following = await queries.page_unfinished(session, cursor, limit)
    lessons = [(one.course, one.shown) for one in found if one.shown]
    looks = {look.id: look for look in await _looks(session, lessons, actor, key)}
    previews = [one.asset.id for one in found if not one.shown]
    viewer = _Viewer(actor, key, await find_unfinished_of_assets(session, previews), {})
    return [_unfinished(one, looks, viewer) for one in found], following


async def change_course_video(
    session: AsyncSession,
    actor: Actor,
    course_id: uuid.UUID,
    lesson_id: str,
    change: CourseVideoChange,
) -> None:
    """Give the video of a lesson another title or description."""
    course = await _get_course_to_edit(session, actor, course_id, for_change=True)
    video = (await queries.get_video(session, course.id, lesson_id)).video
    for name, value in change.model_dump(exclude_none=True).items():
        setattr(video, name, value)
    await session.flush()
    await announce(session, CourseVideoChanged(course.id, video.id))


async def delete_course_video(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> None:
    """Delete the video of a lesson with all its files, whether the lesson is still there or not."""
    course = await _get_course_to_edit(session, actor, course_id, for_change=True)
    video = (await queries.get_video(session, course.id, lesson_id)).video
    await remove_video(session, video)
    await announce(session, CourseChanged(course.id))


async def give_up_next_version(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> None:
    """Delete the newer upload of a lesson's video, whatever its state. Safe to repeat."""
    course = await _get_course_to_edit(session, actor, course_id, for_change=True)
    shown = await queries.get_video(session, course.id, lesson_id)
    if shown.version is not None:
        await remove_version(session, shown.version)
        await announce(session, CourseVideoChanged(course.id, shown.video.id))


async def retry_course_video(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, lesson_id: str
) -> None:
    """Process what failed of a lesson's video again: the newer upload, else the video itself.

    Raises CourseVideoNotFailed, or SourceGone when there is nothing to process.
    """
    course = await _get_course_to_edit(session, actor, course_id, for_change=True)
    shown = await queries.get_video(session, course.id, lesson_id)
    failed = [
        asset
        for asset in (shown.next_asset, shown.asset)
        if asset and asset.status is AssetStatus.ERROR
    ]
    if not failed:
        raise CourseVideoNotFailed
    await provider_of(failed[0]).retry(session, failed[0].id)
    await announce(session, CourseVideoChanged(course.id, shown.video.id))


async def get_preview(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> PreviewState:
    """Return the state of the preview video to somebody who may edit the course."""
    course = await _get_course_to_edit(session, actor, course_id)
    ids = [one for one in (course.preview_asset_id, course.preview_next_asset_id) if one]
    assets = await find_assets(session, ids)
    uploads = await find_unfinished_of_assets(session, ids)
    viewer = _Viewer(actor, b"", uploads, {})

    def look(asset_id: uuid.UUID | None) -> NextVersion | None:
        return _version(assets[asset_id], viewer) if asset_id else None

    return PreviewState(
        current=look(course.preview_asset_id), next=look(course.preview_next_asset_id)
    )


async def retry_preview(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Process what failed of the preview again: the newer upload, else the preview itself.

    Raises NoPreview, CourseVideoNotFailed, or SourceGone when there is nothing to process.
    """
    # The course is not locked: a report locks it after the asset, as this does.
    course = await _get_course_to_edit(session, actor, course_id)
    ids = [one for one in (course.preview_next_asset_id, course.preview_asset_id) if one]
    if not ids:
        raise NoPreview
    assets = await find_assets(session, ids)
    for asset in (assets[one] for one in ids if one in assets):
        if asset.status is AssetStatus.ERROR:
            await provider_of(asset).retry(session, asset.id)
            return
    raise CourseVideoNotFailed


async def delete_preview(session: AsyncSession, actor: Actor, course_id: uuid.UUID) -> None:
    """Delete the preview video of a course, and the newer upload for it; raises NoPreview."""
    course, standing = await get_with_previews_locked(session, actor, course_id)
    can_edit(actor, standing).demand()
    gone = [one for one in (course.preview_asset_id, course.preview_next_asset_id) if one]
    if not gone:
        raise NoPreview
    course.preview_asset_id = course.preview_next_asset_id = None
    mirror_preview(course, None)
    await session.flush()
    await delete_assets(session, gone)
    await announce(session, CourseChanged(course.id))


async def _get_course_to_edit(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID, *, for_change: bool = False
) -> Course:
    course, standing = await queries.get_course(session, actor, course_id, for_change=for_change)
    can_edit(actor, standing).demand()
    return course


async def _looks(
    session: AsyncSession,
    found: Sequence[tuple[Course, CourseVideoShown]],
    actor: Actor,
    key: bytes,
) -> list[CourseVideoLook]:
    assets = [one for _, shown in found for one in (shown.asset, shown.next_asset) if one]
    uploads = await find_unfinished_of_assets(session, [asset.id for asset in assets])
    viewer = _Viewer(actor, key, uploads, await queue_positions(session, assets))
    lessons = {
        course.id: {lesson.id for lesson in queries.curriculum_of(course).lessons()}
        for course, _ in found
    }
    return [
        _look(shown, viewer, is_in_curriculum=shown.video.lesson_id in lessons[course.id])
        for course, shown in found
    ]


def _look(shown: CourseVideoShown, viewer: _Viewer, *, is_in_curriculum: bool) -> CourseVideoLook:
    video, asset = shown.video, shown.asset
    playback = _playback(asset, viewer)
    return CourseVideoLook(
        id=video.id,
        course_id=video.course_id,
        lesson_id=video.lesson_id,
        cloudflare_video_id=video.cloudflare_video_id,
        provider=video.provider,
        asset_id=asset.id,
        title=video.title,
        description=video.description,
        duration=video.duration,
        thumbnail_url=video.thumbnail_url or (playback and playback.poster_url),
        status=video.status,
        playback_hls_url=video.playback_hls_url or (playback and playback.hls_url),
        playback_dash_url=video.playback_dash_url or (playback and playback.dash_url),
        processing_progress=video.processing_progress,
        error_code=asset.error_code,
        error_message=video.error_message,
        metadata=video.meta,
        created_at=video.created_at,
        updated_at=video.updated_at,
        filename=asset.original_filename,
        is_playable=asset.playable,
        is_in_curriculum=is_in_curriculum,
        queue_position=viewer.positions.get(asset.id),
        upload=_upload(asset, viewer),
        next_version=_version(shown.next_asset, viewer) if shown.next_asset else None,
    )


def _unfinished(
    one: queries.Unfinished, looks: Mapping[uuid.UUID, CourseVideoLook], viewer: _Viewer
) -> UnfinishedCourseVideo:
    return UnfinishedCourseVideo(
        course_id=one.course.id,
        course_title=one.course.title,
        course_slug=one.course.slug,
        video=looks[one.shown.video.id] if one.shown else None,
        preview=None if one.shown else _version(one.asset, viewer),
        changed_at=one.shown.video.updated_at if one.shown else one.asset.updated_at,
    )


def _playback(asset: Asset, viewer: _Viewer) -> Playback | None:
    try:
        return provider_of(asset).playback(asset, (), viewer.actor, viewer.key)
    except PlaybackNotFound:
        return None


def _version(asset: Asset, viewer: _Viewer) -> NextVersion:
    return NextVersion(
        asset_id=asset.id,
        status=STATUS[asset.status],
        processing_progress=progress_of(asset),
        error_code=asset.error_code,
        error_message=asset.error_message,
        filename=asset.original_filename,
        upload=_upload(asset, viewer),
    )


def _upload(asset: Asset, viewer: _Viewer) -> UploadLook | None:
    """Return the unfinished upload to who sends it: tus lets nobody else go on with it."""
    upload = viewer.uploads.get(asset.id)
    return upload_look(upload) if upload and upload.owner_id == viewer.actor.user_id else None
