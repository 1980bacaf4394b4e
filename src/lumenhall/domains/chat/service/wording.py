"""Whether a text holds one of the words that admins have listed."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform import options
from lumenhall.platform.kit.words import fold, words_of


@dataclass(frozen=True, slots=True)
class _Listed:
    whole: frozenset[str]
    beginnings: tuple[str, ...]
    phrases: tuple[str, ...]


async def is_bad(session: AsyncSession, text: str) -> bool:
    """Say whether moderators should look at a text."""
    listed = (await options.get(session)).moderation_words
    return holds(text, tuple(listed))


def holds(text: str, listed: Sequence[str]) -> bool:
    """Say whether a text holds a word of the list, blind to case and accents.

    A word with `*` at its end stands for all that begin so; several words for each other's
    company in this order.
    """
    wanted = _parsed(tuple(listed))
    said = [fold(word) for word in words_of(text)]
    line = f" {' '.join(said)} "
    return (
        not wanted.whole.isdisjoint(said)
        or any(word.startswith(wanted.beginnings) for word in said)
        or any(phrase in line for phrase in wanted.phrases)
    )


@lru_cache(maxsize=8)
def _parsed(listed: tuple[str, ...]) -> _Listed:
    whole, beginnings, phrases = [], [], []
    for entry in listed:
        words = [fold(word) for word in words_of(entry)]
        if len(words) > 1:
            phrases.append(f" {' '.join(words)} ")
        elif words and entry.rstrip().endswith("*"):
            beginnings.append(words[0])
        else:
            whole += words
    return _Listed(frozenset(whole), tuple(beginnings), tuple(phrases))
