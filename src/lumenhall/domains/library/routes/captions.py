"""Captions of videos over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, Form, UploadFile

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import CaptionList
from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.captions import MAX_BYTES
from lumenhall.domains.media.models import TrackKind
from lumenhall.domains.media.schemas import (
    CueList,
    CuesChange,
    NewCues,
    NewTrack,
    TrackChange,
    TrackView,
)
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/api/videos/{video_id}/captions", tags=["library"])


@router.get("")
async def list_captions(
    video_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> CaptionList:
    """The caption tracks of a video."""
    asset = (await queries.get_visible(session, actor, video_id)).asset
    tracks = await media_queries.list_tracks(session, asset.id)
    return CaptionList(items=media.track_views(asset, tracks, actor, context.signing_key))


@router.post("", status_code=201)
async def add_captions(  # noqa: PLR0913 Each is one field of the form.
    video_id: UUID,
    actor: CurrentActor,
    context: Context,
    file: Annotated[UploadFile, File()],
    language: Annotated[str, Form(max_length=100)],
    kind: Annotated[TrackKind, Form()] = TrackKind.SUBTITLES,
    label: Annotated[str | None, Form(max_length=500)] = None,
    is_default: Annotated[bool, Form()] = False,
) -> TrackView:
    """Add a WebVTT or SRT file."""
    about = NewTrack(language, kind, label, is_default)
    data = await file.read(MAX_BYTES + 1)
    asset, track = await service.add_captions(context.database, actor, video_id, data, about)
    return media.track_views(asset, [track], actor, context.signing_key)[0]


@router.post("/written", status_code=201)
async def write_captions(
    video_id: UUID, actor: CurrentActor, context: Context, new: NewCues
) -> TrackView:
    """Add captions or chapters that were written here, not uploaded."""
    about = NewTrack(new.language, new.kind, new.label, new.is_default)
    cues = [item.cue() for item in new.items]
    asset, track = await service.write_captions(context.database, actor, video_id, cues, about)
    return media.track_views(asset, [track], actor, context.signing_key)[0]


@router.put("/{track_id}")
async def replace_captions(
    video_id: UUID,
    track_id: UUID,
    actor: CurrentActor,
    context: Context,
    file: Annotated[UploadFile, File()],
) -> TrackView:
    """Put a WebVTT or SRT file in the place of a track's text."""
    data = await file.read(MAX_BYTES + 1)
    asset, track = await service.replace_captions(context.database, actor, video_id, track_id, data)
    return media.track_views(asset, [track], actor, context.signing_key)[0]


@router.patch("/{track_id}")
async def change_captions(
    video_id: UUID,
    track_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    change: TrackChange,
) -> TrackView:
    """Rename captions, change their language or kind, make them the default."""
    asset, track = await service.change_captions(session, actor, video_id, track_id, change)
    return media.track_views(asset, [track], actor, context.signing_key)[0]


@router.get("/{track_id}/cues")
async def list_cues(
    video_id: UUID, track_id: UUID, actor: CurrentActor, context: Context
) -> CueList:
    """The captions of a track one by one."""
    return await service.read_cues(context.database, actor, video_id, track_id)


@router.put("/{track_id}/cues")
async def change_cues(
    video_id: UUID, track_id: UUID, actor: CurrentActor, context: Context, change: CuesChange
) -> CueList:
    """Save edited captions; 409 when somebody else has saved others in the meantime."""
    return await service.change_cues(context.database, actor, video_id, track_id, change)


@router.delete("/{track_id}", status_code=204)
async def delete_captions(
    video_id: UUID, track_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """Delete a caption track."""
    await service.delete_captions(session, actor, video_id, track_id)
