"""Manifests as the Stream API serves them: with captions, and on request with one picture only."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from lumenhall.domains.media.models import Track

_MPD = "urn:mpeg:dash:schema:mpd:2011"
_STREAM = re.compile(r"^#EXT-X-STREAM-INF:([^\n]*)\n([^\n]+)\n", re.MULTILINE)
_BANDWIDTH = re.compile(r"(?:^|,)BANDWIDTH=(\d+)")
_GROUP = "captions"
_MEGABIT = 1_000_000

ET.register_namespace("", _MPD)


def read_hint(text: str | None) -> float | None:
    """Return how many bits a second a player says it can take; None for what is no number."""
    try:
        hint = float(text or "")
    except ValueError:
        return None
    return hint * _MEGABIT if hint > 0 else None


def nearest(master: str, hint: float | None) -> str:
    """Return a master playlist with only the level that is nearest to a bandwidth."""
    levels = [found for found in _STREAM.finditer(master) if _BANDWIDTH.search(found[1])]
    if hint is None or not levels:
        return master
    best = min(levels, key=lambda found: abs(_bandwidth(found[1]) - hint))
    return _STREAM.sub(lambda found: found[0] if found[0] == best[0] else "", master)


def with_captions(master: str, tracks: Iterable[Track]) -> str:
    """Return a master playlist that names captions too; they lie beside the folder it is in."""
    lines = [
        f'#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="{_GROUP}",NAME="{_quotable(track.label)}",'
        f'LANGUAGE="{track.language}",DEFAULT={"YES" if track.is_default else "NO"},'
        f'AUTOSELECT=YES,URI="../captions/{track.language}.m3u8"\n'
        for track in tracks
    ]
    if not lines:
        return master
    head, begin, rest = master.partition("#EXT-X-STREAM-INF:")
    named = _STREAM.sub(rf'#EXT-X-STREAM-INF:\1,SUBTITLES="{_GROUP}"\n\2\n', begin + rest)
    return head + "".join(lines) + named


def caption_playlist(language: str, seconds: int) -> str:
    """Return the playlist of captions that lie in one file."""
    length = max(seconds, 1)
    return (
        f"#EXTM3U\n#EXT-X-VERSION:3\n#EXT-X-TARGETDURATION:{length}\n#EXT-X-MEDIA-SEQUENCE:0\n"
        f"#EXT-X-PLAYLIST-TYPE:VOD\n#EXTINF:{length}.0,\n{language}.vtt\n#EXT-X-ENDLIST\n"
    )


def dash_below(manifest: str, folder: str, hint: float | None) -> str:
    """Return a DASH manifest whose files lie in `folder`, with one picture if so hinted."""
    # The house itself has written what is read here.
    root = ET.fromstring(manifest)  # noqa: S314
    for base in root.iter(f"{{{_MPD}}}BaseURL"):
        base.text = f"{folder}/{base.text}"
    if hint is not None:
        for pictures in root.iter(f"{{{_MPD}}}AdaptationSet"):
            if pictures.get("contentType") == "video":
                _keep_nearest(pictures, hint)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}\n'


def _keep_nearest(pictures: ET.Element, hint: float) -> None:
    levels = pictures.findall(f"{{{_MPD}}}Representation")
    best = min(levels, key=lambda level: abs(int(level.get("bandwidth", "0")) - hint))
    for level in levels:
        if level is not best:
            pictures.remove(level)


def _bandwidth(attributes: str) -> int:
    found = _BANDWIDTH.search(attributes)
    return int(found[1]) if found else 0


def _quotable(text: str) -> str:
    return text.replace('"', "'")
