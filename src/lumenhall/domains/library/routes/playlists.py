"""Playlists over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.identity.queries import get_person
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import (
    ItemPlace,
    MembershipList,
    NewPlaylist,
    PlaylistChange,
    PlaylistLook,
    PlaylistMembership,
    PlaylistScope,
    VideoCard,
)
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/api", tags=["library"])
Cursor = Annotated[str | None, Query(max_length=500)]


@router.get("/playlists")
async def list_playlists(  # noqa: PLR0913 Each is one parameter of the address.
    actor: CurrentActor,
    context: Context,
    session: Reads,
    scope: PlaylistScope = PlaylistScope.MINE,
    owner: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Cursor = None,
    limit: Limit = 24,
) -> Page[PlaylistLook]:
    """One's own playlists, everybody's public ones, or those of `owner` that one may see."""
    owner_id: UUID | None = actor.user_id
    if owner is not None:
        owner_id = (await get_person(session, owner)).id
    elif scope is PlaylistScope.PUBLIC:
        owner_id = None
    found, following = await queries.page_playlists(session, actor, owner_id, cursor, limit)
    looks = await service.playlist_looks(session, found, actor, context.signing_key)
    return Page[PlaylistLook](items=looks, next_cursor=following)


@router.post("/playlists", status_code=201)
async def create_playlist(
    actor: CurrentActor, context: Context, session: Writes, new: NewPlaylist
) -> PlaylistLook:
    """Make a playlist, with a first video if one is named."""
    playlist_id = await service.create_playlist(session, actor, new)
    shown = await queries.get_playlist(session, actor, playlist_id)
    return (await service.playlist_looks(session, [shown], actor, context.signing_key))[0]


@router.get("/playlists/{playlist_id}")
async def get_playlist(
    playlist_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> PlaylistLook:
    """A playlist; its videos have a list of their own."""
    shown = await queries.get_playlist(session, actor, playlist_id)
    return (await service.playlist_looks(session, [shown], actor, context.signing_key))[0]


@router.patch("/playlists/{playlist_id}")
async def change_playlist(
    playlist_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    change: PlaylistChange,
) -> PlaylistLook:
    """Give a playlist new values; what is absent stays as it is."""
    await service.change_playlist(session, actor, playlist_id, change)
    shown = await queries.get_playlist(session, actor, playlist_id)
    return (await service.playlist_looks(session, [shown], actor, context.signing_key))[0]


@router.delete("/playlists/{playlist_id}", status_code=204)
async def delete_playlist(playlist_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete a playlist; the videos stay."""
    await service.delete_playlist(session, actor, playlist_id)


@router.get("/playlists/{playlist_id}/items")
async def list_items(
    playlist_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Reads,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> Page[VideoCard]:
    """The videos of a playlist, in its order."""
    shown = await queries.get_playlist(session, actor, playlist_id)
    found, following = await queries.page_items(session, actor, shown.playlist.id, cursor, limit)
    cards = await service.cards(session, found, actor, context.signing_key)
    return Page[VideoCard](items=cards, next_cursor=following)


@router.put("/playlists/{playlist_id}/items/{video_id}", status_code=204)
async def add_item(playlist_id: UUID, video_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Put a video at the end of a playlist, unless it is in it."""
    await service.add_to_playlist(session, actor, playlist_id, video_id)


@router.delete("/playlists/{playlist_id}/items/{video_id}", status_code=204)
async def remove_item(
    playlist_id: UUID, video_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """Take a video out of a playlist."""
    await service.remove_from_playlist(session, actor, playlist_id, video_id)


@router.put("/playlists/{playlist_id}/items/{video_id}/position", status_code=204)
async def move_item(
    playlist_id: UUID, video_id: UUID, actor: CurrentActor, session: Writes, place: ItemPlace
) -> None:
    """Put a video of a playlist behind another one of it, or first."""
    await service.move_in_playlist(session, actor, playlist_id, video_id, place.after)


@router.put("/watch-later/{video_id}", status_code=204)
async def watch_later(video_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Put a video into the list of what to watch later."""
    await service.watch_later(session, actor, video_id)


@router.delete("/watch-later/{video_id}", status_code=204)
async def not_later(video_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Take a video out of the list of what to watch later."""
    await service.not_later(session, actor, video_id)


@router.get("/videos/{video_id}/playlists")
async def list_memberships(video_id: UUID, actor: CurrentActor, session: Reads) -> MembershipList:
    """One's own playlists, and whether the video is in each."""
    video = (await queries.get_visible(session, actor, video_id)).video
    found = await queries.list_memberships(session, actor.user_id, video.id)
    return MembershipList(
        items=[
            PlaylistMembership(
                id=playlist.id,
                kind=playlist.kind,
                title=playlist.title,
                is_public=playlist.is_public,
                contains=is_in,
            )
            for playlist, is_in in found
        ]
    )
