"""Spans against plain sets of seconds."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.engagement.service import spans

DURATION = 40
SPAN = st.tuples(st.integers(0, DURATION), st.integers(0, DURATION)).map(sorted)


def seconds_of(ranges: list[list[int]]) -> set[int]:
    return {second for start, end in ranges for second in range(start, end)}


@given(st.lists(SPAN, max_size=20), st.lists(SPAN, max_size=20))
def test_uniting_is_the_union_of_the_seconds(some: list[list[int]], more: list[list[int]]) -> None:
    united = spans.unite(spans.unite([], some), more)
    assert seconds_of(united) == seconds_of(some) | seconds_of(more)
    assert spans.count(united) == len(seconds_of(some) | seconds_of(more))


@given(st.lists(SPAN, max_size=20))
def test_spans_are_sorted_apart_and_not_empty(some: list[list[int]]) -> None:
    united = spans.unite([], some)
    assert all(start < end for start, end in united)
    assert all(one[1] < other[0] for one, other in pairwise(united))


@given(st.lists(SPAN, max_size=20), st.lists(SPAN, max_size=20))
def test_uniting_changes_neither_of_its_arguments(
    some: list[list[int]], more: list[list[int]]
) -> None:
    before = [list(span) for span in some], [list(span) for span in more]
    spans.unite(some, more)
    assert (some, more) == before


def test_ranges_that_touch_in_the_middle_of_a_second_stay_in_one_piece() -> None:
    parts = [(0.0, 10.4), (10.4, 20.6), (20.6, 31.2)]
    assert spans.whole_seconds(parts, 60) == [[0, 31]]


def test_glimpses_do_not_become_seconds() -> None:
    glimpses = [(at + 0.1, at + 0.3) for at in range(50)]
    assert spans.whole_seconds(glimpses, 60) == []


def test_what_lies_beyond_the_video_is_cut_off() -> None:
    assert spans.whole_seconds([(50.0, 70.0), (80.0, 90.0)], 60) == [[50, 60]]
