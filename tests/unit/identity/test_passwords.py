"""Which passwords are refused, and how they are hashed."""

import pytest

from lumenhall.domains.identity.errors import PasswordTooCommon
from lumenhall.domains.identity.service import hash_password, passwords
from lumenhall.domains.identity.service.passwords import (
    _common_passwords,
    hasher,
    is_outdated,
    password_matches,
    refuse_common,
)
from tests.factories.people import CHEAP

ABOUT = ("ann.lee", "ann.lee@example.org", "Ann Lee", "Our Hall")


@pytest.mark.parametrize(
    "password",
    [
        "1234567890",
        "qwertyuiop",
        "QwertyUiop",
        "password123",
        "Password!2026",
        "...dragon99...",
        "ann.lee2026",
        "Ann.Lee@Example.org",
        "Our Hall 1!",
        "aaaaaaaaaaaaaaa",
        "abcabcabcabcabc",
        "12345678901234",
        "98765432109876",
        "zyxwvutsrqpo",
        "asdfghjklzxcvb",
    ],
)
def test_what_others_would_try_first_is_refused(password: str) -> None:
    with pytest.raises(PasswordTooCommon):
        refuse_common(password, ABOUT)


@pytest.mark.parametrize(
    "password",
    [
        "tulips on the old canal",
        "correct horse battery staple",
        "x7$kQ9!mZ2",
        "8316075529",
        "dragon" + "7" * 3 + "!$%&/" + "1234",
        "ünïcödé pässwörd",
    ],
)
def test_other_passwords_are_taken(password: str) -> None:
    refuse_common(password, ABOUT)


def test_there_are_ten_thousand_common_passwords_and_no_comment_among_them() -> None:
    common = _common_passwords()
    assert len(common) >= 10_000
    assert not any("copyright" in one.lower() for one in common)
    assert "#" not in common


@pytest.fixture(autouse=True)
def _forget_cheap_hash() -> None:
    passwords._nobodys_hash.cache_clear()


async def test_hashes_are_argon2id_with_parameters_that_are_worth_it() -> None:
    password_hash = await hash_password("tulips on the old canal")

    assert password_hash.startswith("$argon2id$")
    assert hasher.memory_cost >= 19 * 1024
    assert await password_matches(password_hash, "tulips on the old canal")
    assert not await password_matches(password_hash, "tulips on the old canaL")
    assert not await password_matches(None, "")
    assert not is_outdated(password_hash)
    assert is_outdated(CHEAP.hash("x"))


async def test_a_damaged_hash_matches_nothing() -> None:
    assert not await password_matches("not a hash", "not a hash")
