"""Videos as replies show them to one viewer."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import initials_color, picture_url
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.policy import is_in_charge
from lumenhall.domains.library.queries import BETWEEN_TAGS, PARTS, Shown
from lumenhall.domains.library.schemas import UploadLook, Video, VideoCard, VideoPlayback
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.media.queries import list_tracks
from lumenhall.domains.processing.queries import queue_positions
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.queries import find_unfinished_of_assets
from lumenhall.domains.uploads.schemas import upload_url


async def cards(
    session: AsyncSession, rows: Sequence[Row[Any]], actor: Actor, key: bytes
) -> list[VideoCard]:
    """Return rows of `video_rows` as a list shows them; `key` signs addresses.

    Those that wait to be encoded say how many are before them.
    """
    return [VideoCard(**look) for look in await _looks(session, rows, actor, key)]


async def detail(session: AsyncSession, shown: Shown, actor: Actor, key: bytes) -> Video:
    """Return a video as its own page shows it; its owner gets the unfinished upload as well."""
    upload = None
    is_waiting = shown.asset.status is AssetStatus.PENDING_UPLOAD
    if is_waiting and shown.video.uploaded_by == actor.user_id:
        found = await find_unfinished_of_assets(session, [shown.asset.id])
        upload = found.get(shown.asset.id)
    (look,) = await _looks(session, [shown.row], actor, key)
    return Video(**look, description=shown.video.description, upload=upload and upload_look(upload))


def look(row: Row[Any]) -> dict[str, Any]:
    """Return of a row of `video_rows` what all viewers see alike, named as in VideoCard.

    The asset lacks its picture, and the video whether the viewer may edit it and how far they
    are with it.
    """
    parts = PARTS.read(row)
    owner, category = parts["owner"], parts["category"]
    picture_hash = owner.pop("picture_hash")
    owner["picture_url"] = picture_url(owner["id"], picture_hash)
    owner["initials_color"] = initials_color(owner["id"])
    return {
        **parts["video"],
        "category": category if category["id"] else None,
        "tags": sorted(row.tags.split(BETWEEN_TAGS)) if row.tags else [],
        "uploaded_by": owner,
        "allow_download": row.allow_download,
        "asset": {**parts["asset"], "queue_position": None},
    }


def progress(row: Row[Any]) -> dict[str, int | bool] | None:
    """Return how far the viewer of a row of `video_rows` is with the video."""
    if row.resume_at is None:
        return None
    return {
        "watched_seconds": row.watched_seconds,
        "last_position": row.last_position,
        "completed": row.completed,
        "duration_seconds": row.watched_of,
        "resume_at": row.resume_at,
    }


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
    return VideoPlayback(**dict(playback), resume_at=shown.row.resume_at or 0)


async def _looks(
    session: AsyncSession, rows: Sequence[Row[Any]], actor: Actor, key: bytes
) -> list[dict[str, Any]]:
    """Return all of what the actor sees of each video."""
    looks = [look(row) for row in rows]
    assets = [SimpleNamespace(**seen["asset"]) for seen in looks]
    places = await queue_positions(session, assets)
    address = media.picture_addresses(actor, key)
    for row, seen in zip(rows, looks, strict=True):
        picture = media.Picture.of(row.asset_id, row.thumbnail_key)
        seen["asset"]["thumbnail_url"] = address(picture).decode() if picture else None
        seen["asset"]["queue_position"] = places.get(row.asset_id)
        seen["can_edit"] = is_in_charge(actor, row.owner_id)
        seen["progress"] = progress(row)
    return looks
