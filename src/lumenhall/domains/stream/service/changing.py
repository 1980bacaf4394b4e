"""Changing what is said of a video."""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import service as processing
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.admission import screenings
from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.domains.stream.models import StreamVideo
from lumenhall.domains.stream.schemas import Shown, VideoFields
from lumenhall.domains.stream.service.making import check_expiry, said_values
from lumenhall.platform.db import on_commit
from lumenhall.platform.kit import clock


async def change_video(
    session: AsyncSession, actor: Actor, place: tuple[str, str], fields: VideoFields
) -> Shown:
    """Give a video new values: all that was said, null included; `place` is account and uid.

    Raises StreamVideoUnknown or StreamFieldInvalid.
    """
    shown = await queries.get_shown(session, actor, *place)
    video = shown.video
    if fields.uid is not None and fields.uid != video.uid:
        raise StreamFieldInvalid("uid: it can't be changed")
    await apply_fields(session, shown, fields)
    if fields.upload_expiry is not None and video.upload_expiry is not None:
        video.upload_expiry = check_expiry(fields.upload_expiry, clock.now())
    await session.flush()
    return shown


async def apply_fields(session: AsyncSession, shown: Shown, fields: VideoFields) -> None:
    """Write what was said into a video and its asset."""
    video, asset = shown
    for name, value in said_values(fields, video.created_at).items():
        setattr(video, name, value)
    if "max_duration_seconds" in fields.model_fields_set:
        asset.max_duration_seconds = fields.max_duration_seconds
    if fields.thumbnail_timestamp_pct is not None and asset.status is AssetStatus.READY:
        await choose_thumbnail(session, shown)
    video.updated_at = clock.now()
    await session.flush()
    on_commit(session, lambda: screenings.forget_video(video.uid))


async def choose_thumbnail(session: AsyncSession, shown: Shown) -> None:
    """Make the frame that the video asks for its picture."""
    video, asset = shown
    seconds = video.thumbnail_pct * (asset.duration_ms or 0) / 1000
    await processing.choose_frame(session, asset.id, seconds)


async def mark_uploaded(session: AsyncSession, video: StreamVideo) -> None:
    """Note that all bytes of a video are here."""
    video.uploaded_at = clock.now()
    await session.flush()
