"""Playlists, and the videos in them that their reader may see."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import NotInPlaylist, PlaylistUnknown
from lumenhall.domains.library.models import Playlist, PlaylistItem, PlaylistKind, Video
from lumenhall.domains.library.policy import listed, playlists_visible_to, visible_to
from lumenhall.domains.library.queries.videos import video_rows_for
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class PlaylistShown:
    """A playlist with its owner, and how many of its videos the reader may see."""

    playlist: Playlist
    owner: User
    video_count: int
    first_video_id: uuid.UUID | None


async def get_playlist(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID
) -> PlaylistShown:
    """Return a playlist that the actor may see; raises PlaylistUnknown."""
    wanted = _playlists(actor).where(Playlist.id == playlist_id)
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one_or_none()
    if row is None:
        raise PlaylistUnknown
    return PlaylistShown(*row)


async def get_playlist_for_change(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID
) -> Playlist:
    """Return a playlist that the actor may see, locked until the commit; PlaylistUnknown."""
    playlist = await session.scalar(
        select(Playlist)
        .where(Playlist.id == playlist_id, playlists_visible_to(actor))
        .with_for_update()
    )
    if playlist is None:
        raise PlaylistUnknown
    return playlist


async def page_playlists(
    session: AsyncSession,
    actor: Actor,
    owner_id: uuid.UUID | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[PlaylistShown], str | None]:
    """Return somebody's playlists, or everybody's public ones; the newest first; next cursor."""
    wanted = _playlists(actor)
    if owner_id is None:
        wanted = wanted.where(Playlist.is_public)
    else:
        wanted = wanted.where(Playlist.owner_id == owner_id)
    if cursor is not None:
        (last_id,) = decode_cursor(cursor, uuid.UUID)
        wanted = wanted.where(Playlist.id < last_id)
    rows = await session.execute(wanted.order_by(Playlist.id.desc()).limit(limit + 1))
    found = [PlaylistShown(*row) for row in rows]
    more = len(found) > limit
    return found[:limit], encode_cursor(found[limit - 1].playlist.id) if more else None


async def list_latest_playlists(session: AsyncSession, limit: int) -> list[PlaylistShown]:
    """Return the public playlists that changed last, as far as everybody can see videos in them.

    Counts and first videos are of these.
    """
    wanted = _with_videos(listed(clock.now()))
    first_video_id = wanted.selected_columns.first_video_id
    wanted = (
        wanted.where(Playlist.is_public, first_video_id.is_not(None))
        .order_by(Playlist.updated_at.desc(), Playlist.id.desc())
        .limit(limit)
    )
    return [PlaylistShown(*row) for row in await session.execute(wanted)]


async def get_watch_later_id(session: AsyncSession, owner_id: uuid.UUID) -> uuid.UUID:
    """Return the id of somebody's playlist of what to watch later, which must be there."""
    found = await session.execute(
        select(Playlist.id).where(
            Playlist.owner_id == owner_id, Playlist.kind == PlaylistKind.WATCH_LATER
        )
    )
    return found.scalar_one()


async def page_items(
    session: AsyncSession, actor: Actor, playlist_id: uuid.UUID, cursor: str | None, limit: int
) -> tuple[Sequence[Row[Any]], str | None]:
    """Return the videos of a playlist that the actor may see, in its order; next cursor."""
    place = tuple_(PlaylistItem.position, PlaylistItem.video_id)
    wanted = (
        video_rows_for(actor.user_id)
        .join(PlaylistItem, PlaylistItem.video_id == Video.id)
        .add_columns(PlaylistItem.position)
        .where(PlaylistItem.playlist_id == playlist_id, visible_to(actor, clock.now()))
        .order_by(PlaylistItem.position, PlaylistItem.video_id)
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(place > decode_cursor(cursor, int, uuid.UUID))
    found = (await session.execute(wanted)).all()
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], encode_cursor(last.position, last.video_id)


async def list_shown(
    session: AsyncSession, actor: Actor, video_ids: Sequence[uuid.UUID]
) -> Sequence[Row[Any]]:
    """Return those of the videos that the actor may see, as rows of `video_rows_for`."""
    if not video_ids:
        return ()
    wanted = video_rows_for(actor.user_id).where(
        Video.id.in_(video_ids), visible_to(actor, clock.now())
    )
    rows: Sequence[Row[Any]] = (await session.execute(wanted)).all()
    return rows


async def list_memberships(
    session: AsyncSession, owner_id: uuid.UUID, video_id: uuid.UUID
) -> list[tuple[Playlist, bool]]:
    """Return somebody's playlists, the one changed last first, and whether a video is in each."""
    contains = (
        select(PlaylistItem.video_id)
        .where(PlaylistItem.playlist_id == Playlist.id, PlaylistItem.video_id == video_id)
        .exists()
    )
    rows = await session.execute(
        select(Playlist, contains)
        .where(Playlist.owner_id == owner_id)
        .order_by(Playlist.updated_at.desc(), Playlist.id.desc())
    )
    return [(playlist, is_in) for playlist, is_in in rows]


async def get_item(
    session: AsyncSession, playlist_id: uuid.UUID, video_id: uuid.UUID
) -> PlaylistItem:
    """Return a video's place in a playlist; raises NotInPlaylist."""
    item = await session.get(PlaylistItem, (playlist_id, video_id))
    if item is None:
        raise NotInPlaylist
    return item


async def measure_playlist(session: AsyncSession, playlist_id: uuid.UUID) -> tuple[int, int]:
    """Return how many items a playlist has, and the first free position behind them."""
    row = (
        await session.execute(
            select(func.count(), func.coalesce(func.max(PlaylistItem.position) + 1, 0)).where(
                PlaylistItem.playlist_id == playlist_id
            )
        )
    ).one()
    return row[0], row[1]


async def count_playlists(session: AsyncSession, owner_id: uuid.UUID) -> int:
    """Return how many playlists somebody has."""
    counted = await session.scalar(select(func.count()).where(Playlist.owner_id == owner_id))
    return counted or 0


def _playlists(actor: Actor) -> Select[Playlist, User, int, uuid.UUID]:
    visible = visible_to(actor, clock.now())
    return _with_videos(visible).where(playlists_visible_to(actor))


def _with_videos(seen: ColumnElement[bool]) -> Select[Playlist, User, int, uuid.UUID]:
    in_it = (
        select(PlaylistItem)
        .join(Video, Video.id == PlaylistItem.video_id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(PlaylistItem.playlist_id == Playlist.id, seen)
        .correlate(Playlist)
    )
    count: ColumnElement[int] = in_it.with_only_columns(func.count()).scalar_subquery()
    first: ColumnElement[uuid.UUID] = (
        in_it.with_only_columns(PlaylistItem.video_id)
        .order_by(PlaylistItem.position, PlaylistItem.video_id)
        .limit(1)
        .scalar_subquery()
    )
    return select(Playlist, User, count.label("video_count"), first.label("first_video_id")).join(
        User, User.id == Playlist.owner_id
    )
