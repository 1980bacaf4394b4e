import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.media.errors import PlaybackEnded, PlaybackNotFound
from lumenhall.domains.media.grants import Grant, next_expiry, read_grant, write_grant
from lumenhall.platform.kit import clock

KEY = b"key"
ASSET = uuid.UUID(int=1)
NOON = datetime(2026, 11, 21, 12, 1, tzinfo=UTC)


def a_grant() -> Grant:
    return Grant(uuid.UUID(int=2), uuid.UUID(int=3), next_expiry())


def test_a_grant_reads_back() -> None:
    grant = a_grant()
    assert read_grant(KEY, ASSET, write_grant(KEY, ASSET, grant)) == grant


@given(st.uuids(), st.uuids(), st.uuids())
def test_every_grant_fits_an_address(asset: uuid.UUID, user: uuid.UUID, key: uuid.UUID) -> None:
    text = write_grant(KEY, asset, Grant(user, key, next_expiry()))
    assert len(text) == 70
    assert text.replace("-", "").replace("_", "").isalnum()


def test_the_same_viewer_gets_the_same_address_for_hours() -> None:
    with clock.freeze(NOON):
        first = write_grant(KEY, ASSET, a_grant())
    with clock.freeze(NOON + timedelta(hours=2)):
        assert write_grant(KEY, ASSET, a_grant()) == first
    with clock.freeze(NOON + timedelta(hours=3)):
        assert write_grant(KEY, ASSET, a_grant()) != first


@given(st.integers(0, 24 * 3600))
def test_a_grant_lives_for_half_a_day(seconds: int) -> None:
    moment = NOON + timedelta(seconds=seconds)
    with clock.freeze(moment):
        assert timedelta(hours=12) <= next_expiry() - moment <= timedelta(hours=15)


def test_a_grant_ends() -> None:
    with clock.freeze(NOON):
        grant = a_grant()
        text = write_grant(KEY, ASSET, grant)
    with clock.freeze(grant.expires_at - timedelta(seconds=1)):
        read_grant(KEY, ASSET, text)
    with clock.freeze(grant.expires_at), pytest.raises(PlaybackEnded):
        read_grant(KEY, ASSET, text)


def test_a_grant_is_for_one_asset_and_one_key() -> None:
    text = write_grant(KEY, ASSET, a_grant())
    with pytest.raises(PlaybackNotFound):
        read_grant(KEY, uuid.UUID(int=9), text)
    with pytest.raises(PlaybackNotFound):
        read_grant(b"other", ASSET, text)


@given(st.integers(0, 69), st.sampled_from("AZaz09-_=. é\0"))
def test_a_changed_grant_is_refused_or_the_same(place: int, letter: str) -> None:
    grant = a_grant()
    text = write_grant(KEY, ASSET, grant)
    changed = text[:place] + letter + text[place + 1 :]
    try:
        assert read_grant(KEY, ASSET, changed) == grant
    except PlaybackNotFound:
        assert changed != text


@given(st.text(max_size=100))
def test_no_text_but_a_grant_gets_in(text: str) -> None:
    with pytest.raises(PlaybackNotFound):
        read_grant(KEY, ASSET, text)
