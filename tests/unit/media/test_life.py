from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.media import life
from lumenhall.domains.media.errors import AssetStateConflict
from lumenhall.domains.media.models import AssetStatus

STATES = list(AssetStatus)
ENDS = {AssetStatus.READY, AssetStatus.ERROR}


def test_the_usual_way_is_open() -> None:
    way = [AssetStatus.PENDING_UPLOAD, AssetStatus.QUEUED, AssetStatus.IN_PROGRESS]
    for end in ENDS:
        full = [*way, end]
        assert all(life.move(a, b) for a, b in pairwise(full))


@pytest.mark.parametrize("current", STATES)
@pytest.mark.parametrize("following", STATES)
def test_of_two_different_states_at_most_one_way_is_forward(
    current: AssetStatus, following: AssetStatus
) -> None:
    assert not (life.is_forward(current, following) and life.is_forward(following, current))
    if current is following:
        assert life.move(current, following) is False
    elif life.is_forward(current, following):
        assert life.move(current, following) is True
    else:
        with pytest.raises(AssetStateConflict):
            life.move(current, following)


@given(st.lists(st.sampled_from(STATES), max_size=12))
def test_whatever_is_asked_the_state_never_goes_back(wishes: list[AssetStatus]) -> None:
    current, been = AssetStatus.PENDING_UPLOAD, [AssetStatus.PENDING_UPLOAD]
    for wish in wishes:
        try:
            moved = life.move(current, wish)
        except AssetStateConflict:
            continue
        if moved:
            current = wish
            been.append(wish)
    assert len(been) == len(set(been))
    assert sum(state in ENDS for state in been) <= 1


@pytest.mark.parametrize("state", STATES)
def test_only_an_end_may_be_processed_again(state: AssetStatus) -> None:
    if state in ENDS:
        life.demand_end(state)
    else:
        with pytest.raises(AssetStateConflict):
            life.demand_end(state)
