"""Words of a text as a search compares them: without case, accents and endings.

Texts carry no language, so each word is reduced both as English and as Spanish, the languages
of the pages. Doing this here and not in a database makes all engines find the same.
"""

import re
import threading
import unicodedata
from functools import lru_cache

import snowballstemmer

LONGEST = 40
_WORD = re.compile(r"[^\W_]+")
_ACCENT = re.compile(r"[\u0300-\u036f]")
# A stemmer keeps the word it works on in itself.
_lock = threading.Lock()
_stemmers = [snowballstemmer.stemmer(language) for language in ("english", "spanish")]


def words_of(text: str) -> list[str]:
    """Return the words of a text in its order, blind to case, accents kept."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return [word[:LONGEST] for word in _WORD.findall(plain)]


def forms_of(word: str) -> frozenset[str]:
    """Return what a word of `words_of` is found by: itself and its stems, without accents."""
    return stems_of(word) | {fold(word)}


@lru_cache(maxsize=50_000)
def stems_of(word: str) -> frozenset[str]:
    """Return the stems of a word: what it has in common with its other forms."""
    with _lock:
        return frozenset(fold(stemmer.stemWord(word)) for stemmer in _stemmers)


def fold(text: str) -> str:
    """Return a text without its accents; its lines stay where they are."""
    return unicodedata.normalize("NFC", _ACCENT.sub("", unicodedata.normalize("NFD", text)))
