"""Playlists of Stream, rewritten so that players ask us for each of their files.

So whoever loses access loses playback within the minute, though Stream sends the bytes: we
answer each question with a redirect to an address that ends soon. A playlist is served where
it lies below the token at Stream, so what it names beside itself needs no change.
"""

import re
from collections.abc import Callable
from urllib.parse import urljoin

_URI = re.compile(r'(\bURI=")([^"]+)(")')
_SUBTITLES = re.compile(r'#EXT-X-MEDIA:[^\n]*\bTYPE=SUBTITLES\b[^\n]*\n?|,SUBTITLES="[^"\n]*"')
_DASH = re.compile(
    r'(\b(?:media|initialization|sourceURL)=")([^"]+)(")|(<BaseURL[^>]*>)([^<]+)(</BaseURL>)'
)
_LEAVES = re.compile(r"\.\./|/|[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def rewrite(text: str, url: str, prefix: str, folder: str) -> str:
    """Return a playlist that was read at `url` with all it names led below `folder`.

    `prefix` is the address below which Stream serves `<token>/<file>`; `folder` takes the
    place of both. What lies elsewhere stays as it is.
    """

    def led_back(address: str) -> str:
        if not _LEAVES.match(address):
            return address
        whole = urljoin(url, address)
        below = whole.removeprefix(f"{prefix}/")
        token, _, file = below.partition("/")
        return f"{folder}/{file}" if below != whole and token and file else whole

    if "<MPD" in text:
        return _DASH.sub(lambda found: _led(found, led_back), text)
    # Captions are ours: a player that had both would offer each language twice.
    lines = _SUBTITLES.sub("", text).splitlines()
    return "\n".join(_line(line, led_back) for line in lines) + "\n"


def _line(line: str, led_back: Callable[[str], str]) -> str:
    if not line.strip():
        return line
    if line.startswith("#"):
        return _URI.sub(lambda found: found[1] + led_back(found[2]) + found[3], line)
    return led_back(line.strip())


def _led(found: re.Match[str], led_back: Callable[[str], str]) -> str:
    before: str
    before, address, after = (group for group in found.groups() if group is not None)
    return before + led_back(address) + after
