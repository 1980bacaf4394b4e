"""The rules of uploads: when a week begins, what fits into it, how much disk a file needs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from lumenhall.platform.options import SiteOptions

EXPIRES_AFTER = timedelta(hours=24)
# A copy of the source plays first and lies beside the ladder for hours. A ladder of four rungs
# weighs up to about twice its source when that is thrifty itself, and the file for
# downloading repeats its largest rung.
COPY_PER_BYTE = 1
LADDER_PER_BYTE = 2
DOWNLOAD_PER_BYTE = 1
_WEEK = timedelta(days=7)

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Week:
    """From one reset of the quota to the next; the end is the start of the week after."""

    starts_at: datetime
    ends_at: datetime


def week_of(moment: datetime, options: SiteOptions) -> Week:
    """Return the week of the quota that holds `moment`.

    It starts at the chosen hour on the clocks of the chosen zone. Where they skip that hour
    it starts when they resume, and where they show it twice, the first time.
    """
    zone = _zone(options.quota_reset_timezone)
    local = moment.astimezone(zone)
    # Python counts days from Monday, the option from Sunday.
    days = (local.weekday() + 1 - options.quota_reset_day) % 7
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None, fold=0)
    start = midnight - timedelta(days=days) + timedelta(hours=options.quota_reset_hour)
    candidates = [_utc(start + _WEEK * weeks, zone) for weeks in (-1, 0, 1, 2)]
    later = next(index for index, each in enumerate(candidates) if each > moment)
    return Week(candidates[later - 1], candidates[later])


@dataclass(frozen=True, slots=True)
class Room:
    """Bytes of disk still to be taken: by what arrives, by whole sources, by what is made."""

    arriving: int
    sources: int
    made: int

    def __add__(self, other: "Room") -> "Room":
        """Return the room for both."""
        arriving, sources = self.arriving + other.arriving, self.sources + other.sources
        return Room(arriving, sources, self.made + other.made)


def room_for(size: int, arriving: int, *, with_download: bool) -> Room:
    """Return what an upload of `size` bytes still takes, `arriving` of which are to come."""
    return Room(arriving, size, made_of(size, with_download=with_download))


def made_of(size: int, *, with_download: bool) -> int:
    """Return how much disk is taken by all that is made of a source, when it is most."""
    return size * (COPY_PER_BYTE + LADDER_PER_BYTE + DOWNLOAD_PER_BYTE * with_download)


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # A name that this machine does not know must not stop every upload.
        log.warning("unknown_time_zone", name=name)
        return ZoneInfo("UTC")
