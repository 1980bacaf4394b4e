"""When everybody can see a video for the first time, and which one leads the home page."""

import uuid

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.library import queries
from lumenhall.domains.library.events import VideoPublished
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import is_listed
from lumenhall.domains.media.models import Asset
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock

DUE_AT_ONCE = 100
HERO_ATTEMPTS = 20


async def announce_if_listed(session: AsyncSession, video: Video, asset: Asset) -> None:
    """Announce VideoPublished if everybody can see the video and nobody was told before."""
    if video.announced_at is None and is_listed(video, asset, clock.now()):
        await _announce(session, video)


async def announce_video_of(session: AsyncSession, asset_id: uuid.UUID) -> None:
    """Do as `announce_if_listed` for the video of an asset; other things have assets too."""
    found = await queries.find_with_asset(session, asset_id)
    if found is not None:
        await announce_if_listed(session, *found)


async def announce_due(session: AsyncSession) -> int:
    """Announce the videos whose moment has come and return how many there were."""
    due = await queries.list_unannounced(session, DUE_AT_ONCE)
    for video in due:
        await _announce(session, video)
    return len(due)


async def set_hero(session: AsyncSession, video: Video, *, is_hero: bool) -> None:
    """Let the video lead the home page, in the place of whichever did, or no longer.

    The database allows one hero. When two admins choose at once, the later one waits at its
    index, fails, and takes the place of the earlier one at the next attempt.
    """
    if video.is_hero == is_hero:
        return
    for attempt in range(HERO_ATTEMPTS):
        try:
            async with session.begin_nested():
                if is_hero:
                    await _no_hero(session)
                video.is_hero = is_hero
                await session.flush()
        except IntegrityError:
            if attempt == HERO_ATTEMPTS - 1:
                raise
        else:
            return


async def _no_hero(session: AsyncSession) -> None:
    await session.execute(
        update(Video)
        .where(Video.is_hero)
        .values(is_hero=False)
        .execution_options(synchronize_session=False)
    )


async def _announce(session: AsyncSession, video: Video) -> None:
    video.announced_at = clock.now()
    await session.flush()
    await announce(session, VideoPublished(video.id, video.uploaded_by))
