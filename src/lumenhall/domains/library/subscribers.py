"""What the library does when something happened, and what it does for the floors below.

A person's own pages hear of every turn in the life of their videos, also later if they were
away; whoever has a video open hears of its asset on the topic `asset:<id>`.
"""

import uuid
from collections.abc import Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.events import (
    PlaylistChanged,
    VideoChanged,
    VideoCreated,
    VideoDeleted,
    VideoPublished,
)
from lumenhall.domains.media.access import admissions, allow
from lumenhall.domains.media.events import (
    AssetChanged,
    AssetFailed,
    AssetPlayable,
    AssetReady,
    CaptionsChanged,
)
from lumenhall.domains.media.holders import holds
from lumenhall.domains.media.naming import names
from lumenhall.domains.uploads.events import UploadAbandoned
from lumenhall.domains.uploads.models import UploadStatus
from lumenhall.domains.uploads.schemas import VIDEO, UploadRequest
from lumenhall.domains.uploads.service.targets import upload_target
from lumenhall.platform.db import on_commit
from lumenhall.platform.events import subscribe
from lumenhall.platform.realtime import live

VIDEO_CHANGED = "video.changed"


@allow
async def may_play(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    return await queries.asset_is_visible(session, asset_id, user_id)


@names
async def title_of(session: AsyncSession, asset_id: uuid.UUID) -> str | None:
    video = await queries.find_by_asset(session, asset_id)
    return video.title if video else None


@holds
async def holds_asset(session: AsyncSession, asset_id: uuid.UUID) -> bool:
    return await queries.find_by_asset(session, asset_id) is not None


@upload_target(VIDEO)
async def make_video(session: AsyncSession, actor: Actor, request: UploadRequest) -> uuid.UUID:
    return (await service.make_video_of_file(session, actor, request)).asset_id


@subscribe(VideoCreated)
async def on_video_created(session: AsyncSession, event: VideoCreated) -> None:
    await service.index_video(session, event.video_id)
    await _tell_owner(session, event)


@subscribe(VideoPublished)
async def on_video_published(session: AsyncSession, event: VideoPublished) -> None:
    await _tell_owner(session, event)


@subscribe(VideoChanged)
async def on_video_changed(session: AsyncSession, event: VideoChanged) -> None:
    await service.index_video(session, event.video_id)
    await _tell_owner(session, event)
    # Whoever has it open may no longer see it.
    on_commit(session, lambda: admissions.forget_asset(event.asset_id))
    data = {"video_id": str(event.video_id)}
    live.publish_after_commit(session, f"asset:{event.asset_id}", VIDEO_CHANGED, data)


@subscribe(VideoDeleted)
async def on_video_deleted(session: AsyncSession, event: VideoDeleted) -> None:
    await _tell_owner(session, event)


@subscribe(UploadAbandoned)
async def on_upload_abandoned(session: AsyncSession, event: UploadAbandoned) -> None:
    # Who cancels wants no video; the others are told on it why there is none.
    if event.reason == UploadStatus.CANCELLED and event.asset_id is not None:
        await service.delete_draft_of(session, event.asset_id)


@subscribe(PlaylistChanged)
async def on_playlist_changed(session: AsyncSession, event: PlaylistChanged) -> None:
    data = {"playlist_id": str(event.playlist_id)}
    await live.send(session, [event.owner_id], "playlist.changed", data)


@subscribe(AssetPlayable)
async def on_asset_playable(session: AsyncSession, event: AssetPlayable) -> None:
    await _tell(session, event, "asset.playable")
    await service.announce_video_of(session, event.asset_id)


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    await _tell(session, event, "asset.ready")


@subscribe(AssetFailed)
async def on_asset_failed(session: AsyncSession, event: AssetFailed) -> None:
    reason = {"error_code": event.error_code, "error_message": event.error_message}
    await _tell(session, event, "asset.failed", reason)


@subscribe(CaptionsChanged)
async def on_captions_changed(session: AsyncSession, event: CaptionsChanged) -> None:
    video = await queries.find_by_asset(session, event.asset_id)
    if video is not None:
        await service.index_video(session, video.id)


@subscribe(AssetChanged)
async def on_asset_changed(session: AsyncSession, event: AssetChanged) -> None:
    await _tell(session, event, VIDEO_CHANGED)


async def _tell_owner(
    session: AsyncSession, event: VideoCreated | VideoPublished | VideoChanged | VideoDeleted
) -> None:
    await live.send(session, [event.uploaded_by], VIDEO_CHANGED, {"video_id": str(event.video_id)})


async def _tell(
    session: AsyncSession,
    event: AssetPlayable | AssetReady | AssetFailed | AssetChanged,
    kind: str,
    more: Mapping[str, str] | None = None,
) -> None:
    """Tell the owner, and whoever looks at the asset, unless it is no video's."""
    video = await queries.find_by_asset(session, event.asset_id)
    if video is None:
        return
    data = {"asset_id": str(event.asset_id), "video_id": str(video.id), **(more or {})}
    await live.send(session, [video.uploaded_by], kind, data)
    live.publish_after_commit(session, f"asset:{event.asset_id}", kind, data)
