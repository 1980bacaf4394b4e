"""How much is in each category, counted when the library has changed and not at each request.

Every page shows the categories, and counting takes as long as there are videos.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.library import queries
from lumenhall.platform.kit import clock


@dataclass(frozen=True, slots=True)
class _Counts:
    """What was counted while the library had `stamp`; `until` another video is published."""

    stamp: str
    until: datetime
    videos: Mapping[UUID, int]


_kept: WeakKeyDictionary[Engine | Connection, _Counts] = WeakKeyDictionary()


async def count_listed_videos(session: AsyncSession) -> Mapping[UUID, int]:
    """Return how many videos of each category everybody can see; empty ones are left out."""
    # Asked for before counting: what changes in between is counted again next time.
    stamp = await queries.get_stamp(session)
    counts = _kept.get(session.get_bind())
    if counts is None or counts.stamp != stamp or counts.until <= clock.now():
        until = await queries.find_next_due(session) or datetime.max.replace(tzinfo=UTC)
        counts = _Counts(stamp, until, await queries.count_listed_by_category(session))
        _kept[session.get_bind()] = counts
    return counts.videos
