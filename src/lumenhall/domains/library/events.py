"""What happened to videos."""

import uuid
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class VideoCreated(Event):
    """A video exists; its bytes may still be on their way."""

    video_id: uuid.UUID
    asset_id: uuid.UUID
    uploaded_by: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoPublished(Event):
    """Everybody can see the video for the first time; announced once in a video's life."""

    video_id: uuid.UUID
    uploaded_by: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoChanged(Event):
    """What a video's page shows, or to whom, has changed."""

    video_id: uuid.UUID
    asset_id: uuid.UUID
    uploaded_by: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoDeleted(Event):
    """A video is gone, with its asset and what people did with it."""

    video_id: uuid.UUID
    asset_id: uuid.UUID
    uploaded_by: uuid.UUID


@dataclass(frozen=True, slots=True)
class PlaylistChanged(Event):
    """A playlist was made, changed, filled, put in order or deleted."""

    playlist_id: uuid.UUID
    owner_id: uuid.UUID
