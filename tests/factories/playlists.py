"""Playlists with what is in them."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import User
from lumenhall.domains.library.models import Playlist, PlaylistItem, Video


async def add_playlist(
    session: AsyncSession, owner: User, *videos: Video, title: str = "A list", **values: Any
) -> Playlist:
    """Add a public playlist of these videos, unless `values` say otherwise."""
    playlist = Playlist(owner_id=owner.id, title=title, **({"is_public": True} | values))
    session.add(playlist)
    await session.flush()
    session.add_all(
        PlaylistItem(playlist_id=playlist.id, video_id=video.id, position=position)
        for position, video in enumerate(videos)
    )
    await session.flush()
    return playlist
