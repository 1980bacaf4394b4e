"""The protocol serves under any address, and the whole file goes into any storage."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy import select
from starlette.requests import Request
from starlette.routing import Route

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.service import create_asset
from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import NewUpload
from lumenhall.domains.uploads.service import abandon_upload, create_upload
from lumenhall.domains.uploads.service.ending import source_key
from lumenhall.domains.uploads.tus.protocol import Creation
from lumenhall.domains.uploads.tus.server import TusServer, upload_id_in
from lumenhall.platform.context import AppContext
from lumenhall.platform.storage import MemoryStorage
from tests.medium.uploads.conftest import MP4, TUS, create, offset_of, send


class OpenDoor:
    """Uploads for whoever knows the address, all for one member, open to other sites."""

    def __init__(self, actor: Actor) -> None:
        self._actor = actor

    async def create(
        self, app: AppContext, request: Request, creation: Creation
    ) -> tuple[uuid.UUID, str]:
        async with app.database.write() as session:
            asset = await create_asset(session, self._actor.user_id, original_filename="a")
            new = NewUpload(asset.id, "a", creation.size)
            upload = await create_upload(session, app, self._actor, new)
        return upload.id, f"https://up.example.org/tus/{upload.id.hex}?tusv2=true"

    async def admit(self, app: AppContext, request: Request, method: str) -> uuid.UUID:
        upload_id = upload_id_in(request)
        async with app.database.read() as session:
            await queries.get_open(session, upload_id)
        return upload_id

    async def cancel(self, app: AppContext, upload_id: uuid.UUID) -> None:
        async with app.database.write() as session:
            await abandon_upload(session, upload_id, UploadStatus.CANCELLED)

    async def largest(self, app: AppContext) -> int:
        return 5

    def headers(self, request: Request, upload: Upload | None) -> Mapping[str, str]:
        return {
            "Access-Control-Allow-Origin": "*",
            **({"stream-media-id": str(upload.asset_id)} if upload else {}),
        }


async def test_the_protocol_serves_under_other_addresses(web: FastAPI, member: Actor) -> None:
    door = OpenDoor(member)
    web.router.routes.append(Route("/client/stream", TusServer(door, single=False)))
    web.router.routes.append(Route("/tus/{upload_id}", TusServer(door, single=True)))
    transport = httpx.ASGITransport(web)
    async with httpx.AsyncClient(transport=transport, base_url="https://up.example.org") as client:
        options = await client.options("/client/stream")
        assert (options.headers["Tus-Max-Size"], options.status_code) == ("5", 204)
        length = {"Upload-Length": str(len(MP4))}
        made = await client.post("/client/stream", headers=TUS | length)
        url = made.headers["Location"]
        replies = [made, await client.head(url, headers=TUS), await send(client, url, 0, MP4)]
        assert len({reply.headers["stream-media-id"] for reply in replies}) == 1
        unknown = await client.head(f"/tus/{uuid.uuid4()}", headers=TUS)
        assert unknown.status_code == 404
        assert {each.headers["Access-Control-Allow-Origin"] for each in [*replies, unknown]} == {
            "*"
        }


async def test_an_unknown_purpose_is_refused(client: httpx.AsyncClient) -> None:
    headers = TUS | {"Upload-Length": "5", "Upload-Metadata": "purpose c29uZw=="}
    reply = await client.post("/api/uploads", headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (400, "unknown_purpose")


@pytest.fixture
def remote(app: AppContext, web: FastAPI) -> AppContext:
    """The same process with a storage that is not on this machine."""
    remote = replace(app, storage=MemoryStorage())
    web.state.context = remote
    return remote


async def test_the_whole_file_goes_into_a_storage_elsewhere(
    remote: AppContext, client: httpx.AsyncClient
) -> None:
    url = await create(client, len(MP4))
    await send(client, url, 0, MP4[:10])
    await send(client, url, 10, MP4[10:])
    assert await offset_of(client, url) == len(MP4)
    async with remote.database.read() as session:
        upload = (await session.scalars(select(Upload))).one()
    assert await remote.storage.read_bytes(source_key(upload)) == MP4
