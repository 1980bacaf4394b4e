"""The rules of PRODUCT 5 without a database: one report applied to what is known so far."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from lumenhall.domains.engagement.models import Spans
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.engagement.service import spans

VIEW_SECONDS = 30
VIEW_PERCENT = 30
VIEW_PAUSE = timedelta(hours=24)
LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Watched:
    """How far a person is with a video; the fields are those of WatchProgress."""

    watched_seconds: int
    last_position: int
    duration_seconds: int
    completed: bool
    spans: Spans
    view_spans: Spans
    view_counted_at: datetime | None
    position_at: datetime


NOTHING = Watched(
    0, 0, 0, completed=False, spans=[], view_spans=[], view_counted_at=None, position_at=LONG_AGO
)


def advance(
    before: Watched, report: ProgressReport, *, duration: int, threshold: int, now: datetime
) -> Watched:
    """Return how far the person is after a report.

    `duration` is the true length in seconds, `threshold` the percentage that completes.
    A view was counted by this report if and only if `view_counted_at` changed.
    """
    if report.ranges is None:
        watched = max(before.watched_seconds, min(report.watched_seconds, duration))
        fresh = [[before.watched_seconds, watched]]
        united = before.spans
    else:
        fresh = spans.whole_seconds(report.ranges, duration)
        united = spans.unite(before.spans, fresh)
        watched = max(before.watched_seconds, spans.count(united))
    at = min(report.at or now, now)
    is_newest = at >= before.position_at
    after = Watched(
        watched_seconds=watched,
        last_position=min(report.last_position, duration) if is_newest else before.last_position,
        duration_seconds=duration,
        completed=before.completed or report.completed or 0 < duration * threshold <= watched * 100,
        spans=united,
        view_spans=before.view_spans,
        view_counted_at=before.view_counted_at,
        position_at=max(at, before.position_at),
    )
    return _towards_a_view(after, fresh, now)


def within(watched: Watched, duration: int) -> Watched:
    """Return the same without what lies beyond the true length, which players only guessed."""
    return replace(
        watched,
        watched_seconds=min(watched.watched_seconds, duration),
        last_position=min(watched.last_position, duration),
        spans=spans.within(watched.spans, duration),
        view_spans=spans.within(watched.view_spans, duration),
    )


def _towards_a_view(watched: Watched, fresh: Spans, now: datetime) -> Watched:
    """Gather seconds until there are enough for a view; those right after one don't count."""
    if watched.view_counted_at is not None and now < watched.view_counted_at + VIEW_PAUSE:
        return watched
    gathered = spans.unite(watched.view_spans, fresh)
    enough = min(VIEW_SECONDS * 100, VIEW_PERCENT * watched.duration_seconds)
    if gathered and spans.count(gathered) * 100 >= enough:
        return replace(watched, view_spans=[], view_counted_at=now)
    return replace(watched, view_spans=gathered)
