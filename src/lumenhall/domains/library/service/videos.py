"""Making, changing and deleting videos, and trying again."""

import uuid
from pathlib import PurePath

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor, may_administer
from lumenhall.domains.library import queries
from lumenhall.domains.library.errors import AlreadyInLibrary, CategoryInvalid, VideoNotFailed
from lumenhall.domains.library.events import VideoChanged, VideoCreated, VideoDeleted
from lumenhall.domains.library.models import TITLE_LENGTH, Video, VideoTag
from lumenhall.domains.library.policy import can_edit, can_publish, can_unpublish, withdraws
from lumenhall.domains.library.queries import Shown
from lumenhall.domains.library.schemas import NewVideo, VideoChange
from lumenhall.domains.library.service.auditing import (
    audit_added,
    audit_video,
    audit_video_change,
)
from lumenhall.domains.library.service.publishing import announce_if_listed, set_hero
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing import service as processing
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.schemas import NewUpload, UploadRequest
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_short_id
from lumenhall.platform.kit.text import one_line


async def create_video(
    session: AsyncSession, app: AppContext, actor: Actor, new: NewVideo
) -> tuple[Shown, Upload]:
    """Make a video with its asset, and reserve the upload of its bytes.

    Raises CategoryInvalid and whatever `uploads.create_upload` refuses.
    """
    video = await make_video(session, actor, new)
    upload = await uploads.create_upload(
        session, app, actor, NewUpload(video.asset_id, new.filename, new.size_bytes)
    )
    return await queries.get_shown(session, actor, video.id), upload


async def make_video(session: AsyncSession, actor: Actor, new: NewVideo) -> Video:
    """Make a video with an asset that waits for its upload; the caller makes the upload."""
    await _check_category(session, new.category_id)
    asset = await media.create_asset(
        session,
        actor.user_id,
        original_filename=new.filename,
        file_size_bytes=new.size_bytes,
    )
    video = Video(
        short_id=new_short_id(),
        title=new.title,
        description=new.description,
        category_id=new.category_id,
        uploaded_by=actor.user_id,
        asset_id=asset.id,
        published=new.published,
        published_at=new.published_at or (clock.now() if new.published else None),
    )
    session.add(video)
    await session.flush()
    await _set_tags(session, video.id, new.tags)
    await announce(session, VideoCreated(video.id, asset.id, actor.user_id))
    return video


async def add_asset(
    session: AsyncSession, actor: Actor, asset: Asset, *, title: str, published: bool
) -> Video:
    """Put an asset that is here already into the library, as a video of the actor's.

    The asset stays what else it is. Raises AlreadyInLibrary.
    """
    if await queries.find_by_asset(session, asset.id) is not None:
        raise AlreadyInLibrary
    video = Video(
        short_id=new_short_id(),
        title=one_line(title)[:TITLE_LENGTH] or "Untitled",
        uploaded_by=actor.user_id,
        asset_id=asset.id,
        published=published,
        published_at=clock.now() if published else None,
    )
    session.add(video)
    await session.flush()
    await audit_added(session, actor, video)
    await announce(session, VideoCreated(video.id, asset.id, actor.user_id))
    await announce_if_listed(session, video, asset)
    return video


async def change_video(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, change: VideoChange
) -> Shown:
    """Give a video new values: all that `change` names, a null category included.

    Raises VideoUnknown, NotYourVideo, VideoWithdrawn or CategoryInvalid. Only admins set the
    hero; moderators may unpublish, and publish again. Returns the video as it is then.
    """
    video, asset = await queries.get_video(session, actor, video_id)
    given = change.model_fields_set
    _check_rights(actor, video, change)
    for name in ("title", "description"):
        if (value := getattr(change, name)) is not None:
            setattr(video, name, value)
    if "category_id" in given:
        await _check_category(session, change.category_id)
        video.category_id = change.category_id
    if change.tags is not None:
        await _set_tags(session, video.id, change.tags)
    _publish(actor, video, change)
    await session.flush()
    if change.allow_download is not None and change.allow_download != asset.allow_download:
        await media.set_allow_download(session, asset.id, change.allow_download)
        await processing.offer_download(session, asset.id)
    if change.is_hero is not None:
        await set_hero(session, video, is_hero=change.is_hero)
    await audit_video_change(session, actor, video, change)
    await announce_if_listed(session, video, asset)
    await announce(session, VideoChanged(video.id, asset.id, video.uploaded_by))
    return await queries.get_shown(session, actor, video_id)


