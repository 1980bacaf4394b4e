"""What the file of a video is called where people save it.

The domains above know its title; they say so with `@names`.
"""

import re
import unicodedata
import uuid
from collections.abc import Awaitable, Callable
from pathlib import PurePath
from typing import TypeAlias
from urllib.parse import quote

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media.models import Asset

NameRule: TypeAlias = "Callable[[AsyncSession, uuid.UUID], Awaitable[str | None]]"

NAMELESS = "video"
# File systems take 255 bytes; the rest is for what browsers add, such as ` (1)`.
_MOST_BYTES = 200
# What some file system refuses, and what turns the reading direction and so hides an ending.
_REFUSED = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]+')
_rules: list[NameRule] = []


def names(rule: NameRule) -> NameRule:
    """Register `rule(session, asset_id)`, which returns the title of an asset if it knows one."""
    if rule not in _rules:
        _rules.append(rule)
    return rule


async def title_of(session: AsyncSession, asset: Asset) -> str:
    """Return the title of an asset, else the name of the file that it was made from."""
    for rule in _rules:
        if title := await rule(session, asset.id):
            return title
    return PurePath(asset.original_filename).stem


def attachment(title: str, suffix: str) -> str:
    """Return the Content-Disposition of a file to save, the name in ASCII and whole (RFC 6266)."""
    name = file_name(title)
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = " ".join(plain.replace("%", "-").split()) or NAMELESS
    whole = quote(name + suffix, safe="")
    return f"attachment; filename=\"{plain}{suffix}\"; filename*=UTF-8''{whole}"


def file_name(title: str) -> str:
    """Return a title as a name that every file system takes, without an ending."""
    name = " ".join(_REFUSED.sub(" ", title).split()).strip(". ")
    short = name.encode()[:_MOST_BYTES].decode(errors="ignore").rstrip(". ")
    return short or NAMELESS
