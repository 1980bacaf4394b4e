"""Videos and categories in any state, without files."""

import asyncio
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.library.models import Category, Video, VideoTag
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id, new_short_id
from lumenhall.platform.storage import Storage


def make_asset(
    owner: User,
    *,
    status: AssetStatus = AssetStatus.READY,
    playable: bool = True,
    duration: int | None = 100,
    **values: Any,
) -> Asset:
    """Return an asset; a playable one says so, although there is nothing to play."""
    asset_id = new_id()
    outputs = f"{asset_folder(asset_id)}/1"
    return Asset(
        id=asset_id,
        owner_id=owner.id,
        status=status,
        processing_progress=100 if status is AssetStatus.READY else 0,
        playable_at=clock.now() if playable else None,
        published_prefix=outputs if playable and status is AssetStatus.READY else None,
        preview_prefix=outputs if playable and status is not AssetStatus.READY else None,
        duration_seconds=duration,
        original_filename="clip.mp4",
        **values,
    )


async def add_video(
    session: AsyncSession,
    owner: User,
    title: str = "A video",
    *,
    asset: Asset | None = None,
    age: timedelta = timedelta(hours=1),
    tags: tuple[str, ...] = (),
    **values: Any,
) -> Video:
    """Add a video that everybody can see, unless `asset` or `values` say otherwise."""
    asset = asset or make_asset(owner)
    session.add(asset)
    await session.flush()
    born: datetime = clock.now() - age
    given: dict[str, Any] = {"created_at": born, "published_at": born} | values
    video = Video(
        short_id=new_short_id(), title=title, uploaded_by=owner.id, asset_id=asset.id, **given
    )
    session.add(video)
    await session.flush()
    session.add_all(VideoTag(video_id=video.id, tag=tag) for tag in tags)
    await session.flush()
    return video


async def add_category(session: AsyncSession, name: str = "Music", **values: Any) -> Category:
    """Add a category."""
    category = Category(name=name, slug=name.lower().replace(" ", "-"), **values)
    session.add(category)
    await session.flush()
    return category


async def files_under(storage: Storage, prefix: str, expected: int) -> bool:
    """Say whether there are `expected` files, waiting a little: files go after the commit."""
    for _ in range(100):
        if len(await storage.list_prefix(prefix)) == expected:
            return True
        await asyncio.sleep(0.05)
    return False
