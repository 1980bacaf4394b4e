"""Making playlists and putting videos into them; every change is safe to repeat."""

import uuid
from collections.abc import Collection

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library import queries
from lumenhall.domains.library.errors import PlaylistFull, TooManyPlaylists
from lumenhall.domains.library.events import PlaylistChanged
from lumenhall.domains.library.models import (
    MOST_IN_PLAYLIST,
    MOST_PLAYLISTS,
    Playlist,
    PlaylistItem,
    PlaylistKind,
)
from lumenhall.domains.library.policy import can_delete_playlist, can_edit_playlist
from lumenhall.domains.library.queries import PlaylistShown
from lumenhall.domains.library.schemas import NewPlaylist, PlaylistChange, PlaylistLook
from lumenhall.domains.library.service.showing import cards
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id


async def create_playlist(session: AsyncSession, actor: Actor, new: NewPlaylist) -> uuid.UUID:
    """Make a playlist and return its id; raises TooManyPlaylists or VideoUnknown."""
    if await queries.count_playlists(session, actor.user_id) >= MOST_PLAYLISTS:
        raise TooManyPlaylists
    playlist = Playlist(
        owner_id=actor.user_id,
        title=new.title,
        description=new.description,
        is_public=new.is_public,
    )
    session.add(playlist)
    await session.flush()
    if new.video_id is not None:
        await _put(session, actor, playlist, new.video_id)
    await _changed(session, playlist)
    return playlist.id


async def change_playlist(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID, change: PlaylistChange
) -> None:
    """Give a playlist new values; raises PlaylistUnknown, NotYourPlaylist or PlaylistStays."""
    playlist = await _get_own(session, actor, playlist_id)
    if playlist.kind is PlaylistKind.WATCH_LATER:
        can_delete_playlist(actor, playlist).demand()
    for name in change.model_fields_set:
        if (value := getattr(change, name)) is not None:
            setattr(playlist, name, value)
    await session.flush()
    await _changed(session, playlist)


async def delete_playlist(session: AsyncSession, actor: Actor, playlist_id: uuid.UUID) -> None:
    """Delete a playlist, not its videos; PlaylistUnknown, NotYourPlaylist or PlaylistStays."""
    playlist = await queries.get_playlist_for_change(session, actor, playlist_id)
    can_delete_playlist(actor, playlist).demand()
    await session.delete(playlist)
    await session.flush()
    await _changed(session, playlist)


async def add_to_playlist(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID, video_id: uuid.UUID
) -> None:
    """Put a video at the end, unless it is in the list; VideoUnknown or PlaylistFull."""
    playlist = await _get_own(session, actor, playlist_id)
    await _put(session, actor, playlist, video_id)
    await _changed(session, playlist)


async def remove_from_playlist(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID, video_id: uuid.UUID
) -> None:
    """Take a video out of the list, if it is there."""
    playlist = await _get_own(session, actor, playlist_id)
    await session.execute(
        delete(PlaylistItem).where(
            PlaylistItem.playlist_id == playlist.id, PlaylistItem.video_id == video_id
        )
    )
    await _changed(session, playlist)


async def move_in_playlist(
    session: AsyncSession,
    actor: Actor,
    playlist_id: uuid.UUID,
    video_id: uuid.UUID,
    after: uuid.UUID | None,
) -> None:
    """Put a video of the list behind another one of it, or first; raises NotInPlaylist."""
    playlist = await _get_own(session, actor, playlist_id)
    item = await queries.get_item(session, playlist.id, video_id)
    if after == video_id:
        return
    place = 0
    if after is not None:
        place = (await queries.get_item(session, playlist.id, after)).position + 1
    await session.execute(
        update(PlaylistItem)
        .where(PlaylistItem.playlist_id == playlist.id, PlaylistItem.position >= place)
        .values(position=PlaylistItem.position + 1)
        .execution_options(synchronize_session=False)
    )
    await session.execute(
        update(PlaylistItem)
        .where(PlaylistItem.playlist_id == playlist.id, PlaylistItem.video_id == item.video_id)
        .values(position=place)
        .execution_options(synchronize_session=False)
    )
    await _changed(session, playlist)


async def watch_later(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> None:
    """Put a video into the list that everybody has; raises VideoUnknown or PlaylistFull."""
    await _make_watch_later(session, actor)
    playlist_id = await queries.get_watch_later_id(session, actor.user_id)
    await add_to_playlist(session, actor, playlist_id, video_id)


async def not_later(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> None:
    """Take a video out of that list, if it is there."""
    await _make_watch_later(session, actor)
    playlist_id = await queries.get_watch_later_id(session, actor.user_id)
    await remove_from_playlist(session, actor, playlist_id, video_id)


async def playlist_looks(
    session: AsyncSession, found: Collection[PlaylistShown], actor: Actor, key: bytes
) -> list[PlaylistLook]:
    """Return playlists as replies show them; `key` signs the addresses of pictures."""
    firsts = [shown.first_video_id for shown in found if shown.first_video_id]
    rows = await queries.list_shown(session, actor, firsts)
    videos = {video.id: video for video in await cards(session, rows, actor, key)}
    return [
        PlaylistLook(
            id=shown.playlist.id,
            kind=shown.playlist.kind,
            title=shown.playlist.title,
            description=shown.playlist.description,
            is_public=shown.playlist.is_public,
            owner=PersonLook.model_validate(shown.owner),
            video_count=shown.video_count,
            first_video=shown.first_video_id and videos.get(shown.first_video_id),
            updated_at=shown.playlist.updated_at,
            can_edit=bool(can_edit_playlist(actor, shown.playlist)),
            can_delete=bool(can_delete_playlist(actor, shown.playlist)),
        )
        for shown in found
    ]


async def _make_watch_later(session: AsyncSession, actor: Actor) -> None:
    """Make the list that everybody has, unless it is there."""
    await session.execute(
        insert_into(session, Playlist)
        .values(
            id=new_id(),
            owner_id=actor.user_id,
            kind=PlaylistKind.WATCH_LATER,
            title="",
            description="",
            is_public=False,
        )
        .on_conflict_do_nothing()
    )


async def _get_own(session: AsyncSession, actor: Actor, playlist_id: uuid.UUID) -> Playlist:
    playlist = await queries.get_playlist_for_change(session, actor, playlist_id)
    can_edit_playlist(actor, playlist).demand()
    return playlist


async def _put(
    session: AsyncSession, actor: Actor, playlist: Playlist, video_id: uuid.UUID
) -> None:
    await queries.get_visible(session, actor, video_id)
    count, end = await queries.measure_playlist(session, playlist.id)
    if count >= MOST_IN_PLAYLIST:
        raise PlaylistFull
    await session.execute(
        insert_into(session, PlaylistItem)
        .values(playlist_id=playlist.id, video_id=video_id, position=end, added_at=clock.now())
        .on_conflict_do_nothing()
    )


async def _changed(session: AsyncSession, playlist: Playlist) -> None:
    """Let the list come first among its owner's, and tell their open pages."""
    await session.execute(
        update(Playlist)
        .where(Playlist.id == playlist.id)
        .values(updated_at=clock.now())
        .execution_options(synchronize_session=False)
    )
    await announce(session, PlaylistChanged(playlist.id, playlist.owner_id))