async def delete_video(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> None:
    """Delete a video with its asset, files and whatever people did with it."""
    video, asset = await queries.get_video(session, actor, video_id)
    can_edit(actor, video).demand()
    await audit_video(session, actor, video, "deleted")
    await uploads.cancel_uploads_of_asset(session, asset.id)
    await _delete(session, video)


async def delete_draft_of(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Delete the video of an asset whose bytes will not come; other things have assets too."""
    video = await queries.find_waiting_for_bytes(session, asset_id)
    if video is not None:
        await _delete(session, video)


async def retry_video(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Shown:
    """Process a failed video again from its kept source; raises VideoNotFailed or SourceGone."""
    video, asset = await queries.get_video(session, actor, video_id)
    can_edit(actor, video).demand()
    if asset.status is not AssetStatus.ERROR:
        raise VideoNotFailed
    await audit_video(session, actor, video, "retried")
    await processing.retry(session, asset.id)
    return await queries.get_shown(session, actor, video_id)


async def make_video_of_file(session: AsyncSession, actor: Actor, request: UploadRequest) -> Video:
    """Make a video for a file that came without one, titled by the client or by its name."""
    title = one_line(request.metadata.get("title", ""))[:TITLE_LENGTH]
    new = NewVideo.model_construct(
        title=title or title_of(request.filename),
        description="",
        category_id=None,
        tags=[],
        published=True,
        published_at=None,
        filename=request.filename,
        size_bytes=request.size_bytes,
    )
    return await make_video(session, actor, new)


def title_of(filename: str) -> str:
    """Return a title for a file of which nothing else is known."""
    name = PurePath(one_line(filename)).stem.replace("_", " ").replace("-", " ")
    return one_line(name)[:TITLE_LENGTH] or "Untitled"


async def _delete(session: AsyncSession, video: Video) -> None:
    await session.delete(video)
    await session.flush()
    await media.delete_asset(session, video.asset_id)
    await announce(session, VideoDeleted(video.id, video.asset_id, video.uploaded_by))


def _check_rights(actor: Actor, video: Video, change: VideoChange) -> None:
    if change.published is None or change.model_fields_set != {"published"}:
        can_edit(actor, video).demand()
    if change.published is not None:
        (can_publish if change.published else can_unpublish)(actor, video).demand()
    if change.is_hero is not None:
        may_administer(actor).demand()


def _publish(actor: Actor, video: Video, change: VideoChange) -> None:
    if change.published_at is not None:
        video.published_at = change.published_at
    if change.published:
        video.withdrawn_at = None
    elif change.published is False and withdraws(actor, video):
        video.withdrawn_at = clock.now()
    if change.published is not None:
        video.published = change.published
    if video.published and video.published_at is None:
        video.published_at = clock.now()


async def _check_category(session: AsyncSession, category_id: uuid.UUID | None) -> None:
    if category_id and await queries.find_category_kept(session, category_id) is None:
        raise CategoryInvalid


async def _set_tags(session: AsyncSession, video_id: uuid.UUID, tags: list[str]) -> None:
    await session.execute(delete(VideoTag).where(VideoTag.video_id == video_id))
    if tags:
        rows = [{"video_id": video_id, "tag": tag} for tag in tags]
        await session.execute(insert(VideoTag), rows)
