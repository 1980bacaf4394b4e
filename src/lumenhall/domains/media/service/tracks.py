"""Caption tracks of an asset."""

import asyncio
import re
import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import captions, queries
from lumenhall.domains.media.errors import LanguageInvalid, TrackExists
from lumenhall.domains.media.events import AssetChanged
from lumenhall.domains.media.models import (
    LABEL_LENGTH,
    LANGUAGE_LENGTH,
    Track,
    TrackKind,
    TrackSource,
)
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.platform.events import announce
from lumenhall.platform.kit.text import one_line

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*",
    re.ASCII,
)
_SCRIPT_LENGTH = 4


async def add_track(
    session: AsyncSession, asset_id: uuid.UUID, data: bytes, about: NewTrack
) -> Track:
    """Check a WebVTT or SRT file and keep it as a track of the asset.

    A default track takes the place of the default of its kind. An embedded or generated track
    replaces the one it was before; an uploaded one of the same kind, language and label as
    another raises TrackExists. Raises CaptionsInvalid or CaptionsTooLarge for the file.
    """
    language = language_tag(about.language)
    label = one_line(about.label or "")[:LABEL_LENGTH] or language
    body = captions.write(await asyncio.to_thread(captions.parse, data))
    asset = await queries.get_asset_for_change(session, asset_id)
    tracks = await queries.list_tracks(session, asset_id)
    same = [t for t in tracks if (t.kind, t.language, t.label) == (about.kind, language, label)]
    if same and about.source is TrackSource.UPLOADED:
        raise TrackExists
    track = same[0] if same else Track(asset_id=asset_id, kind=about.kind, is_default=False)
    track.language, track.label = language, label
    track.source, track.body = about.source, body
    if about.is_default:
        for other in tracks:
            if _share_a_default(other.kind, about.kind):
                other.is_default = False
    track.is_default = about.is_default
    session.add(track)
    await session.flush()
    await announce(session, AssetChanged(asset.id, asset.owner_id))
    return track


async def delete_track(session: AsyncSession, asset_id: uuid.UUID, track_id: uuid.UUID) -> None:
    """Delete a track of the asset; raises TrackNotFound."""
    asset = await queries.get_asset_for_change(session, asset_id)
    await session.delete(await queries.get_track(session, asset_id, track_id))
    await session.flush()
    await announce(session, AssetChanged(asset.id, asset.owner_id))


def language_tag(text: str) -> str:
    """Return a BCP 47 tag in its usual spelling, `pt-BR` for `PT-br`; raises LanguageInvalid."""
    tag = text.strip().replace("_", "-")
    if len(tag) > LANGUAGE_LENGTH or not _LANGUAGE.fullmatch(tag):
        raise LanguageInvalid
    first, *rest = tag.lower().split("-")
    return "-".join([first, *map(_subtag, rest)])


def _subtag(part: str) -> str:
    if len(part) == _SCRIPT_LENGTH:
        return part.title()
    return part.upper() if len(part) < _SCRIPT_LENGTH else part


def _share_a_default(one: TrackKind, other: TrackKind) -> bool:
    return (one is TrackKind.CHAPTERS) == (other is TrackKind.CHAPTERS)
