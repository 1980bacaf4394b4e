"""What hangs on a video: captions, files to save, the code that embeds it."""

from typing import Literal

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from lumenhall.domains.stream import queries, service
from lumenhall.platform.errors import TooLarge
from lumenhall.platform.storage import content_type
from lumenhall.platform.web import Context, Reads, Writes
from lumenhall.surfaces.stream_api.asking import Calling
from lumenhall.surfaces.stream_api.envelope import success
from lumenhall.surfaces.stream_api.forms import Form
from lumenhall.surfaces.stream_api.pages import embed_code

MOST_CAPTION_BYTES = 10 * 1024 * 1024
EVERY_KIND: set[str] = {"default", "audio"}

Kind = Literal["default", "audio"]

router = APIRouter(prefix="/{uid}")


@router.get("/captions")
async def list_captions(uid: str, calling: Calling, session: Reads) -> Response:
    place = (calling.account_id, uid)
    return success(await service.list_captions(session, calling.actor, place))


@router.put("/captions/{language}")
async def put_captions(
    uid: str, language: str, request: Request, calling: Calling, context: Context
) -> Response:
    cues = await service.parse_caption(await _file_in(request))
    place = (calling.account_id, uid)
    async with context.database.write() as session:
        track = await service.put_caption(session, calling.actor, place, language, cues)
    return success(service.caption_object(track))


@router.get("/captions/{language}")
async def read_captions(uid: str, language: str, calling: Calling, session: Reads) -> Response:
    place = (calling.account_id, uid)
    track = await service.get_caption(session, calling.actor, place, language)
    return success(service.caption_object(track))


@router.get("/captions/{language}/vtt")
async def read_caption_file(uid: str, language: str, calling: Calling, session: Reads) -> Response:
    place = (calling.account_id, uid)
    track = await service.get_caption(session, calling.actor, place, language)
    return Response(track.body, media_type=content_type("captions.vtt"))


@router.delete("/captions/{language}")
async def delete_captions(uid: str, language: str, calling: Calling, session: Writes) -> Response:
    place = (calling.account_id, uid)
    await service.delete_caption(session, calling.actor, place, language)
    return success("")


@router.post("/captions/{language}/generate")
async def generate_captions(uid: str, language: str, calling: Calling, session: Reads) -> Response:
    await service.generate_caption(session, calling.actor, (calling.account_id, uid))
    return success(None)


@router.get("/downloads")
async def list_downloads(uid: str, calling: Calling, context: Context, session: Reads) -> Response:
    shown = await service.list_downloads(session, calling.actor, (calling.account_id, uid))
    return success(service.downloads_object(shown, context.settings.delivery_origin))


@router.post("/downloads")
@router.post("/downloads/{kind}")
async def offer_download(
    uid: str, calling: Calling, context: Context, session: Writes, kind: Kind = "default"
) -> Response:
    place = (calling.account_id, uid)
    shown = await service.offer_download(session, calling.actor, place, kind)
    downloads = service.downloads_object(shown, context.settings.delivery_origin)
    return success({kind: downloads[kind]})


@router.delete("/downloads")
@router.delete("/downloads/{kind}")
async def delete_downloads(
    uid: str, calling: Calling, session: Writes, kind: Kind | None = None
) -> Response:
    kinds = {str(kind)} if kind else EVERY_KIND
    place = (calling.account_id, uid)
    await service.delete_downloads(session, calling.actor, place, kinds)
    return success("")


@router.get("/embed")
async def read_embed_code(uid: str, calling: Calling, context: Context, session: Reads) -> Response:
    await queries.get_shown(session, calling.actor, calling.account_id, uid)
    return PlainTextResponse(
        embed_code(context.settings.delivery_origin, uid), media_type="text/html"
    )


async def _file_in(request: Request) -> bytes:
    """Return the part `file` of a form, which clients send with a file name or without."""
    form = Form(request)
    await form.file_name()
    data = bytearray()
    while (piece := await form.read()) is not None:
        data += piece
        if len(data) > MOST_CAPTION_BYTES:
            raise TooLarge(max_bytes=MOST_CAPTION_BYTES)
    await form.rest()
    return bytes(data)
