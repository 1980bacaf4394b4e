"""Deleting videos: when asked, when their time has come, when their bytes never came."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.admission import screenings
from lumenhall.domains.stream.models import StreamVideo
from lumenhall.domains.uploads import service as uploads
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import on_commit

_BATCH = 50
_EXPIRED = ("upload_expired", "Nothing was sent to the upload address in time.")
_CANCELLED = ("upload_cancelled", "The upload was given up by whoever sent it.")


async def delete_video(session: AsyncSession, actor: Actor, account_id: str, uid: str) -> None:
    """Delete a video; its asset goes too unless it is held. Raises StreamVideoUnknown."""
    shown = await queries.get_shown(session, actor, account_id, uid)
    await _delete(session, shown.video)


async def discard_video(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Delete the video of an asset that nobody will ever have heard of."""
    shown = await queries.find_by_asset(session, asset_id)
    if shown is not None:
        await _delete(session, shown.video)


async def delete_due(app: AppContext) -> None:
    """Delete the videos whose scheduled end has come."""
    while True:
        async with app.database.write() as session:
            due = await queries.list_due_for_deletion(session, _BATCH)
            for video in due:
                await _delete(session, video)
        if len(due) < _BATCH:
            return


async def expire_never_sent(app: AppContext) -> None:
    """End the videos to whose upload address nothing was sent in time."""
    while True:
        async with app.database.write() as session:
            late = await queries.list_never_sent(session, _BATCH)
            for video in late:
                await uploads.cancel_uploads_of_asset(session, video.asset_id)
                await media.mark_error(session, video.asset_id, *_EXPIRED)
        if len(late) < _BATCH:
            return


async def end_cancelled(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """End the video of an upload that was given up; one that has failed keeps its reason."""
    await media.mark_error(session, asset_id, *_CANCELLED)


async def _delete(session: AsyncSession, video: StreamVideo) -> None:
    await uploads.cancel_uploads_of_asset(session, video.asset_id)
    await session.delete(video)
    await session.flush()
    on_commit(session, lambda: screenings.forget_video(video.uid))
    await media.delete_asset(session, video.asset_id)
