"""Captions in the words of the Stream API: one for each language of a video."""

import asyncio
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import captions
from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.captions import Cue
from lumenhall.domains.media.models import Track, TrackKind, TrackSource
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.errors import CaptionsNotGenerated, CaptionUnknown

MOST_BYTES = 10 * 1024 * 1024


def caption_object(track: Track) -> dict[str, Any]:
    """Return captions as the API shows them."""
    return {
        "language": track.language,
        "label": track.label,
        "generated": track.source is TrackSource.GENERATED,
        "status": "ready",
    }


def captions_in(tracks: Iterable[Track]) -> dict[str, Track]:
    """Return the captions among the tracks of a video by language, the oldest of each."""
    found: dict[str, Track] = {}
    for track in tracks:
        if track.kind is not TrackKind.CHAPTERS:
            found.setdefault(track.language, track)
    return found


async def caption_of(session: AsyncSession, asset_id: UUID, language: str) -> Track:
    """Return the captions of an asset in a language, with their text; raises CaptionUnknown."""
    tag = media.language_tag(language)
    track = captions_in(await media_queries.list_tracks(session, asset_id)).get(tag)
    if track is None:
        raise CaptionUnknown
    await session.refresh(track, ["body"])
    return track


async def list_captions(
    session: AsyncSession, actor: Actor, place: tuple[str, str]
) -> list[dict[str, Any]]:
    """Return all captions of a video; `place` is account and uid."""
    shown = await queries.get_shown(session, actor, *place)
    tracks = await media_queries.list_tracks(session, shown.asset.id)
    return [caption_object(track) for track in captions_in(tracks).values()]


async def get_caption(
    session: AsyncSession, actor: Actor, place: tuple[str, str], language: str
) -> Track:
    """Return the captions of a video in a language, with their text; raises CaptionUnknown."""
    shown = await queries.get_shown(session, actor, *place)
    return await caption_of(session, shown.asset.id, language)


async def parse_caption(data: bytes) -> list[Cue]:
    """Check a caption file, before a transaction; raises CaptionsInvalid or CaptionsTooLarge."""
    return await asyncio.to_thread(captions.parse, data, MOST_BYTES)


async def put_caption(
    session: AsyncSession, actor: Actor, place: tuple[str, str], language: str, cues: list[Cue]
) -> Track:
    """Keep captions in the place of those of the same language."""
    shown = await queries.get_shown(session, actor, *place)
    tag = media.language_tag(language)
    tracks = await media_queries.list_tracks(session, shown.asset.id)
    if there := captions_in(tracks).get(tag):
        return await media.replace_track(session, shown.asset.id, there.id, cues)
    about = NewTrack(tag, TrackKind.CAPTIONS, label_of(tag))
    return await media.add_track(session, shown.asset.id, cues, about)


async def delete_caption(
    session: AsyncSession, actor: Actor, place: tuple[str, str], language: str
) -> None:
    """Delete the captions of a video in a language; raises CaptionUnknown."""
    shown = await queries.get_shown(session, actor, *place)
    track = await caption_of(session, shown.asset.id, language)
    await media.delete_track(session, shown.asset.id, track.id)


async def generate_caption(session: AsyncSession, actor: Actor, place: tuple[str, str]) -> None:
    """Raise CaptionsNotGenerated: there is no engine that could."""
    await queries.get_shown(session, actor, *place)
    raise CaptionsNotGenerated


def label_of(tag: str) -> str:
    """Return what a language calls itself: Türkçe for `tr`, British English for `en-GB`."""
    first, *rest = tag.split("-")
    try:
        locale = Locale.parse("_".join([first, *rest]))
        names = Locale.parse(first).languages
    except (UnknownLocaleError, ValueError):
        return tag
    name = names.get(str(locale)) or locale.get_display_name() or tag
    return name[:1].upper() + name[1:]
