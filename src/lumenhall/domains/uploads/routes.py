"""The doors of uploads: tus at /api/uploads, the member's unfinished uploads and quota."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from lumenhall.domains.identity.deps import CurrentActor, authenticate
from lumenhall.domains.identity.policy import Actor, accepted_scopes, may_use_scopes
from lumenhall.domains.uploads import queries
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import (
    VIDEO,
    NewUpload,
    QuotaOut,
    UploadOut,
    UploadRequest,
    quota_out,
    upload_url,
)
from lumenhall.domains.uploads.service import (
    abandon_upload,
    create_upload,
    discard_part,
    make_target,
    remember_refusal,
)
from lumenhall.domains.uploads.tus.protocol import Creation, method_of
from lumenhall.domains.uploads.tus.server import TusServer, upload_id_in
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import Unauthenticated
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Reads
from lumenhall.platform.web.problems import problem_response

router = APIRouter(tags=["uploads"])


@router.get("/api/uploads")
async def list_my_unfinished_uploads(
    actor: CurrentActor, session: Reads, cursor: str | None = None, limit: Limit = 30
) -> Page[UploadOut]:
    return await queries.page_unfinished(session, actor.user_id, cursor, limit)


@router.get("/api/me/quota")
async def read_my_quota(actor: CurrentActor, session: Reads) -> QuotaOut:
    return quota_out(await queries.get_quota(session, actor.user_id))


async def answer_quota_exceeded(request: Request, error: Exception) -> Response:
    """Answer a refusal, and remember it for the day the quota renews.

    The application installs this for QuotaExceeded, so that every door remembers.
    """
    assert isinstance(error, QuotaExceeded)  # noqa: S101 It is installed for this type.
    app: AppContext = request.app.state.context
    await _remember(app, error)
    return problem_response(error)


class OwnDoor:
    """Uploads of members, as the pages and API tokens use them."""

    async def create(
        self, app: AppContext, request: Request, creation: Creation
    ) -> tuple[UUID, str]:
        actor = await _actor(app, request)
        said = creation.metadata
        filename = said.get("filename") or said.get("name") or said.get("title") or "untitled"
        purpose = said.get("purpose", VIDEO)
        wanted = UploadRequest(filename, creation.size, said)
        try:
            async with app.database.write() as session:
                asset_id = await make_target(session, actor, purpose, wanted)
                new = NewUpload(
                    asset_id, filename, creation.size, purpose, creation.metadata_header
                )
                upload = await create_upload(session, app, actor, new)
        except QuotaExceeded as error:
            await _remember(app, error)
            raise
        return upload.id, upload_url(upload.id)

    async def admit(self, app: AppContext, request: Request, method: str) -> UUID:
        actor = await _actor(app, request)
        upload_id = upload_id_in(request)
        async with app.database.read() as session:
            await queries.get_owned(session, actor.user_id, upload_id)
        return upload_id

    async def cancel(self, app: AppContext, upload_id: UUID) -> None:
        async with app.database.write() as session:
            await abandon_upload(session, upload_id, UploadStatus.CANCELLED)
        await discard_part(app, upload_id)

    async def largest(self, app: AppContext) -> int:
        async with app.database.read() as session:
            return (await options.get(session)).max_file_size_bytes

    def headers(self, request: Request, upload: Upload | None) -> Mapping[str, str]:
        return {}


async def _actor(app: AppContext, request: Request) -> Actor:
    # The session that finds the asker ends here: none may be open while bytes flow.
    actor = await authenticate(app, request)
    if actor is None:
        raise Unauthenticated
    method = method_of(request.method, request.headers)
    may_use_scopes(actor, accepted_scopes(method, request.url.path)).demand()
    return actor


async def _remember(app: AppContext, error: QuotaExceeded) -> None:
    async with app.database.write() as session:
        await remember_refusal(session, error.user_id)


own_door = OwnDoor()
router.routes.append(
    Route("/api/uploads", TusServer(own_door, single=False), include_in_schema=False)
)
router.routes.append(
    Route("/api/uploads/{upload_id}", TusServer(own_door, single=True), include_in_schema=False)
)
