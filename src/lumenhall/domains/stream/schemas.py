"""What programs say about stream videos and what they are answered, as the Stream API writes it."""

import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Annotated, Any, NamedTuple, TypeVar

import orjson
from pydantic import (
    AfterValidator,
    AliasChoices,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic.alias_generators import to_camel

from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.stream.errors import StreamFieldInvalid, WatermarkUnknown
from lumenhall.domains.stream.models import (
    CREATOR_LENGTH,
    StreamKey,
    StreamOrigin,
    StreamState,
    StreamVideo,
)

LONGEST_SECONDS = 36_000
MOST_ORIGINS = 100
MOST_META_BYTES = 32 * 1024
# More is not read back by whoever takes our replies.
MOST_LEVELS = 100
_ORIGIN = re.compile(r"[a-z0-9.*:_\[\]-]{1,255}", re.ASCII)

_REASONS = {
    "ERR_NON_VIDEO": {
        *("empty_file", "format_not_accepted", "no_picture", "not_a_video", "playlist"),
        "unsupported_format",
    },
    "ERR_DURATION_EXCEED_CONSTRAINT": {"longer_than_agreed", "too_long"},
    "ERR_MALFORMED_VIDEO": {
        *("codec_unknown", "damaged", "picture_too_large", "protected", "too_many_streams"),
    },
    "ERR_DURATION_TOO_SHORT": {"too_short"},
    "ERR_FETCH_ORIGIN_ERROR": {
        *("source_address_refused", "source_failed", "source_too_slow", "source_unreachable"),
    },
}
_REASON_OF = {code: reason for reason, codes in _REASONS.items() for code in codes}
_STATES = {
    AssetStatus.QUEUED: StreamState.QUEUED,
    AssetStatus.IN_PROGRESS: StreamState.IN_PROGRESS,
    AssetStatus.READY: StreamState.READY,
    AssetStatus.ERROR: StreamState.ERROR,
}
_WAITING = {StreamOrigin.COPY: StreamState.DOWNLOADING, StreamOrigin.CLIP: StreamState.QUEUED}


def in_utc(moment: datetime) -> datetime:
    """Return a moment in UTC, which is also what a naive one means; raises ValueError."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("a moment between the years 1 and 9999") from error


def _an_origin(text: str) -> str:
    text = text.lower().removeprefix("https://").removeprefix("http://")
    if not _ORIGIN.fullmatch(text):
        raise ValueError("an origin is a host such as example.com or *.example.com")
    return text


def _split(value: object) -> object:
    if not isinstance(value, str):
        return value
    return [part.strip() for part in value.split(",") if part.strip()]


Moment = Annotated[datetime, AfterValidator(in_utc)]
Origins = Annotated[
    list[Annotated[str, AfterValidator(_an_origin)]],
    BeforeValidator(lambda value: [] if value is None else _split(value)),
    Field(max_length=MOST_ORIGINS),
]


class Watermark(BaseModel):
    """Which profile is wanted."""

    uid: str | None = None


class PublicDetails(BaseModel):
    """What a site says of a video to everybody."""

    model_config = ConfigDict(extra="ignore")

    title: str | None = Field(None, max_length=500)
    share_link: str | None = Field(None, max_length=2000)
    channel_link: str | None = Field(None, max_length=2000)
    logo: str | None = Field(None, max_length=2000)
    media_id: int | None = None


class VideoFields(BaseModel):
    """What may be said of a video when it is made or edited; what is absent stays as it is."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    allowed_origins: Origins = []
    creator: str | None = Field(None, max_length=CREATOR_LENGTH)
    max_duration_seconds: int | None = Field(None, ge=1, le=LONGEST_SECONDS)
    meta: dict[str, Any] | None = None
    public_details: PublicDetails | None = None
    require_signed_urls: bool | None = Field(
        None, validation_alias=AliasChoices("requireSignedURLs", "require_signed_urls")
    )
    scheduled_deletion: Moment | None = None
    thumbnail_timestamp_pct: float | None = Field(None, ge=0, le=1)
    uid: str | None = None
    upload_expiry: Moment | None = Field(
        None, validation_alias=AliasChoices("uploadExpiry", "expiry", "upload_expiry")
    )
    watermark: Watermark | None = None


def read_fields(said: Mapping[str, Any]) -> VideoFields:
    """Return what a program says of a video; raises StreamFieldInvalid or WatermarkUnknown."""
    fields = read_model(VideoFields, said)
    if fields.watermark and fields.watermark.uid:
        raise WatermarkUnknown
    if fields.meta is not None and len(str(fields.meta)) > MOST_META_BYTES:
        raise StreamFieldInvalid(f"meta may have at most {MOST_META_BYTES} bytes")
    return fields


M = TypeVar("M", bound=BaseModel)


def read_model(kind: type[M], said: Mapping[str, Any]) -> M:
    """Return `said` as a model; raises StreamFieldInvalid, which names the first wrong field."""
    _check_keepable(said)
    try:
        return kind.model_validate(dict(said))
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        raise StreamFieldInvalid(f"{name}: {first['msg']}") from error


def _check_keepable(said: Mapping[str, Any]) -> None:
    """Raise StreamFieldInvalid for what can't be kept, or not be sent again."""
    level: list[object] = [said]
    for _ in range(MOST_LEVELS):
        level = [inner for one in level for inner in _inside(one)]
    if level:
        raise StreamFieldInvalid(f"at most {MOST_LEVELS} levels in one another")
    # Neither database keeps the character that ends strings.
    if b"\\u0000" in orjson.dumps(said):
        raise StreamFieldInvalid("not everything in it is text")


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, Mapping):
        return value.values()
    return value if isinstance(value, list) else ()


