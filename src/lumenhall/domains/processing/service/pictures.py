"""The picture of a video: made by itself, or of the frame that somebody chose."""

import asyncio
import contextlib
import re
import uuid
from pathlib import Path

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import service as media
from lumenhall.domains.media.errors import AssetNotFound
from lumenhall.domains.media.models import Asset
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.poster import make_poster
from lumenhall.domains.processing.encoder.probe import Probe, probe_file
from lumenhall.domains.processing.service.work import Work, working
from lumenhall.platform.context import AppContext
from lumenhall.platform.jobs import FailedJob
from lumenhall.platform.kit.ids import new_id

_RUNG = re.compile(r"/v(\d+)\.mp4$")

log = structlog.get_logger()


async def make_thumbnail(work: Work, probe: Probe) -> None:
    """Make the automatic picture of the video unless it is there already."""
    if (await work.asset()).automatic_thumbnail_key:
        return
    key = await _draw(work, await work.source(), probe, None)
    if key:
        async with work.app.database.write() as session:
            await media.set_automatic_thumbnail(session, work.asset_id, key)


async def make_frame(work: Work, at_ms: int) -> None:
    """Make the frame at `at_ms` the picture of the video, if it is still wanted."""
    try:
        asset = await work.asset()
    except AssetNotFound:
        return
    if asset.wanted_frame_ms != at_ms:
        return
    path, probe = await moving_picture(work, asset)
    key = await _draw(work, path, probe, at_ms / 1000)
    async with work.app.database.write() as session:
        if key:
            await media.show_frame(session, work.asset_id, at_ms, key)
        else:
            await media.forget_frame(session, work.asset_id, at_ms)


async def frame_of(app: AppContext, asset: Asset, at_seconds: float) -> bytes:
    """Return the frame that shows at a moment as JPEG; raises EncodingFailed."""
    target = app.settings.temp_folder / "frames" / f"{new_id()}.jpg"
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    try:
        async with working(app, asset.id, target.stem) as work:
            path, probe = await moving_picture(work, asset)
            await make_poster(work.tools, path, probe, target, at_seconds)
        return await asyncio.to_thread(target.read_bytes)
    finally:
        await asyncio.to_thread(target.unlink, missing_ok=True)


async def forget_frame(session: AsyncSession, failed: FailedJob) -> None:
    """Leave the picture as it was when the chosen frame can't be made one."""
    with contextlib.suppress(AssetNotFound):
        asset_id = uuid.UUID(failed.args["asset_id"])
        await media.forget_frame(session, asset_id, failed.args["at_ms"])


async def moving_picture(work: Work, asset: Asset) -> tuple[Path, Probe]:
    """Return a file with the picture of an asset, and what is known of that file."""
    # What is encoded is smaller to fetch and there when the source no longer is.
    if asset.published_prefix:
        path = await work.local(await _largest_rung(work, asset.published_prefix))
        return path, await probe_file(work.tools, path, {"mp4"})
    return await work.source(), Probe.model_validate(asset.meta["probe"])


async def _largest_rung(work: Work, prefix: str) -> str:
    found = await work.app.storage.list_prefix(prefix)
    heights = {int(match[1]): key for key in found if (match := _RUNG.search(key))}
    if not heights:
        raise EncodingFailed("source_missing", f"{prefix} holds no picture")
    return heights[max(heights)]


async def _draw(work: Work, path: Path, probe: Probe, at: float | None) -> str | None:
    """Store the picture and return its key, None when there is none to be had."""
    key = media.picture_key(work.asset_id, work.name)
    target = work.scratch.with_suffix(".jpg")
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    try:
        await make_poster(work.tools, path, probe, target, at)
        await work.app.storage.move_in(target, key)
    except EncodingFailed as failed:
        if not failed.permanent and failed.code != "encoder_failed":
            raise
        log.warning("poster_failed", asset_id=str(work.asset_id), said=failed.log)
        return None
    finally:
        await asyncio.to_thread(target.unlink, missing_ok=True)
    return key
