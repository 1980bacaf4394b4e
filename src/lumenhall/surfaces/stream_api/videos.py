"""Videos: list, look, edit, delete, and addresses to upload them to."""

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from lumenhall.domains.stream import queries, service
from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.domains.stream.models import StreamOrigin
from lumenhall.domains.stream.schemas import (
    NewStreamVideo,
    moment,
    read_fields,
    video_object,
)
from lumenhall.platform.web import Context, Reads, Writes
from lumenhall.surfaces.stream_api.asking import Calling, Said, with_creator
from lumenhall.surfaces.stream_api.envelope import success
from lumenhall.surfaces.stream_api.filters import flag, read_filters
from lumenhall.surfaces.stream_api.upload_addresses import one_time_address

router = APIRouter()


@router.get("")
async def list_videos(
    request: Request, calling: Calling, context: Context, session: Reads
) -> Response:
    filters = read_filters(request.query_params)
    found = await queries.list_shown(session, calling.actor, calling.account_id, filters)
    counts: dict[str, int] = {}
    if flag(request.query_params, "include_counts"):
        total, within = await queries.count_videos(session, calling.account_id, filters)
        counts = {"total": total, "range": within}
    origin = context.settings.delivery_origin
    return success([video_object(shown, origin) for shown in found], **counts)


@router.get("/storage-usage")
async def read_storage_usage(
    calling: Calling, session: Reads, creator: str | None = None
) -> Response:
    await queries.check_account(session, calling.actor, calling.account_id)
    milliseconds, count = await queries.storage_usage(session, calling.account_id, creator)
    usage: dict[str, Any] = {
        "creator": creator,
        "totalStorageMinutes": round(milliseconds / 60_000),
        "totalStorageMinutesLimit": None,
        "videoCount": count,
    }
    return success(usage)


@router.post("/direct_upload")
async def make_direct_upload(
    request: Request, calling: Calling, said: Said, context: Context, session: Writes
) -> Response:
    fields = read_fields(with_creator(request, said))
    if fields.max_duration_seconds is None:
        raise StreamFieldInvalid("maxDurationSeconds is required")
    new = NewStreamVideo(calling.account_id, StreamOrigin.ONE_TIME, fields)
    video, _ = await service.make_video(session, context, calling.actor, new)
    result = {
        "uploadURL": one_time_address(context, video.uid),
        "uid": video.uid,
        "creator": video.creator,
        "watermark": None,
        "scheduledDeletion": moment(video.scheduled_deletion),
    }
    return success(result)


@router.get("/{uid}")
async def read_video(uid: str, calling: Calling, context: Context, session: Reads) -> Response:
    shown = await queries.get_shown(session, calling.actor, calling.account_id, uid)
    return success(video_object(shown, context.settings.delivery_origin))


@router.post("/{uid}")
async def edit_video(
    uid: str, calling: Calling, said: Said, context: Context, session: Writes
) -> Response:
    place = (calling.account_id, uid)
    shown = await service.change_video(session, calling.actor, place, read_fields(said))
    return success(video_object(shown, context.settings.delivery_origin))


@router.delete("/{uid}")
async def delete_video(uid: str, calling: Calling, session: Writes) -> Response:
    await service.delete_video(session, calling.actor, calling.account_id, uid)
    return success("")
