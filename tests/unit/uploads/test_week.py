from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.uploads.policy import Room, made_of, room_for, week_of
from lumenhall.domains.uploads.schemas import Quota
from lumenhall.platform.options import SiteOptions

SECONDS = st.integers(0, int(timedelta(days=15 * 365).total_seconds()))
MOMENTS = SECONDS.map(lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds))
DAYS, HOURS = st.integers(0, 6), st.integers(0, 23)


def site(day: int = 0, hour: int = 0, zone: str = "UTC") -> SiteOptions:
    return SiteOptions(quota_reset_day=day, quota_reset_hour=hour, quota_reset_timezone=zone)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@given(MOMENTS, DAYS, HOURS, st.timezone_keys())
def test_every_moment_lies_in_its_week(moment: datetime, day: int, hour: int, zone: str) -> None:
    week = week_of(moment, site(day, hour, zone))
    assert week.starts_at <= moment < week.ends_at


@given(MOMENTS, DAYS, HOURS, st.timezone_keys())
def test_weeks_follow_each_other_without_a_gap(
    moment: datetime, day: int, hour: int, zone: str
) -> None:
    options = site(day, hour, zone)
    week = week_of(moment, options)
    following = week_of(week.ends_at, options)
    assert following.starts_at == week.ends_at
    assert week_of(week.ends_at - timedelta(microseconds=1), options) == week


@given(MOMENTS, DAYS, HOURS, st.timezone_keys())
def test_a_week_starts_at_the_chosen_hour_there(
    moment: datetime, day: int, hour: int, zone: str
) -> None:
    start = week_of(moment, site(day, hour, zone)).starts_at
    local = start.astimezone(ZoneInfo(zone))
    skipped = (local.utcoffset() or timedelta(0)) - (
        (start - timedelta(seconds=1)).astimezone(ZoneInfo(zone)).utcoffset() or timedelta(0)
    )
    wanted = local.replace(tzinfo=None) - max(skipped, timedelta(0))
    assert (local.weekday() + 1) % 7 == day or (wanted.weekday() + 1) % 7 == day
    if not skipped:
        assert (local.hour, local.minute, local.second) == (hour, 0, 0)


@pytest.mark.parametrize(
    ("moment", "starts", "ends"),
    [
        ("2026-11-21T02:44:00", "2026-11-15T00:00:00", "2026-11-22T00:00:00"),
        ("2026-11-22T00:00:00", "2026-11-22T00:00:00", "2026-11-29T00:00:00"),
        ("2026-11-21T23:59:59", "2026-11-15T00:00:00", "2026-11-22T00:00:00"),
    ],
)
def test_the_week_starts_on_sunday_unless_said_otherwise(
    moment: str, starts: str, ends: str
) -> None:
    week = week_of(utc(moment), site())
    assert (week.starts_at, week.ends_at) == (utc(starts), utc(ends))


def test_the_week_is_an_hour_longer_when_clocks_go_back() -> None:
    week = week_of(utc("2026-10-25T12:00:00"), site(1, 0, "Europe/Madrid"))
    assert week.ends_at - week.starts_at == timedelta(days=7, hours=1)


def test_an_hour_that_clocks_skip_is_the_moment_they_resume() -> None:
    # On 29 March 2026 the clocks of Madrid jump from 2 to 3.
    week = week_of(utc("2026-03-29T12:00:00"), site(0, 2, "Europe/Madrid"))
    assert week.starts_at == utc("2026-03-29T01:00:00")


def test_an_hour_that_clocks_show_twice_counts_the_first_time() -> None:
    # On 25 October 2026 the clocks of Madrid show 2 to 3 twice.
    week = week_of(utc("2026-10-25T00:30:00"), site(0, 2, "Europe/Madrid"))
    assert week.starts_at == utc("2026-10-25T00:00:00")


@pytest.mark.parametrize("zone", ["Nowhere/Land", "", "../etc/passwd"])
def test_an_unknown_zone_counts_as_utc(zone: str) -> None:
    moment = utc("2026-11-21T02:44:00")
    assert week_of(moment, site(3, 4, zone)) == week_of(moment, site(3, 4))


def test_nothing_is_left_when_the_limit_was_lowered() -> None:
    assert Quota(100, 150, utc("2026-11-22T00:00:00")).remaining_bytes == 0


def test_a_source_takes_disk_for_its_copy_its_ladder_and_a_download_if_there_is_one() -> None:
    assert made_of(10, with_download=False) == 30
    assert made_of(10, with_download=True) == 40
    both = room_for(10, 4, with_download=False) + room_for(1, 1, with_download=True)
    assert both == Room(arriving=5, sources=11, made=34)
