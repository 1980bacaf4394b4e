"""Captions of videos: whoever sees a video reads them, whoever may edit it changes them.

A long file takes a second to check, so that is done before the transaction that keeps it.
"""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import queries
from lumenhall.domains.library.policy import can_edit
from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.captions import Cue
from lumenhall.domains.media.models import Asset, Track
from lumenhall.domains.media.schemas import CueList, CuesChange, NewTrack, TrackChange
from lumenhall.platform.db import Database


async def read_cues(
    database: Database, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID
) -> CueList:
    """Return the captions of a track; raises VideoUnknown or TrackNotFound."""
    async with database.read() as session:
        asset = (await queries.get_visible(session, actor, video_id)).asset
        track = await media_queries.get_track(session, asset.id, track_id)
    return await media.list_cues(track)


async def add_captions(
    database: Database, actor: Actor, video_id: uuid.UUID, data: bytes, about: NewTrack
) -> tuple[Asset, Track]:
    """Add a caption file to a video; raises what the checks of `media` refuse."""
    await _demand_editable(database, actor, video_id)
    cues = await media.parse_captions(data)
    async with database.write() as session:
        asset = await _get_editable(session, actor, video_id)
        return asset, await media.add_track(session, asset.id, cues, about)


async def write_captions(
    database: Database, actor: Actor, video_id: uuid.UUID, typed: Sequence[Cue], about: NewTrack
) -> tuple[Asset, Track]:
    """Add captions that were written in the editor; raises as `add_captions`."""
    await _demand_editable(database, actor, video_id)
    cues = await media.check_captions(typed)
    async with database.write() as session:
        asset = await _get_editable(session, actor, video_id)
        return asset, await media.add_track(session, asset.id, cues, about)


async def replace_captions(
    database: Database, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID, data: bytes
) -> tuple[Asset, Track]:
    """Put a file in the place of a track's text; raises as `add_captions`, or TrackNotFound."""
    await _demand_editable(database, actor, video_id)
    cues = await media.parse_captions(data)
    async with database.write() as session:
        asset = await _get_editable(session, actor, video_id)
        return asset, await media.replace_track(session, asset.id, track_id, cues)


async def change_cues(
    database: Database,
    actor: Actor,
    video_id: uuid.UUID,
    track_id: uuid.UUID,
    change: CuesChange,
) -> CueList:
    """Save edited captions and return them as kept; raises what `media.set_cues` refuses."""
    await _demand_editable(database, actor, video_id)
    cues = await media.check_captions([item.cue() for item in change.items])
    async with database.write() as session:
        asset = await _get_editable(session, actor, video_id)
        track = await media.set_cues(session, asset.id, track_id, cues, change.revision)
    return await media.list_cues(track)


async def change_captions(
    session: AsyncSession,
    actor: Actor,
    video_id: uuid.UUID,
    track_id: uuid.UUID,
    change: TrackChange,
) -> tuple[Asset, Track]:
    """Rename captions, make them the default; raises what `media.change_track` refuses."""
    asset = await _get_editable(session, actor, video_id)
    return asset, await media.change_track(session, asset.id, track_id, change)


async def delete_captions(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID
) -> None:
    """Delete captions of a video; raises TrackNotFound."""
    asset = await _get_editable(session, actor, video_id)
    await media.delete_track(session, asset.id, track_id)


async def _demand_editable(database: Database, actor: Actor, video_id: uuid.UUID) -> None:
    async with database.read() as session:
        shown = await queries.get_visible(session, actor, video_id)
    can_edit(actor, shown.video).demand()


async def _get_editable(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Asset:
    video, asset = await queries.get_video(session, actor, video_id)
    can_edit(actor, video).demand()
    return asset
