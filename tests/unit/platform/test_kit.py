import uuid
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id, new_short_id
from lumenhall.platform.kit.paging import CursorInvalid, decode_cursor, encode_cursor
from lumenhall.platform.kit.secrets import hash_secret, new_secret
from lumenhall.platform.kit.text import one_line, slugify


def test_ids_sort_by_the_time_they_were_made() -> None:
    made = [new_id() for _ in range(1000)]
    assert made == sorted(made)
    assert {made_id.version for made_id in made} == {7}


def test_short_ids_do_not_repeat() -> None:
    assert len({new_short_id() for _ in range(10_000)}) == 10_000


def test_a_frozen_clock_answers_utc() -> None:
    moment = datetime(2026, 11, 21, 12, tzinfo=timezone(timedelta(hours=2)))
    with clock.freeze(moment):
        assert clock.now() == moment
        assert clock.now().tzinfo is UTC
    assert clock.now() != moment


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))


@given(TEXTS, st.integers(), st.datetimes(timezones=st.just(UTC)), st.uuids())
def test_a_cursor_gives_back_its_key(
    name: str, number: int, moment: datetime, identifier: uuid.UUID
) -> None:
    number %= 2**53
    key = (name, number, moment, identifier)
    assert decode_cursor(encode_cursor(*key), str, int, datetime, uuid.UUID) == key


@given(st.text(max_size=50))
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(cursor, datetime, uuid.UUID)


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (2**63, int),
        (2**64 - 1, int),
        (10.5, int),
        ("a\0b", str),
        ("0001-01-01T00:00:00+23:59", datetime),
        ("9999-12-31T23:59:59-23:59", datetime),
    ],
)
def test_a_cursor_holds_nothing_that_no_database_does(value: str | float, kind: type) -> None:
    with pytest.raises(CursorInvalid):
        decode_cursor(encode_cursor(value), kind)


@given(st.text())
def test_a_slug_is_lower_case_ascii(text: str) -> None:
    slug = slugify(text)
    assert 0 < len(slug) <= 100
    assert slug == slug.lower()
    assert slug.isascii()
    assert slugify(slug) == slug


def test_one_line_folds_what_would_break_a_line() -> None:
    assert one_line("a\n\tb\u2028c\x00 d ") == "a b c d"


def test_a_stored_hash_does_not_hold_the_secret() -> None:
    secret = new_secret()
    assert secret not in hash_secret(secret)
    assert hash_secret(secret) == hash_secret(secret)
