"""Requests and replies of media."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from lumenhall.domains.media.captions import MAX_CUES, MAX_MS, Cue
from lumenhall.domains.media.models import AssetStatus, TrackKind, TrackSource


@dataclass(frozen=True, slots=True)
class NewTrack:
    """What a caption file is, beside its bytes; an empty label becomes the language."""

    language: str
    kind: TrackKind = TrackKind.SUBTITLES
    label: str | None = None
    is_default: bool = False
    source: TrackSource = TrackSource.UPLOADED


class AssetView(BaseModel):
    """An asset as pages see it. `queue_position` is for the domains above to fill in."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    status: AssetStatus
    playable: bool
    playable_at: datetime | None
    processing_progress: int
    processing_step: str | None
    queue_position: int | None = None
    eta_seconds: int | None
    error_code: str | None
    error_message: str | None
    duration_seconds: int | None
    width: int | None
    height: int | None
    file_size_bytes: int | None
    original_filename: str
    thumbnail_url: str | None = None
    has_own_thumbnail: bool
    thumbnail_pending: bool


class TrackView(BaseModel):
    """A caption track; `url` is a playback address and expires."""

    model_config = ConfigDict(from_attributes=True)

    id: uuid.UUID
    language: str
    kind: TrackKind
    label: str
    source: TrackSource
    is_default: bool
    url: str


class TrackChange(BaseModel):
    """New values of a caption track; what is absent stays as it is."""

    language: str | None = Field(None, max_length=100)
    kind: TrackKind | None = None
    label: str | None = Field(None, max_length=500)
    is_default: bool | None = None


class CueLook(BaseModel):
    """One caption as it is edited; `settings` say where on the screen it stands."""

    start_ms: int = Field(ge=0, le=MAX_MS)
    end_ms: int = Field(ge=0, le=MAX_MS)
    text: str
    settings: str = Field("", max_length=300)

    def cue(self) -> Cue:
        return Cue(self.start_ms, self.end_ms, self.text, self.settings)


class CueList(BaseModel):
    """The captions of a track in order of time; `revision` changes with them."""

    revision: str
    items: list[CueLook]


class CuesChange(BaseModel):
    """New captions for a track; `revision` is that of the ones they are made from."""

    revision: str = Field(max_length=64)
    items: list[CueLook] = Field(max_length=MAX_CUES)


class NewCues(BaseModel):
    """A track that was written here, not uploaded."""

    language: str = Field(max_length=100)
    kind: TrackKind = TrackKind.SUBTITLES
    label: str | None = Field(None, max_length=500)
    is_default: bool = False
    items: list[CueLook] = Field(max_length=MAX_CUES)


class Playback(BaseModel):
    """Where one viewer plays one asset until `expires_at`; `final` once the ladder is there."""

    hls_url: str
    dash_url: str | None
    download_url: str | None
    poster_url: str | None
    storyboard_vtt_url: str | None
    captions: list[TrackView]
    duration_seconds: int | None
    expires_at: datetime
    final: bool
