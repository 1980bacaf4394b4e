"""What a report of progress may not be."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from lumenhall.domains.engagement.schemas import LARGEST_SECONDS, MOST_RANGES, ProgressReport

GOOD: dict[str, Any] = {"watched_seconds": 1, "duration_seconds": 2, "last_position": 1}


@pytest.mark.parametrize("name", ["watched_seconds", "duration_seconds", "last_position"])
@pytest.mark.parametrize(
    "value", [-1, LARGEST_SECONDS + 1, 1.5, float("nan"), float("inf"), "1", True, None]
)
def test_seconds_are_whole_numbers_that_a_video_may_have(name: str, value: object) -> None:
    with pytest.raises(ValidationError):
        ProgressReport(**{**GOOD, name: value})


@pytest.mark.parametrize(
    "ranges",
    [
        [[-1, 2]],
        [[2, 1]],
        [[0, float("nan")]],
        [[0, float("inf")]],
        [[0, LARGEST_SECONDS + 1]],
        [[0]],
        [[0, 1, 2]],
        [["0", "1"]],
        [[0, 1]] * (MOST_RANGES + 1),
    ],
)
def test_ranges_run_forwards_within_what_a_video_may_have(ranges: object) -> None:
    with pytest.raises(ValidationError):
        ProgressReport(**GOOD, ranges=ranges)


@pytest.mark.parametrize("at", ["yesterday", "2026-11-21T12:00:00", "0001-01-01T00:00:00+05:00"])
def test_the_moment_has_a_time_zone_and_lies_in_our_age(at: str) -> None:
    with pytest.raises(ValidationError):
        ProgressReport(**GOOD, at=at)


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 1e6)).map(sorted), max_size=5))
def test_fractions_of_seconds_are_fine_in_ranges(ranges: list[list[float]]) -> None:
    assert ProgressReport(**GOOD, ranges=ranges).ranges is not None
