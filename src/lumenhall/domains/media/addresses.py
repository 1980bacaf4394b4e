"""Which file an address below `/media/<grant>/<asset_id>/` means: names from a list, never paths.

master.m3u8              the best there is now
poster.jpg               the picture of the video
download.mp4             the video in one file
captions/<track>.vtt     captions
<version>/<file>         a file of outputs that are published, previewed or just replaced
remote/<path>            a file at the provider of a video that does not lie here
"""

import re
import uuid
from dataclasses import dataclass
from typing import TypeAlias

from lumenhall.domains.media.models import REMOTE, Asset

MASTER = "master.m3u8"
POSTER = "poster.jpg"
DOWNLOAD = "download.mp4"
STORYBOARD = "storyboard.vtt"
_OUTPUT = re.compile(
    r"(?P<version>[A-Za-z0-9][A-Za-z0-9_-]{0,63}(?:/[A-Za-z0-9][A-Za-z0-9_-]{0,63}){0,2})"
    r"/(?P<file>[A-Za-z0-9][A-Za-z0-9_-]{0,63}\.(?:m3u8|mpd|mp4|m4s|jpg|vtt))",
    re.ASCII,
)
_REMOTE = re.compile(
    rf"{REMOTE}/((?:[A-Za-z0-9_-][A-Za-z0-9._~-]{{0,499}}/){{0,7}}"
    r"[A-Za-z0-9_-][A-Za-z0-9._~-]{0,499})",
    re.ASCII,
)
_CAPTIONS = re.compile(r"captions/([0-9a-f-]{36})\.vtt", re.ASCII)


@dataclass(frozen=True, slots=True)
class Output:
    """A file of one version of the outputs."""

    version: str
    file: str


@dataclass(frozen=True, slots=True)
class Captions:
    """The text of a track."""

    track_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class Named:
    """One of the names that always mean the newest: master, poster, download."""

    file: str


@dataclass(frozen=True, slots=True)
class Remote:
    """A file of a video at its provider, by its path there."""

    path: str


Meant: TypeAlias = Output | Captions | Named | Remote


def read_name(name: str) -> Meant | None:
    """Return what is meant, None when the name is not on the list."""
    if name in {MASTER, POSTER, DOWNLOAD}:
        return Named(name)
    if found := _REMOTE.fullmatch(name):
        return Remote(found[1])
    if found := _CAPTIONS.fullmatch(name):
        return _captions(found[1])
    if (found := _OUTPUT.fullmatch(name)) and found["file"] != DOWNLOAD:
        return Output(found["version"], found["file"])
    return None


def served_prefix(asset: Asset, version: str) -> str | None:
    """Return where a version lies, None when it may not be served."""
    prefix = f"{asset.folder}/{version}"
    served = {asset.published_prefix, asset.preview_prefix, *asset.retired_prefixes}
    return prefix if prefix in served else None


def version_of(asset: Asset, prefix: str) -> str:
    """Return the part of a prefix that addresses name."""
    return prefix.removeprefix(f"{asset.folder}/")


def _captions(text: str) -> Captions | None:
    try:
        return Captions(uuid.UUID(text))
    except ValueError:
        return None
