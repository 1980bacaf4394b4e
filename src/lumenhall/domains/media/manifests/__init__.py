"""HLS and DASH manifests over single-file fragmented MP4s."""

from lumenhall.domains.media.manifests.boxes import (
    Format,
    NotFragmented,
    Segment,
    Track,
    read_format,
    read_track,
)
from lumenhall.domains.media.manifests.writing import (
    DASH,
    MASTER,
    Stream,
    dash_manifest,
    master_playlist,
    media_playlist,
    write_manifests,
)

__all__ = [
    "DASH",
    "MASTER",
    "Format",
    "NotFragmented",
    "Segment",
    "Stream",
    "Track",
    "dash_manifest",
    "master_playlist",
    "media_playlist",
    "read_format",
    "read_track",
    "write_manifests",
]