@dataclass(frozen=True, slots=True)
class NewStreamVideo:
    """A video to make: where its bytes come from, and what is said of it.

    `size_bytes` is None when nobody has said how many there are.
    """

    account_id: str
    origin: StreamOrigin
    fields: VideoFields = field(default_factory=VideoFields)
    filename: str = "untitled"
    size_bytes: int | None = None
    metadata_header: str | None = None
    source_url: str | None = None
    clipped_from: str | None = None


class Shown(NamedTuple):
    """A video with what is stored and played."""

    video: StreamVideo
    asset: Asset


def state_of(video: StreamVideo, asset: Asset) -> StreamState:
    """Return the state of a video in the words of the Stream API."""
    waiting = _WAITING.get(video.origin, StreamState.PENDING_UPLOAD)
    return _STATES.get(asset.status, waiting)


def moment(value: datetime | None) -> str | None:
    """Return a moment as the API writes it, to the microsecond."""
    if value is None:
        return None
    return value.isoformat(timespec="microseconds").replace("+00:00", "Z")


def video_object(shown: Shown, delivery: str) -> dict[str, Any]:
    """Return a video as the API shows it; `delivery` is the origin of its addresses."""
    video, asset = shown
    place = f"{delivery}/{video.uid}"
    ready = asset.playable and asset.status is not AssetStatus.ERROR
    return {
        "uid": video.uid,
        "creator": video.creator,
        "thumbnail": f"{place}/thumbnails/thumbnail.jpg",
        "thumbnailTimestampPct": video.thumbnail_pct,
        "readyToStream": ready,
        "readyToStreamAt": moment(asset.playable_at) if ready else None,
        "status": _status(video, asset),
        "meta": video.meta,
        "created": moment(video.created_at),
        "modified": moment(max(video.updated_at, asset.updated_at)),
        "scheduledDeletion": moment(video.scheduled_deletion),
        "size": asset.file_size_bytes or 0,
        "preview": f"{place}/watch",
        "allowedOrigins": video.allowed_origins,
        "requireSignedURLs": video.require_signed_urls,
        "uploaded": moment(video.uploaded_at),
        "uploadExpiry": moment(video.upload_expiry),
        "maxSizeBytes": None,
        "maxDurationSeconds": asset.max_duration_seconds,
        "duration": asset.duration_ms / 1000 if asset.duration_ms is not None else -1,
        "input": {"width": asset.width or -1, "height": asset.height or -1},
        "playback": {
            "hls": f"{place}/manifest/video.m3u8",
            "dash": f"{place}/manifest/video.mpd",
        },
        "watermark": None,
        "clippedFrom": video.clipped_from,
        "publicDetails": video.public_details,
    }


def key_object(key: StreamKey) -> dict[str, Any]:
    """Return a signing key as lists show it, without what signs."""
    return {"id": key.id, "created": moment(key.created_at)}


def _status(video: StreamVideo, asset: Asset) -> dict[str, Any]:
    state = state_of(video, asset)
    failed = state is StreamState.ERROR
    code = _REASON_OF.get(asset.error_code or "", "ERR_UNKNOWN") if failed else ""
    status: dict[str, Any] = {
        "state": state,
        "pctComplete": "",
        "errorReasonCode": code,
        "errorReasonText": asset.error_message or "" if failed else "",
    }
    if state in {StreamState.IN_PROGRESS, StreamState.READY}:
        status["pctComplete"] = f"{asset.processing_progress:.6f}"
    if state in {StreamState.IN_PROGRESS, StreamState.ERROR}:
        status["step"] = "manifest" if asset.processing_step == "publishing" else "encoding"
    if failed:
        # The documentation's own sample of a webhook spells them like this.
        status["errReasonCode"], status["errReasonText"] = code, status["errorReasonText"]
    return status


def new_uid() -> str:
    """Return a uid: 32 lower-case hexadecimal digits, 122 of whose bits are random."""
    return uuid.uuid4().hex
