"""Sets of whole seconds, kept as the spans they form."""

import math
from collections.abc import Iterable

from lumenhall.domains.engagement.models import Spans


def whole_seconds(ranges: Iterable[tuple[float, float]], duration: int) -> Spans:
    """Return the whole seconds of reported ranges, as far as the video has them.

    Ends are rounded to the nearest second: ranges that touch keep touching, and a hundred
    glimpses of a few frames do not become a hundred seconds.
    """
    rounded = ([_nearest(start, duration), _nearest(end, duration)] for start, end in ranges)
    return unite([], rounded)


def unite(spans: Spans, more: Iterable[list[int]]) -> Spans:
    """Return the seconds that are in `spans` or in `more`."""
    united: Spans = []
    for start, end in sorted([*spans, *more]):
        if start == end:
            continue
        if united and start <= united[-1][1]:
            united[-1][1] = max(united[-1][1], end)
        else:
            united.append([start, end])
    return united


def within(spans: Spans, duration: int) -> Spans:
    """Return the seconds that a video of this length has."""
    return unite([], ([min(start, duration), min(end, duration)] for start, end in spans))


def count(spans: Spans) -> int:
    """Return how many distinct seconds there are."""
    return sum(end - start for start, end in spans)


def _nearest(moment: float, duration: int) -> int:
    return min(math.floor(moment + 0.5), duration)
