"""Progress against a model that is too simple to be wrong: sets of seconds and a few numbers."""

import math
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.engagement.service.advance import NOTHING, Watched, advance, within

START = datetime(2026, 11, 1, tzinfo=UTC)
THRESHOLD = 90


@dataclass
class Model:
    """What a person watched, kept in the most wasteful way."""

    duration: int
    seconds: set[int] = field(default_factory=set)
    towards_view: set[int] = field(default_factory=set)
    watched: int = 0
    position: tuple[datetime, int] = (datetime(1970, 1, 1, tzinfo=UTC), 0)
    completed: bool = False
    views: list[datetime] = field(default_factory=list)

    def hear(self, report: ProgressReport, now: datetime) -> None:
        if report.ranges is None:
            watched = max(self.watched, min(report.watched_seconds, self.duration))
            fresh = set(range(self.watched, watched))
        else:
            fresh = {
                second
                for start, end in report.ranges
                for second in range(math.floor(start + 0.5), math.floor(end + 0.5))
                if second < self.duration
            }
            self.seconds |= fresh
            watched = max(self.watched, len(self.seconds))
        self.watched = watched
        at = min(report.at or now, now)
        if at >= self.position[0]:
            self.position = at, min(report.last_position, self.duration)
        if report.completed or (
            self.duration and Fraction(watched, self.duration) >= Fraction(THRESHOLD, 100)
        ):
            self.completed = True
        if not self.views or now - self.views[-1] >= timedelta(hours=24):
            self.towards_view |= fresh
            enough = min(Fraction(30), Fraction(3, 10) * self.duration)
            if self.towards_view and len(self.towards_view) >= enough:
                self.views.append(now)
                self.towards_view = set()


RANGE = st.tuples(st.floats(0, 130), st.floats(0, 130)).map(sorted)
REPORT = st.builds(
    lambda watched, position, completed, ranges, age: (watched, position, completed, ranges, age),
    st.integers(0, 200),
    st.integers(0, 200),
    st.sampled_from([False] * 9 + [True]),
    st.none() | st.lists(RANGE, max_size=4),
    st.none() | st.integers(-3600, 3600),
)
HISTORY = st.lists(st.tuples(st.integers(0, 200_000), REPORT), max_size=12)


@given(duration=st.integers(0, 120), history=HISTORY)
def test_any_history_of_reports_ends_as_the_model_says(
    duration: int,
    history: list[tuple[int, tuple[int, int, bool, list[list[float]] | None, int | None]]],
) -> None:
    model, state, now, views = Model(duration), NOTHING, START, 0
    for pause, (watched, position, completed, ranges, age) in history:
        now += timedelta(seconds=pause)
        report = ProgressReport(
            watched_seconds=watched,
            duration_seconds=duration,
            last_position=position,
            completed=completed,
            ranges=[(start, end) for start, end in ranges] if ranges is not None else None,
            at=None if age is None else now - timedelta(seconds=age),
        )
        before = state
        state = advance(before, report, duration=duration, threshold=THRESHOLD, now=now)
        views += state.view_counted_at != before.view_counted_at
        model.hear(report, now)
        assert_agree(state, model)
        assert views == len(model.views)
        assert state.completed >= before.completed
        assert state.watched_seconds >= before.watched_seconds
        again = advance(state, report, duration=duration, threshold=THRESHOLD, now=now)
        assert (again.watched_seconds, again.last_position, again.completed, again.spans) == (
            (state.watched_seconds, state.last_position, state.completed, state.spans)
        )


SENT = st.lists(st.tuples(st.integers(0, 3600), RANGE), min_size=1, max_size=8).flatmap(
    lambda sent: st.tuples(st.just(sent), st.permutations([*sent, *sent[:2]]))
)


@given(duration=st.integers(1, 120), sent=SENT)
def test_reports_of_two_devices_end_alike_in_any_order_also_if_some_come_twice(
    duration: int,
    sent: tuple[list[tuple[int, list[float]]], list[tuple[int, list[float]]]],
) -> None:
    def after(reports: list[tuple[int, list[float]]]) -> Watched:
        state = NOTHING
        for age, (start, end) in reports:
            report = ProgressReport(
                watched_seconds=0,
                duration_seconds=duration,
                # Of two reports of one moment the later one counts, so each moment has one place.
                last_position=age % 100,
                ranges=[(start, end)],
                at=START - timedelta(seconds=age),
            )
            state = advance(state, report, duration=duration, threshold=THRESHOLD, now=START)
        return state

    once, again = map(after, sent)
    assert (again.spans, again.watched_seconds, again.completed) == (
        (once.spans, once.watched_seconds, once.completed)
    )
    assert (again.last_position, again.position_at) == (once.last_position, once.position_at)
    assert again.view_counted_at == once.view_counted_at


@given(
    watched=st.integers(0, 500),
    ranges=st.lists(RANGE, max_size=4),
    lengths=st.tuples(st.integers(1, 500), st.integers(1, 120)),
)
def test_what_players_guessed_is_cut_to_the_true_length(
    watched: int, ranges: list[list[float]], lengths: tuple[int, int]
) -> None:
    guessed, true = lengths
    report = ProgressReport(
        watched_seconds=watched,
        duration_seconds=guessed,
        last_position=watched,
        ranges=[(start, end) for start, end in ranges] or None,
    )
    state = within(advance(NOTHING, report, duration=guessed, threshold=THRESHOLD, now=START), true)
    assert max(state.watched_seconds, state.last_position) <= true
    assert all(0 <= start < end <= true for start, end in state.spans)


def assert_agree(state: Watched, model: Model) -> None:
    assert {second for start, end in state.spans for second in range(start, end)} == model.seconds
    assert state.watched_seconds == model.watched
    assert (state.position_at, state.last_position) == model.position
    assert state.completed == model.completed
    assert state.view_counted_at == (model.views[-1] if model.views else None)
