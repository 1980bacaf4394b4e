"""Caption tracks of an asset."""

import asyncio
import re
import uuid
from collections.abc import Iterable, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.media import captions, queries
from lumenhall.domains.media.captions import Cue
from lumenhall.domains.media.errors import CaptionsStale, LanguageInvalid, TrackExists
from lumenhall.domains.media.events import AssetChanged, CaptionsChanged
from lumenhall.domains.media.models import (
    LABEL_LENGTH,
    LANGUAGE_LENGTH,
    Asset,
    Track,
    TrackKind,
    TrackSource,
)
from lumenhall.domains.media.schemas import CueList, CueLook, NewTrack, TrackChange
from lumenhall.platform.events import announce
from lumenhall.platform.kit.text import one_line

_LANGUAGE = re.compile(
    r"[A-Za-z]{2,3}(?:-[A-Za-z]{4})?(?:-(?:[A-Za-z]{2}|\d{3}))?"
    r"(?:-(?:[A-Za-z0-9]{5,8}|\d[A-Za-z0-9]{3}))*",
    re.ASCII,
)
_SCRIPT_LENGTH = 4


async def parse_captions(data: bytes) -> list[Cue]:
    """Check a WebVTT or SRT file, before a transaction: a long one takes a second.

    Raises CaptionsInvalid or CaptionsTooLarge.
    """
    return await asyncio.to_thread(captions.parse, data)


async def check_captions(typed: Sequence[Cue]) -> list[Cue]:
    """Check captions from the editor likewise; raises CaptionsInvalid."""
    return await asyncio.to_thread(captions.check, typed)


async def add_track(
    session: AsyncSession, asset_id: uuid.UUID, cues: list[Cue], about: NewTrack
) -> Track:
    """Keep checked captions as a track of the asset; raises LanguageInvalid.

    A default track takes the place of the default of its kind. An embedded or generated track
    replaces the one it was before, unless a person has worked on that; an uploaded one of the
    same kind, language and label as another raises TrackExists.
    """
    language = language_tag(about.language)
    given = Track(
        asset_id=asset_id,
        kind=about.kind,
        language=language,
        label=_label(about.label or "", language),
        source=about.source,
        is_default=about.is_default,
        body=captions.write(cues),
    )
    asset = await queries.get_asset_for_change(session, asset_id)
    tracks = await queries.list_tracks(session, asset_id)
    there = next((track for track in tracks if _are_alike(track, given)), None)
    if there and about.source is TrackSource.UPLOADED:
        raise TrackExists
    if there and there.source is TrackSource.UPLOADED:
        return there
    if there:
        there.source, there.is_default, there.body = given.source, given.is_default, given.body
        given = there
    session.add(given)
    _leave_one_default(given, tracks)
    await _changed(session, asset)
    return given


async def replace_track(
    session: AsyncSession, asset_id: uuid.UUID, track_id: uuid.UUID, cues: list[Cue]
) -> Track:
    """Put the captions of another file in the place of the track's; raises TrackNotFound."""
    asset = await queries.get_asset_for_change(session, asset_id)
    track = await queries.get_track(session, asset_id, track_id)
    track.body, track.source = captions.write(cues), TrackSource.UPLOADED
    await _changed(session, asset)
    return track


async def set_cues(
    session: AsyncSession,
    asset_id: uuid.UUID,
    track_id: uuid.UUID,
    cues: list[Cue],
    revision: str,
) -> Track:
    """Put edited captions in the place of those of `revision`. Safe to repeat.

    Raises CaptionsStale when they are no longer those.
    """
    body = captions.write(cues)
    asset = await queries.get_asset_for_change(session, asset_id)
    track = await queries.get_track(session, asset_id, track_id)
    if track.body == body:
        return track
    if track.revision != revision:
        raise CaptionsStale(revision=track.revision)
    # What a person has worked on is theirs: processing the video again must not undo it.
    track.body, track.source = body, TrackSource.UPLOADED
    await _changed(session, asset)
    return track


async def change_track(
    session: AsyncSession, asset_id: uuid.UUID, track_id: uuid.UUID, change: TrackChange
) -> Track:
    """Give a track new values; raises TrackExists, TrackNotFound or LanguageInvalid."""
    asset = await queries.get_asset_for_change(session, asset_id)
    tracks = await queries.list_tracks(session, asset_id)
    track = await queries.get_track(session, asset_id, track_id)
    if change.language is not None:
        track.language = language_tag(change.language)
    if change.kind is not None:
        track.kind = change.kind
    if change.label is not None:
        track.label = _label(change.label, track.language)
    if any(_are_alike(track, other) for other in tracks if other is not track):
        raise TrackExists
    if change.is_default is not None:
        track.is_default = change.is_default
    _leave_one_default(track, tracks)
    await _changed(session, asset)
    return track


async def delete_track(session: AsyncSession, asset_id: uuid.UUID, track_id: uuid.UUID) -> None:
    """Delete a track of the asset; raises TrackNotFound."""
    asset = await queries.get_asset_for_change(session, asset_id)
    await session.delete(await queries.get_track(session, asset_id, track_id))
    await _changed(session, asset)


async def list_cues(track: Track) -> CueList:
    """Return the captions of a track as they are edited."""
    return await asyncio.to_thread(_list_cues, track.revision, track.body)


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


async def _changed(session: AsyncSession, asset: Asset) -> None:
    await session.flush()
    await announce(session, CaptionsChanged(asset.id, asset.owner_id))
    await announce(session, AssetChanged(asset.id, asset.owner_id))


def _list_cues(revision: str, body: str) -> CueList:
    return CueList(
        revision=revision,
        items=[
            CueLook(
                start_ms=cue.start,
                end_ms=cue.end,
                text=captions.editable(cue.text),
                settings=cue.settings,
            )
            for cue in captions.read(body)
        ],
    )


def _label(text: str, language: str) -> str:
    return one_line(text)[:LABEL_LENGTH] or language


def _are_alike(one: Track, other: Track) -> bool:
    return (one.kind, one.language, one.label) == (other.kind, other.language, other.label)


def _leave_one_default(track: Track, others: Iterable[Track]) -> None:
    for other in others:
        if track.is_default and other is not track and _share_a_default(other.kind, track.kind):
            other.is_default = False


def _share_a_default(one: TrackKind, other: TrackKind) -> bool:
    return (one is TrackKind.CHAPTERS) == (other is TrackKind.CHAPTERS)
