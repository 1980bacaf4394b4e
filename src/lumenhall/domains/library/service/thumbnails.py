"""The picture of a video: a frame, an uploaded picture, or the automatic one."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import queries
from lumenhall.domains.library.policy import can_edit
from lumenhall.domains.library.queries import Shown
from lumenhall.domains.media import service as media
from lumenhall.domains.processing import service as processing
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_short_id
from lumenhall.platform.kit.pictures import make_jpeg

SIDE = 1280


async def upload_thumbnail(app: AppContext, actor: Actor, video_id: uuid.UUID, data: bytes) -> None:
    """Give a video a picture of one's own.

    Raises VideoUnknown, NotYourVideo, PictureTooLarge or PictureNotReadable.
    """
    async with app.database.read() as reading:
        found = await queries.get_visible(reading, actor, video_id)
    can_edit(actor, found.video).demand()
    jpeg = await make_jpeg(data, SIDE)
    # The same picture chosen again is a new file: the one it replaces is removed.
    name = f"{hashlib.sha256(jpeg).hexdigest()[:16]}-{new_short_id()}"
    key = media.picture_key(found.asset.id, name)
    await app.storage.put_bytes(key, jpeg)
    async with app.database.write() as session:
        asset_id = await _get_editable(session, actor, video_id)
        await media.set_thumbnail(session, asset_id, key)


async def choose_frame(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, at_seconds: float
) -> Shown:
    """Make a frame the picture, soon; raises AssetStateConflict while the video can't play."""
    asset_id = await _get_editable(session, actor, video_id)
    await processing.choose_frame(session, asset_id, at_seconds)
    return await queries.get_shown(session, actor, video_id)


async def reset_thumbnail(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Shown:
    """Show the automatic picture again."""
    asset_id = await _get_editable(session, actor, video_id)
    await media.reset_thumbnail(session, asset_id)
    return await queries.get_shown(session, actor, video_id)


async def _get_editable(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> uuid.UUID:
    video, asset = await queries.get_video(session, actor, video_id)
    can_edit(actor, video).demand()
    return asset.id
