"""Clips: a piece of a video becomes a video of its own, by a durable job."""

import asyncio
from pathlib import Path

from pydantic import Field
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import service as processing
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.errors import (
    StreamFieldInvalid,
    StreamVideoNotReady,
    StreamVideoUnknown,
)
from lumenhall.domains.stream.models import StreamOrigin
from lumenhall.domains.stream.schemas import NewStreamVideo, Shown, VideoFields
from lumenhall.domains.stream.service.making import make_video
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.errors import UploadGone
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.platform import jobs
from lumenhall.platform.context import AppContext

CLIP = "stream.clip"
_PIECE = 1024 * 1024


class ClipFields(VideoFields):
    """Which piece of which video; the moments are whole seconds."""

    clipped_from_video_uid: str = Field(alias="clippedFromVideoUID")
    start_time_seconds: int = Field(ge=0)
    end_time_seconds: int = Field(ge=1)


async def clip_video(
    session: AsyncSession, app: AppContext, actor: Actor, account_id: str, fields: ClipFields
) -> Shown:
    """Make a video of a piece of another one; it is cut after the answer.

    Raises StreamVideoUnknown, StreamVideoNotReady, StreamFieldInvalid and whatever `make_video`
    refuses.
    """
    whole = await queries.get_shown(session, actor, account_id, fields.clipped_from_video_uid)
    if whole.asset.status is not AssetStatus.READY:
        raise StreamVideoNotReady
    length = (whole.asset.duration_ms or 0) / 1000
    if not fields.start_time_seconds < min(fields.end_time_seconds, length):
        raise StreamFieldInvalid("startTimeSeconds: before endTimeSeconds, and within the video")
    if "meta" not in fields.model_fields_set:
        fields.meta = dict(whole.video.meta)
    new = NewStreamVideo(
        account_id,
        StreamOrigin.CLIP,
        fields,
        whole.asset.original_filename,
        clipped_from=whole.video.uid,
    )
    shown = await make_video(session, app, actor, new)
    await jobs.enqueue(
        session,
        CLIP,
        uid=shown.video.uid,
        start=fields.start_time_seconds,
        end=fields.end_time_seconds,
    )
    return shown


async def cut(app: AppContext, uid: str, start: int, end: int) -> None:
    """Cut a clip and hand it on like any file that was uploaded; safe to repeat."""
    async with app.database.read() as session:
        try:
            video, asset = await queries.get_by_uid(session, uid)
            whole = await queries.get_by_uid(session, video.clipped_from or "")
        except StreamVideoUnknown:
            return
    if asset.status is not AssetStatus.PENDING_UPLOAD or video.upload_id is None:
        return
    try:
        async with processing.piece_of(app, whole.asset, start, end - start) as path:
            await uploads.start_over(app, video.upload_id)
            with await asyncio.to_thread(path.open, "rb") as file:

                async def read() -> bytes | None:
                    return await asyncio.to_thread(file.read, _PIECE) or None

                await uploads.receive(app, video.upload_id, Chunk(0, _size(path)), read)
    except UploadGone:
        return


def _size(path: Path) -> int:
    return path.stat().st_size
