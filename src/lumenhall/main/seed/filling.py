"""Puts categories and videos in, through the same services as everybody else."""

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import service as library
from lumenhall.domains.library.models import Category, Video
from lumenhall.domains.library.schemas import NewCategory, NewVideo
from lumenhall.domains.media import service as media
from lumenhall.domains.media.captions import Cue
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.errors import UnsupportedFormat
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.main.seed.catalogue import CAPTIONS, CATEGORIES, Entry
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

PIECE_BYTES = 1024 * 1024
CAPTION_SECONDS = 3


async def add_categories(context: AppContext, admin: Actor) -> dict[str, UUID]:
    """Make the categories that are not there yet; return all by name."""
    ids = {}
    async with context.database.write() as session:
        for number, shelf in enumerate(CATEGORIES):
            found = await session.scalar(select(Category).where(Category.name == shelf.name))
            if found is None:
                new = NewCategory(name=shelf.name, description=shelf.description, sort_order=number)
                found = await library.create_category(session, admin, new)
            ids[shelf.name] = found.id
    return ids


async def find_asset(session: AsyncSession, entry: Entry) -> Asset | None:
    """Return the asset of a video of the catalogue, None when it is still to be made."""
    return await session.scalar(
        select(Asset)
        .join(Video, Video.asset_id == Asset.id)
        .join(User, User.id == Video.uploaded_by)
        .where(Video.title == entry.title, User.username == entry.owner)
    )


async def is_there(context: AppContext, actor: Actor, entry: Entry) -> bool:
    """Say whether a video is there with all its bytes; one without them is removed."""
    async with context.database.write() as session:
        asset = await find_asset(session, entry)
        if asset is None:
            return False
        if asset.status is not AssetStatus.PENDING_UPLOAD:
            return True
        video_id = await session.scalar(select(Video.id).where(Video.asset_id == asset.id))
        assert video_id is not None  # noqa: S101 The asset was found by its video.
        await library.delete_video(session, actor, video_id)
        return False


async def add_video(
    context: AppContext,
    actor: Actor,
    entry: Entry,
    categories: Mapping[str, UUID],
    path: Path,
) -> None:
    """Upload a file as a video that has been there for `entry.days`."""
    size = (await asyncio.to_thread(path.stat)).st_size
    new = NewVideo(
        title=entry.title,
        description=entry.description,
        category_id=categories.get(entry.category or ""),
        tags=list(entry.tags),
        filename=path.name,
        size_bytes=size,
    )
    born = clock.now() - timedelta(days=entry.days)
    async with context.database.write() as session:
        shown, upload = await library.create_video(session, context, actor, new)
        video = shown.video
        video.view_count, video.is_hero = entry.views, entry.is_hero
        video.created_at = video.published_at = born
        shown.asset.created_at = upload.created_at = born
        for language, label, lines in CAPTIONS.get(entry.title, ()):
            about = NewTrack(language, label=label)
            await media.add_track(session, shown.asset.id, _captions(lines), about)
    with path.open("rb") as file:

        async def read() -> bytes | None:
            return await asyncio.to_thread(file.read, PIECE_BYTES) or None

        try:
            await uploads.receive(context, upload.id, Chunk(0, content_length=size), read)
        except UnsupportedFormat:
            # Notes that are named like a video are turned away at the door; the video says so.
            return


def _captions(lines: Mapping[int, str]) -> list[Cue]:
    seconds = 1000
    return [
        Cue(start * seconds, (start + CAPTION_SECONDS) * seconds, text)
        for start, text in lines.items()
    ]
