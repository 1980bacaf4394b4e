"""Passwords: Argon2id in threads of their own, and the common ones refused.

Hashing takes a tenth of a second and 64 MiB on purpose. It never runs inside a transaction
that writes, which on SQLite would hold up everybody else.
"""

import asyncio
import string
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib import resources
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lumenhall.domains.identity.errors import PasswordTooCommon

T = TypeVar("T")

FEWEST_DIFFERENT = 5
MOST_DECORATION = 10
ROWS = ("0123456789" * 3, "abcdefghijklmnopqrstuvwxyz" * 2, "qwertyuiopasdfghjklzxcvbnm" * 2)
DECORATION = string.digits + string.punctuation + string.whitespace

hasher = PasswordHasher()
# Two at once bound the memory that a flood of sign-ins can take.
_threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")


async def hash_password(password: str) -> str:
    """Return the Argon2id hash to store."""
    return await _in_thread(lambda: hasher.hash(password))


async def password_matches(password_hash: str | None, password: str) -> bool:
    """Say whether the password belongs to the hash; without a hash, no, after the same time."""
    return await _in_thread(lambda: _matches(password_hash, password))


def is_outdated(password_hash: str) -> bool:
    """Say whether the hash was made with other parameters than are used now."""
    return hasher.check_needs_rehash(password_hash)


def refuse_common(password: str, about: Iterable[str] = ()) -> None:
    """Raise PasswordTooCommon for what others would try first.

    That is a common password, also with digits and signs around it; names of the person or
    the site (`about`); very few different characters; or keys in a row.
    """
    plain = password.casefold()
    core = plain.strip(DECORATION)
    names = {name.casefold() for name in about}

    def is_easy(text: str) -> bool:
        return text in _common_passwords() or text in names

    if (
        is_easy(plain)
        or (is_easy(core) and len(plain) - len(core) < MOST_DECORATION)
        or len(set(plain)) < FEWEST_DIFFERENT
        or any(plain in row or plain in row[::-1] for row in ROWS)
    ):
        raise PasswordTooCommon(field="password")


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        hasher.verify(password_hash or _nobodys_hash(), password)
    except (VerificationError, InvalidHashError):
        return False
    return password_hash is not None


@lru_cache(maxsize=1)
def _nobodys_hash() -> str:
    return hasher.hash("")


@lru_cache(maxsize=1)
def _common_passwords() -> frozenset[str]:
    text = resources.files(__package__).joinpath("common_passwords.txt").read_text("utf-8")
    return frozenset(line for line in text.splitlines() if not line.startswith("#"))


async def _in_thread(function: Callable[[], T]) -> T:
    return await asyncio.get_running_loop().run_in_executor(_threads, function)
