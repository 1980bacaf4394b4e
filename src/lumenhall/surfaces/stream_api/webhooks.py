"""The webhook of an account."""

from fastapi import APIRouter
from starlette.responses import Response

from lumenhall.domains.stream import service
from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.platform.web import Reads, Writes
from lumenhall.surfaces.stream_api.asking import Calling, Said
from lumenhall.surfaces.stream_api.envelope import success

router = APIRouter(prefix="/webhook")


@router.put("")
async def set_webhook(calling: Calling, said: Said, session: Writes) -> Response:
    url = said.get("notificationUrl") or said.get("notification_url")
    if url is not None and not isinstance(url, str):
        raise StreamFieldInvalid("notificationUrl: an address")
    return success(await service.set_webhook(session, calling.actor, calling.account_id, url))


@router.get("")
async def read_webhook(calling: Calling, session: Reads) -> Response:
    return success(await service.get_webhook(session, calling.actor, calling.account_id))


@router.delete("")
async def delete_webhook(calling: Calling, session: Writes) -> Response:
    await service.delete_webhook(session, calling.actor, calling.account_id)
    return success("")
