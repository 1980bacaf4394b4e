"""Videos as replies show them to one viewer."""

from collections.abc import Collection
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.policy import can_edit
from lumenhall.domains.library.queries import Shown
from lumenhall.domains.library.schemas import (
    CategoryRef,
    UploadLook,
    Video,
    VideoCard,
    VideoPlayback,
)
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.media.queries import list_tracks
from lumenhall.domains.processing.queries import queue_positions
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.queries import find_unfinished_of_assets
from lumenhall.domains.uploads.schemas import upload_url


def card(shown: Shown, actor: Actor, key: bytes, place: int | None = None) -> VideoCard:
    """Return a video as a list shows it; `key` signs addresses, `place` is that in the queue."""
    return VideoCard(**_look(shown, actor, key, place))


async def cards(
    session: AsyncSession, page: Collection[Shown], actor: Actor, key: bytes
) -> list[VideoCard]:
    """Return a page of videos; those that wait to be encoded say how many are before them."""
    places = await queue_positions(session, [shown.asset for shown in page])
    return [card(shown, actor, key, places.get(shown.asset.id)) for shown in page]


async def detail(session: AsyncSession, shown: Shown, actor: Actor, key: bytes) -> Video:
    """Return a video as its own page shows it; its owner gets the unfinished upload as well."""
    upload = None
    is_waiting = shown.asset.status is AssetStatus.PENDING_UPLOAD
    if is_waiting and shown.video.uploaded_by == actor.user_id:
        found = await find_unfinished_of_assets(session, [shown.asset.id])
        upload = found.get(shown.asset.id)
    places = await queue_positions(session, [shown.asset])
    return Video(
        **_look(shown, actor, key, places.get(shown.asset.id)),
        description=shown.video.description,
        upload=upload and upload_look(upload),
    )


def feature(shown: Shown, description: str | None, actor: Actor, key: bytes) -> Video:
    """Return a video as the home page leads with it."""
    return Video(**_look(shown, actor, key), description=description or "")


def upload_look(upload: Upload) -> UploadLook:
    """Return where an upload goes on."""
    return UploadLook(
        id=upload.id,
        url=upload_url(upload.id),
        offset_bytes=upload.offset_bytes,
        size_bytes=upload.size_bytes,
    )


async def play(session: AsyncSession, shown: Shown, actor: Actor, key: bytes) -> VideoPlayback:
    """Return where the viewer plays the video; raises PlaybackNotFound while it can't be."""
    tracks = await list_tracks(session, shown.asset.id) if shown.asset.playable else ()
    playback = media.playback(shown.asset, tracks, actor, key)
    resume_at = shown.progress.resume_at if shown.progress else 0
    return VideoPlayback(**dict(playback), resume_at=resume_at)


def _look(shown: Shown, actor: Actor, key: bytes, place: int | None = None) -> dict[str, Any]:
    video, category = shown.video, shown.category
    asset = media.describe(shown.asset, actor, key)
    asset.queue_position = place
    return {
        "id": video.id,
        "short_id": video.short_id,
        "title": video.title,
        "category": category and CategoryRef.model_validate(category),
        "tags": shown.tags,
        "uploaded_by": PersonLook.model_validate(shown.owner),
        "created_at": video.created_at,
        "published": video.published,
        "published_at": video.published_at,
        "is_hero": video.is_hero,
        "view_count": video.view_count,
        "can_edit": bool(can_edit(actor, video)),
        "allow_download": shown.asset.allow_download,
        "asset": asset,
        "progress": shown.progress,
    }
