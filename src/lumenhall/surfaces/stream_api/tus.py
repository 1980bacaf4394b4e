"""tus for the Stream API: the house's own server behind the addresses that its clients use."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from typing_extensions import override

from lumenhall.domains.stream import queries, service
from lumenhall.domains.stream.errors import (
    StreamFieldInvalid,
    UploadAddressExpired,
    UploadAddressUnknown,
)
from lumenhall.domains.stream.models import StreamOrigin, StreamVideo
from lumenhall.domains.stream.policy import ONE_TIME_SECONDS
from lumenhall.domains.stream.schemas import NewStreamVideo, VideoFields, read_fields
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.service import abandon_upload, discard_part
from lumenhall.domains.uploads.tus.protocol import Creation, http_date, metadata_as_written
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.surfaces.stream_api.asking import caller_of
from lumenhall.surfaces.stream_api.filters import flag
from lumenhall.surfaces.stream_api.upload_addresses import (
    QUERY,
    is_secret_of,
    one_time_tus_address,
    tus_address,
)

# What a key of Upload-Metadata says of the video, without regard to case; others go into `meta`.
_FIELDS = {
    "allowedorigins": "allowedOrigins",
    "creator": "creator",
    "expiry": "expiry",
    "maxdurationseconds": "maxDurationSeconds",
    "requiresignedurls": "requireSignedURLs",
    "scheduleddeletion": "scheduledDeletion",
    "thumbnailtimestamppct": "thumbnailTimestampPct",
    "watermark": "watermark",
}


class StreamDoor:
    """Uploads of programs that hold a token."""

    async def create(
        self, app: AppContext, request: Request, creation: Creation
    ) -> tuple[UUID, str]:
        """Make a video and its upload; `direct_user` asks for an address that needs no token."""
        calling = await caller_of(request)
        one_time = flag(request.query_params, "direct_user")
        fields = _fields(request, creation, one_time=one_time)
        new = NewStreamVideo(
            calling.account_id,
            StreamOrigin.ONE_TIME_TUS if one_time else StreamOrigin.TUS,
            fields,
            filename=str((fields.meta or {}).get("name") or "untitled"),
            size_bytes=creation.size,
            metadata_header=creation.metadata_header,
        )
        async with app.database.write() as session:
            video, _ = await service.make_video(session, app, calling.actor, new)
        request.state.video = video
        assert video.upload_id is not None  # noqa: S101 It was just made with one.
        address = one_time_tus_address(app, video.uid)
        if not one_time:
            address = tus_address(app, calling.account_id, video.uid)
        return video.upload_id, address

    async def admit(self, app: AppContext, request: Request, method: str) -> UUID:
        calling, uid = await caller_of(request), request.path_params["uid"]
        async with app.database.read() as session:
            shown = await queries.get_shown(session, calling.actor, calling.account_id, uid)
        return _upload_of(request, shown.video)

    async def cancel(self, app: AppContext, upload_id: UUID) -> None:
        async with app.database.write() as session:
            await abandon_upload(session, upload_id, UploadStatus.CANCELLED)
        await discard_part(app, upload_id)

    async def largest(self, app: AppContext) -> int:
        async with app.database.read() as session:
            return (await options.get(session)).max_file_size_bytes

    def headers(self, request: Request, upload: Upload | None) -> Mapping[str, str]:
        """Tell the uid: clients that were given the address never saw the video being made."""
        video: StreamVideo | None = getattr(request.state, "video", None)
        if upload is None or video is None:
            return {}
        headers = {"stream-media-id": video.uid}
        if video.upload_expiry is not None and not upload.offset_bytes:
            headers["Upload-Expires"] = http_date(video.upload_expiry)
        return headers


class OneTimeDoor(StreamDoor):
    """Uploads of whoever has the address."""

    @override
    async def admit(self, app: AppContext, request: Request, method: str) -> UUID:
        video = await admitted(app, request)
        return _upload_of(request, video)


async def admitted(app: AppContext, request: Request) -> StreamVideo:
    """Return the video whose upload address was called.

    An upload that can be resumed goes on after the address has ended, if it began before: large
    files take longer. Raises UploadAddressUnknown or UploadAddressExpired.
    """
    uid = request.path_params["uid"]
    if not is_secret_of(app, uid, request.query_params.get(QUERY, "")):
        raise UploadAddressUnknown
    async with app.database.read() as session:
        video, sent = await queries.get_with_sent(session, uid)
    has_begun = sent > 0 and video.origin is StreamOrigin.ONE_TIME_TUS
    waiting = video.uploaded_at is None and not has_begun
    if waiting and video.upload_expiry is not None and video.upload_expiry <= clock.now():
        raise UploadAddressExpired
    return video


def _upload_of(request: Request, video: StreamVideo) -> UUID:
    if video.upload_id is None:
        raise UploadAddressUnknown
    request.state.video = video
    return video.upload_id


def _fields(request: Request, creation: Creation, *, one_time: bool) -> VideoFields:
    said: dict[str, Any] = {}
    meta: dict[str, str] = {}
    for key, value in metadata_as_written(creation.metadata_header or "").items():
        name = _FIELDS.get(key.lower())
        if name is None:
            meta[key] = value
        else:
            said[name] = _read(name, value)
    if "name" not in meta and (name := creation.metadata.get("name")):
        meta["name"] = name
    if creator := request.headers.get("upload-creator"):
        said["creator"] = creator
    if one_time:
        said.setdefault("maxDurationSeconds", ONE_TIME_SECONDS)
    return read_fields({**said, "meta": meta})


def _read(name: str, value: str) -> Any:
    if name == "requireSignedURLs":
        # Being there is enough; only a plain `false` says no.
        return value.strip().lower() != "false"
    if name == "watermark":
        return {"uid": value}
    if name == "allowedOrigins" and value.lstrip().startswith("["):
        try:
            return orjson.loads(value)
        except orjson.JSONDecodeError:
            raise StreamFieldInvalid("allowedorigins: a list, or origins and commas") from None
    return value
