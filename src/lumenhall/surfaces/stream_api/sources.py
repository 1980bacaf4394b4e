"""Videos that nobody uploads: copied from an address, or cut out of another one."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from lumenhall.domains.stream import service
from lumenhall.domains.stream.schemas import read_model, video_object
from lumenhall.platform.web import Context, Writes
from lumenhall.surfaces.stream_api.asking import Calling, Said, with_creator
from lumenhall.surfaces.stream_api.envelope import success

router = APIRouter()


@router.post("/copy")
async def copy_video(
    request: Request, calling: Calling, said: Said, context: Context, session: Writes
) -> Response:
    said = with_creator(request, said)
    shown = await service.copy_video(session, context, calling.actor, calling.account_id, said)
    return success(video_object(shown, context.settings.delivery_origin))


@router.post("/clip")
async def clip_video(
    request: Request, calling: Calling, said: Said, context: Context, session: Writes
) -> Response:
    fields = read_model(service.ClipFields, with_creator(request, said))
    shown = await service.clip_video(session, context, calling.actor, calling.account_id, fields)
    return success(video_object(shown, context.settings.delivery_origin))
