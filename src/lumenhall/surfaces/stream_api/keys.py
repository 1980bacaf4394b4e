"""Signing keys and tokens."""

from fastapi import APIRouter
from starlette.responses import Response

from lumenhall.domains.stream import queries, service
from lumenhall.domains.stream.schemas import key_object, read_model
from lumenhall.platform.web import Context, Reads, Writes
from lumenhall.surfaces.stream_api.asking import Calling, Said
from lumenhall.surfaces.stream_api.envelope import success

router = APIRouter()


@router.get("/keys")
async def list_keys(calling: Calling, session: Reads) -> Response:
    await queries.check_account(session, calling.actor, calling.account_id)
    keys = await queries.list_keys(session, calling.account_id)
    return success([key_object(key) for key in keys])


@router.post("/keys")
async def create_key(calling: Calling, context: Context) -> Response:
    return success(await service.create_key(context, calling.actor, calling.account_id))


@router.delete("/keys/{key_id}")
async def revoke_key(key_id: str, calling: Calling, session: Writes) -> Response:
    await service.revoke_key(session, calling.actor, calling.account_id, key_id)
    return success("Revoked")


@router.post("/{uid}/token")
async def create_token(uid: str, calling: Calling, said: Said, context: Context) -> Response:
    fields = read_model(service.TokenFields, said)
    place = (calling.account_id, uid)
    return success({"token": await service.create_token(context, calling.actor, place, fields)})
