"""The rules of uploads: when a week begins, what fits into it, how much disk a file needs."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import structlog

from lumenhall.platform.options import SiteOptions

EXPIRES_AFTER = timedelta(hours=24)
# A ladder of four rungs weighs up to about twice its source when that is thrifty itself.
RENDITIONS_PER_BYTE = 2
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


def disk_needed(size: int) -> int:
    """Return how much disk an upload of `size` bytes takes in the end, with its renditions."""
    return size * (1 + RENDITIONS_PER_BYTE)


def _utc(wall: datetime, zone: ZoneInfo) -> datetime:
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        # A name that this machine does not know must not stop every upload.
        log.warning("unknown_time_zone", name=name)
        return ZoneInfo("UTC")
