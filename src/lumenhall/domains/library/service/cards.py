"""Videos of a list as JSON in two parts: what all viewers see, and what each sees otherwise.

The first part takes most of the work, and pages that show the same videos to everybody keep it.
"""

from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

import orjson
from sqlalchemy import Row

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.models import Playlist
from lumenhall.domains.library.policy import can_delete_playlist, can_edit_playlist, is_in_charge
from lumenhall.domains.library.queries import PlaylistShown
from lumenhall.domains.library.service.showing import look
from lumenhall.domains.media import service as media


@dataclass(frozen=True, slots=True)
class Card:
    """A VideoCard, or a Video, that a `Viewer` finishes."""

    video_id: UUID
    owner_id: UUID
    picture: media.Picture | None
    start: bytes

    @classmethod
    def of(cls, row: Row[Any], **more: Any) -> Self:
        """Return the card of a row of `video_rows`, with `more` that all viewers see."""
        seen = {**more, **look(row)}
        asset = orjson.dumps(seen.pop("asset"), option=orjson.OPT_UTC_Z)
        rest = orjson.dumps(seen, option=orjson.OPT_UTC_Z)
        return cls(
            video_id=seen["id"],
            owner_id=seen["uploaded_by"]["id"],
            picture=media.Picture.of(row.asset_id, row.thumbnail_key),
            # Both objects stay open for what the viewer adds to them.
            start=rest[:-1] + b',"asset":' + asset[:-1],
        )


@dataclass(frozen=True, slots=True)
class PlaylistCard:
    """A PlaylistLook of a playlist with videos that everybody can see; a `Viewer` finishes it."""

    playlist: Playlist
    cover: Card
    start: bytes

    @classmethod
    def of(cls, shown: PlaylistShown, cover: Card) -> Self:
        """Return the card of a public playlist; `cover` is its first video."""
        playlist = shown.playlist
        look = {
            "id": playlist.id,
            "kind": playlist.kind,
            "title": playlist.title,
            "description": playlist.description,
            "is_public": playlist.is_public,
            "owner": PersonLook.model_validate(shown.owner).model_dump(),
            "video_count": shown.video_count,
            "updated_at": playlist.updated_at,
        }
        return cls(playlist, cover, orjson.dumps(look, option=orjson.OPT_UTC_Z)[:-1])


class Viewer:
    """Finishes cards for one person; `key` signs the addresses of pictures."""

    def __init__(self, actor: Actor, key: bytes) -> None:
        self._actor = actor
        self._address = media.picture_addresses(actor, key)

    def finish(self, card: Card, progress: dict[str, Any] | None) -> bytes:
        """Return the card as the person sees it, who is so far with the video."""
        return b'%b,"thumbnail_url":%b},"can_edit":%b,"progress":%b}' % (
            card.start,
            b'"%b"' % self._address(card.picture) if card.picture else b"null",
            b"true" if is_in_charge(self._actor, card.owner_id) else b"false",
            orjson.dumps(progress) if progress else b"null",
        )

    def finish_playlist(self, card: PlaylistCard, progress: dict[str, Any] | None) -> bytes:
        """Return the playlist as the person sees it, who is so far with its first video."""
        return b'%b,"first_video":%b,"can_edit":%b,"can_delete":%b}' % (
            card.start,
            self.finish(card.cover, progress),
            b"true" if can_edit_playlist(self._actor, card.playlist) else b"false",
            b"true" if can_delete_playlist(self._actor, card.playlist) else b"false",
        )
