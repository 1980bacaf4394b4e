"""Videos over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import (
    NewVideo,
    Scope,
    Sort,
    Video,
    VideoCard,
    VideoChange,
    VideoMade,
    VideoPlayback,
)
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/api/videos", tags=["library"])


@router.post("", status_code=201)
async def create_video(
    actor: CurrentActor, context: Context, session: Writes, new: NewVideo
) -> VideoMade:
    """Make a video; send its bytes to `upload.url` by tus 1.0.0."""
    shown, upload = await service.create_video(session, context, actor, new)
    video = await service.detail(session, shown, actor, context.signing_key)
    return VideoMade(video=video, upload=service.upload_look(upload))


@router.get("")
async def list_videos(  # noqa: PLR0913 Each is one parameter of the address.
    actor: CurrentActor,
    context: Context,
    session: Reads,
    scope: Scope = Scope.ALL,
    category: Annotated[str | None, Query(max_length=100)] = None,
    sort: Sort = Sort.NEWEST,
    uploader: Annotated[str | None, Query(max_length=100)] = None,
    tag: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 24,
) -> Page[VideoCard]:
    """Videos that everybody can see, or with `scope=mine` all one's own, drafts included."""
    wanted = queries.Wanted(scope, category, sort, uploader, tag)
    found, following = await queries.page_videos(session, actor, wanted, cursor, limit)
    cards = await service.cards(session, found, actor, context.signing_key)
    return Page[VideoCard](items=cards, next_cursor=following)


@router.get("/by-short-id/{short_id}")
async def get_video_by_short_id(
    short_id: str, actor: CurrentActor, context: Context, session: Reads
) -> Video:
    """The video of a short link."""
    shown = await queries.get_by_short_id(session, actor, short_id)
    return await service.detail(session, shown, actor, context.signing_key)


@router.get("/{video_id}")
async def get_video(video_id: UUID, actor: CurrentActor, context: Context, session: Reads) -> Video:
    """A video with its description and, for its owner, the upload that is not finished."""
    shown = await queries.get_visible(session, actor, video_id)
    return await service.detail(session, shown, actor, context.signing_key)


@router.patch("/{video_id}")
async def change_video(
    video_id: UUID, actor: CurrentActor, context: Context, session: Writes, change: VideoChange
) -> Video:
    """Give a video new values; what is absent stays as it is."""
    shown = await service.change_video(session, actor, video_id, change)
    return await service.detail(session, shown, actor, context.signing_key)


@router.delete("/{video_id}", status_code=204)
async def delete_video(video_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete a video, its files and whatever people did with it."""
    await service.delete_video(session, actor, video_id)


@router.post("/{video_id}/retry", status_code=202)
async def retry_video(
    video_id: UUID, actor: CurrentActor, context: Context, session: Writes
) -> Video:
    """Process a video again whose processing failed."""
    shown = await service.retry_video(session, actor, video_id)
    return await service.detail(session, shown, actor, context.signing_key)


@router.get("/{video_id}/playback")
async def get_playback(
    video_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> VideoPlayback:
    """Where the viewer plays the video; the addresses are theirs alone and expire."""
    shown = await queries.get_visible(session, actor, video_id)
    return await service.play(session, shown, actor, context.signing_key)
