"""Assets as viewers get them: with addresses that are signed for them alone."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Self
from uuid import UUID

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.addresses import DOWNLOAD, MASTER, POSTER, STORYBOARD, version_of
from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.media.grants import Grant, grant_writer, next_expiry, write_grant
from lumenhall.domains.media.manifests import DASH
from lumenhall.domains.media.models import Asset, Track
from lumenhall.domains.media.schemas import Playback, TrackView


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of an asset; `picture_addresses` makes its address for one viewer."""

    asset_id: bytes
    file: bytes

    @classmethod
    def of(cls, asset_id: UUID, thumbnail_key: str | None) -> Self | None:
        """Return the picture that lies at `thumbnail_key`, if there is one."""
        if thumbnail_key is None:
            return None
        return cls(asset_id.bytes, f"{asset_id}/{_poster(thumbnail_key)}".encode())


def picture_addresses(actor: Actor, key: bytes) -> Callable[[Picture], bytes]:
    """Return what makes the addresses of pictures for one viewer; `key` signs them."""
    write = grant_writer(key, _grant(actor))
    return lambda picture: b"/media/%b/%b" % (write(picture.asset_id), picture.file)


def playback(asset: Asset, tracks: Iterable[Track], actor: Actor, key: bytes) -> Playback:
    """Return the addresses to play an asset at; raises PlaybackNotFound while there are none.

    The caller has made sure that the actor may see the asset.
    """
    if not asset.playable:
        raise PlaybackNotFound("This video can't be played yet.")
    folder = _folder_url(asset, actor, key)
    final = asset.published_prefix
    outputs = f"{folder}/{version_of(asset, final)}" if final else None
    may_download = outputs and asset.allow_download and asset.has_download
    return Playback(
        hls_url=f"{folder}/{MASTER}",
        dash_url=f"{outputs}/{DASH}" if outputs else None,
        download_url=f"{folder}/{DOWNLOAD}" if may_download else None,
        poster_url=_poster_url(asset, folder),
        storyboard_vtt_url=f"{outputs}/{STORYBOARD}" if outputs and asset.has_storyboard else None,
        captions=[_track_view(track, folder) for track in tracks],
        duration_seconds=asset.duration_seconds,
        expires_at=next_expiry(),
        final=outputs is not None,
    )


def track_views(asset: Asset, tracks: Iterable[Track], actor: Actor, key: bytes) -> list[TrackView]:
    """Return the caption tracks of an asset with their addresses."""
    folder = _folder_url(asset, actor, key)
    return [_track_view(track, folder) for track in tracks]


def _track_view(track: Track, folder: str) -> TrackView:
    return TrackView(
        id=track.id,
        language=track.language,
        kind=track.kind,
        label=track.label,
        source=track.source,
        is_default=track.is_default,
        # The address changes with the text, so that pages notice.
        url=f"{folder}/captions/{track.id}.vtt?v={track.updated_at.timestamp() * 1000:.0f}",
    )


def _poster_url(asset: Asset, folder: str) -> str | None:
    return asset.thumbnail_key and f"{folder}/{_poster(asset.thumbnail_key)}"


def _poster(thumbnail_key: str) -> str:
    # The address changes with the picture, so that browsers may keep each for good.
    return f"{POSTER}?v={hashlib.sha256(thumbnail_key.encode()).hexdigest()[:8]}"


def _folder_url(asset: Asset, actor: Actor, key: bytes) -> str:
    return f"/media/{write_grant(key, asset.id, _grant(actor))}/{asset.id}"


def _grant(actor: Actor) -> Grant:
    return Grant(actor.user_id, actor.credential_id, next_expiry())
