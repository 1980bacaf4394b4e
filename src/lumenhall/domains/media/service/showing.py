"""Assets as viewers get them: with addresses that are signed for them alone."""

import hashlib
from collections.abc import Iterable

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.addresses import DOWNLOAD, MASTER, POSTER, STORYBOARD, version_of
from lumenhall.domains.media.errors import PlaybackNotFound
from lumenhall.domains.media.grants import Grant, next_expiry, write_grant
from lumenhall.domains.media.manifests import DASH
from lumenhall.domains.media.models import Asset, Track
from lumenhall.domains.media.schemas import AssetView, Playback, TrackView


def describe(asset: Asset, actor: Actor, key: bytes) -> AssetView:
    """Return what a page shows of an asset; `key` signs the address of the picture."""
    view = AssetView.model_validate(asset)
    view.thumbnail_url = _poster_url(asset, _folder_url(asset, actor, key))
    return view


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
    if asset.thumbnail_key is None:
        return None
    # The address changes with the picture, so that browsers may keep each for good.
    version = hashlib.sha256(asset.thumbnail_key.encode()).hexdigest()[:8]
    return f"{folder}/{POSTER}?v={version}"


def _folder_url(asset: Asset, actor: Actor, key: bytes) -> str:
    grant = Grant(actor.user_id, actor.credential_id, next_expiry())
    return f"/media/{write_grant(key, asset.id, grant)}/{asset.id}"
