"""Captions of videos: whoever sees a video reads them, whoever may edit it changes them."""

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


async def read_cues(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID
) -> CueList:
    """Return the captions of a track; raises VideoUnknown or TrackNotFound."""
    asset = (await queries.get_visible(session, actor, video_id)).asset
    return await media.list_cues(await media_queries.get_track(session, asset.id, track_id))


async def add_captions(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, data: bytes, about: NewTrack
) -> tuple[Asset, Track]:
    """Add a caption file to a video; raises what `media.add_track` refuses."""
    asset = await _get_editable(session, actor, video_id)
    return asset, await media.add_track(session, asset.id, data, about)


async def write_captions(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, cues: Sequence[Cue], about: NewTrack
) -> tuple[Asset, Track]:
    """Add captions that were written in the editor; raises what `media.write_track` refuses."""
    asset = await _get_editable(session, actor, video_id)
    return asset, await media.write_track(session, asset.id, cues, about)


async def replace_captions(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID, data: bytes
) -> tuple[Asset, Track]:
    """Put a file in the place of a track's text; raises what `media.replace_track` refuses."""
    asset = await _get_editable(session, actor, video_id)
    return asset, await media.replace_track(session, asset.id, track_id, data)


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


async def change_cues(
    session: AsyncSession,
    actor: Actor,
    video_id: uuid.UUID,
    track_id: uuid.UUID,
    change: CuesChange,
) -> CueList:
    """Save edited captions and return them as kept; raises what `media.set_cues` refuses."""
    asset = await _get_editable(session, actor, video_id)
    cues = [item.cue() for item in change.items]
    track = await media.set_cues(session, asset.id, track_id, cues, change.revision)
    return await media.list_cues(track)


async def delete_captions(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, track_id: uuid.UUID
) -> None:
    """Delete captions of a video; raises TrackNotFound."""
    asset = await _get_editable(session, actor, video_id)
    await media.delete_track(session, asset.id, track_id)


async def _get_editable(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> Asset:
    video, asset = await queries.get_video(session, actor, video_id)
    can_edit(actor, video).demand()
    return asset
