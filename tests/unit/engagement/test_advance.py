"""The rules of progress, each by an example."""

from datetime import UTC, datetime, timedelta

import pytest

from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.engagement.service.advance import NOTHING, Watched, advance

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)


def report(
    position: int = 0,
    watched: int = 0,
    *ranges: tuple[float, float],
    at: datetime | None = None,
    completed: bool = False,
) -> ProgressReport:
    return ProgressReport(
        watched_seconds=watched,
        duration_seconds=100,
        last_position=position,
        completed=completed,
        ranges=list(ranges) if ranges else None,
        at=at,
    )


def after(
    *reports: ProgressReport, before: Watched = NOTHING, duration: int = 100, now: datetime = NOW
) -> Watched:
    for one in reports:
        before = advance(before, one, duration=duration, threshold=90, now=now)
    return before


def test_watched_seconds_keep_the_maximum() -> None:
    assert after(report(10, 40), report(20, 30)).watched_seconds == 40


def test_with_ranges_watched_seconds_count_distinct_seconds() -> None:
    watched = after(report(10, 99, (0, 10)), report(10, 99, (0, 10)), report(15, 99, (5, 15)))
    assert watched.watched_seconds == 15


def test_the_last_position_always_updates() -> None:
    assert after(report(50), report(20)).last_position == 20


def test_the_newest_moment_wins_over_the_order_of_arrival() -> None:
    newer = report(50, at=NOW - MINUTE)
    older = report(20, at=NOW - 2 * MINUTE)
    assert after(newer, older).last_position == 50
    assert after(older, newer).last_position == 50


def test_a_moment_in_the_future_counts_as_now() -> None:
    ahead = after(report(50, at=NOW + DAY))
    assert ahead.position_at == NOW
    assert after(report(20), before=ahead, now=NOW + MINUTE).last_position == 20


def test_late_seconds_count_although_their_position_does_not() -> None:
    watched = after(report(50, 0, (40, 50)), report(10, 0, (0, 10), at=NOW - MINUTE))
    assert (watched.last_position, watched.watched_seconds) == (50, 20)


def test_values_beyond_the_true_duration_are_clamped_to_it() -> None:
    watched = after(report(500, 500))
    assert (watched.last_position, watched.watched_seconds) == (100, 100)
    assert watched.duration_seconds == 100


@pytest.mark.parametrize(("end", "completed"), [(89, False), (90, True), (100, True)])
def test_a_video_completes_at_ninety_percent_of_distinct_seconds(end: int, completed: bool) -> None:
    assert after(report(end, 0, (0, end))).completed is completed


def test_watching_the_same_half_twice_does_not_complete() -> None:
    assert not after(report(50, 0, (0, 50)), report(50, 0, (0, 50))).completed


def test_completed_only_ever_turns_true() -> None:
    assert after(report(100, completed=True), report(0)).completed


def test_a_video_without_length_does_not_complete_by_itself() -> None:
    assert not after(report(0), duration=0).completed


@pytest.mark.parametrize(
    ("duration", "seconds", "counts"),
    [(1000, 29, False), (1000, 30, True), (60, 17, False), (60, 18, True), (1, 1, True)],
)
def test_a_view_takes_the_shorter_of_thirty_seconds_and_thirty_percent(
    duration: int, seconds: int, counts: bool
) -> None:
    watched = after(report(seconds, 0, (0, seconds)), duration=duration)
    assert (watched.view_counted_at is not None) is counts


def test_a_view_takes_distinct_seconds() -> None:
    again = [report(10, 0, (0, 10)) for _ in range(5)]
    assert after(*again, duration=1000).view_counted_at is None
    assert after(*again, report(30, 0, (10, 30)), duration=1000).view_counted_at == NOW


def test_a_second_view_counts_only_after_a_day_and_only_for_new_watching() -> None:
    first = after(report(100, 0, (0, 100)))
    soon = after(report(100, 0, (0, 100)), before=first, now=NOW + DAY - MINUTE)
    assert soon.view_counted_at == NOW
    glimpse = after(report(5, 0, (0, 5)), before=soon, now=NOW + DAY)
    assert glimpse.view_counted_at == NOW
    enough = after(report(30, 0, (5, 30)), before=glimpse, now=NOW + DAY + MINUTE)
    assert enough.view_counted_at == NOW + DAY + MINUTE


def test_without_ranges_what_was_newly_watched_counts_towards_a_view() -> None:
    watched = after(report(20, 20), duration=1000)
    assert watched.view_counted_at is None
    assert after(report(20, 20), before=watched, duration=1000).view_counted_at is None
    assert after(report(31, 31), before=watched, duration=1000).view_counted_at == NOW


@pytest.mark.parametrize(
    ("position", "completed", "resume_at"),
    [(0, False, 0), (2, False, 0), (10, False, 7), (99, True, 0)],
)
def test_playing_goes_on_three_seconds_before_or_starts_over(
    position: int, completed: bool, resume_at: int
) -> None:
    row = WatchProgress(last_position=position, completed=completed)
    assert row.resume_at == resume_at
