"""Cutting a piece out of a video for whoever makes another one of it."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from lumenhall.domains.media.models import Asset
from lumenhall.domains.processing.encoder.cutting import cut_piece
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.service.work import working
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.ids import new_id


@asynccontextmanager
async def piece_of(
    app: AppContext, asset: Asset, start: float, seconds: float
) -> AsyncIterator[Path]:
    """Give a file with a piece of an asset; it goes at the end. Raises EncodingFailed."""
    target = app.settings.temp_folder / "frames" / f"{new_id()}.mp4"
    await asyncio.to_thread(target.parent.mkdir, parents=True, exist_ok=True)
    try:
        async with working(app, asset.id, target.stem) as work:
            limits = work.limits(Probe.model_validate(asset.meta["probe"]))
            await cut_piece(work.tools, await work.source(), (start, seconds), target, limits)
        yield target
    finally:
        await asyncio.to_thread(target.unlink, missing_ok=True)
