"""Where a video stands that is watched together."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.chat.models import PartyState
from lumenhall.domains.chat.service.playing import MILLISECOND, Playing, deed, position_at

THEN = datetime(2026, 5, 1, 20, tzinfo=UTC)
POSITION = st.integers(0, 10**7)
RATE = st.sampled_from([0.25, 0.5, 0.75, 1.0, 1.25, 1.5, 2.0])
PASSED = st.integers(0, 10**7)
STATE = st.sampled_from(PartyState)


@given(POSITION, RATE, PASSED, PASSED)
def test_playing_on_from_where_it_stands_leads_to_the_same_place(
    position: int, rate: float, first: int, second: int
) -> None:
    start = Playing(PartyState.PLAYING, position, rate, THEN)
    between = THEN + first * MILLISECOND
    end = between + second * MILLISECOND
    resumed = Playing(PartyState.PLAYING, position_at(start, between), rate, between)
    assert abs(position_at(start, end) - position_at(resumed, end)) <= 1


@given(POSITION, RATE, PASSED)
def test_it_moves_by_the_time_times_the_rate(position: int, rate: float, passed: int) -> None:
    start = Playing(PartyState.PLAYING, position, rate, THEN)
    moved = position_at(start, THEN + passed * MILLISECOND) - position
    assert abs(moved - passed * rate) <= 1


@given(POSITION, RATE, st.integers(-(10**7), 10**7))
def test_paused_it_stays_where_it_is(position: int, rate: float, passed: int) -> None:
    start = Playing(PartyState.PAUSED, position, rate, THEN)
    assert position_at(start, THEN + passed * MILLISECOND) == position


@given(STATE, POSITION, RATE, st.integers(-(10**7), 10**7), st.integers(0, 10**7))
def test_it_never_goes_back_nor_beyond_the_end(
    state: PartyState, position: int, rate: float, passed: int, length: int
) -> None:
    now = THEN + passed * MILLISECOND
    found = position_at(Playing(state, position, rate, THEN), now, length)
    assert min(position, length) <= found <= length


@given(STATE, STATE, POSITION, POSITION, RATE, RATE)
def test_a_deed_is_named_by_what_it_changes(
    one: PartyState, other: PartyState, here: int, there: int, slow: float, fast: float
) -> None:
    before = Playing(one, here, slow, THEN)
    after = Playing(other, there, fast, THEN + timedelta(seconds=1))
    if one is not other:
        assert deed(before, after) == ("played" if other is PartyState.PLAYING else "paused")
    else:
        assert deed(before, after) == ("sought" if slow == fast else "sped")
