"""Files that come in one piece: with a token, or to an address that works once."""

import asyncio
from pathlib import PurePath
from typing import Any
from uuid import UUID

import orjson
from starlette.requests import Request
from starlette.responses import Response

from lumenhall.domains.stream import queries, service
from lumenhall.domains.stream.errors import (
    BasicUploadTooLarge,
    StreamFieldInvalid,
    UploadAddressUnknown,
    UploadAddressUsed,
)
from lumenhall.domains.stream.models import StreamOrigin
from lumenhall.domains.stream.schemas import (
    NewStreamVideo,
    Shown,
    VideoFields,
    read_fields,
    video_object,
)
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.errors import OffsetMismatch, UploadBusy
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import AppError
from lumenhall.surfaces.stream_api.asking import caller_of
from lumenhall.surfaces.stream_api.envelope import success
from lumenhall.surfaces.stream_api.forms import Form
from lumenhall.surfaces.stream_api.tus import admitted

# What a form says besides its file.
_FORM_BYTES = 1024 * 1024
_JSON_FIELDS = {"meta", "watermark", "publicDetails"}


async def upload_with_token(request: Request) -> Response:
    """Make a video of the file in a form; the fields beside it may come before or after."""
    app: AppContext = request.app.state.context
    calling = await caller_of(request)
    form = _form(app, request)
    filename = await form.file_name()
    fields = _fields(form, filename, request)
    new = NewStreamVideo(calling.account_id, StreamOrigin.BASIC, fields, filename or "untitled")
    async with app.database.write() as session:
        video, asset = await service.make_video(session, app, calling.actor, new)
    try:
        await _take(app, form, video.upload_id)
        await form.rest()
        fields = _fields(form, filename, request)
        async with app.database.write() as session:
            await service.apply_fields(
                session, await queries.get_by_uid(session, video.uid), fields
            )
        return await _finish(app, video.uid, video.upload_id)
    except (AppError, asyncio.CancelledError):
        # Whoever sent it was never told of the video.
        async with app.database.write() as session:
            await service.discard_video(session, asset.id)
        raise


async def upload_once(request: Request) -> Response:
    """Take the file for a video whose address was handed out; once it is whole, never again."""
    app: AppContext = request.app.state.context
    if request.method == "OPTIONS":
        return Response(status_code=204)
    video = await admitted(app, request)
    if video.origin is not StreamOrigin.ONE_TIME or video.upload_id is None:
        raise UploadAddressUnknown
    form = _form(app, request)
    await form.file_name()
    try:
        await uploads.start_over(app, video.upload_id)
    except (OffsetMismatch, UploadBusy) as error:
        raise UploadAddressUsed from error
    await _take(app, form, video.upload_id)
    await form.rest()
    return await _finish(app, video.uid, video.upload_id)


async def _take(app: AppContext, form: Form, upload_id: UUID | None) -> None:
    if upload_id is None:
        raise UploadAddressUnknown
    most, taken = app.settings.stream_basic_upload_bytes, 0

    async def read() -> bytes | None:
        nonlocal taken
        data = await form.read()
        taken += len(data or b"")
        if taken > most:
            raise BasicUploadTooLarge(max_bytes=most)
        return data

    await uploads.receive(app, upload_id, Chunk(0), read)


async def _finish(app: AppContext, uid: str, upload_id: UUID | None) -> Response:
    if upload_id is None:
        raise UploadAddressUnknown
    await uploads.end_here(app, upload_id)
    async with app.database.read() as session:
        shown: Shown = await queries.get_by_uid(session, uid)
    return success(video_object(shown, app.settings.delivery_origin))


def _form(app: AppContext, request: Request) -> Form:
    length = request.headers.get("content-length", "")
    most = app.settings.stream_basic_upload_bytes
    if length.isdecimal() and int(length) > most + _FORM_BYTES:
        raise BasicUploadTooLarge(max_bytes=most)
    return Form(request)


def _fields(form: Form, filename: str, request: Request) -> VideoFields:
    said: dict[str, Any] = dict(form.fields)
    for name in _JSON_FIELDS & said.keys():
        try:
            said[name] = orjson.loads(said[name])
        except orjson.JSONDecodeError:
            if name != "watermark":
                raise StreamFieldInvalid(f"{name}: this is not JSON") from None
            said[name] = {"uid": said[name]}
    if creator := request.headers.get("upload-creator"):
        said.setdefault("creator", creator)
    meta = said.get("meta") or {}
    if isinstance(meta, dict):
        said["meta"] = {"name": PurePath(filename).name, **meta} if filename else meta
    return read_fields(said)
