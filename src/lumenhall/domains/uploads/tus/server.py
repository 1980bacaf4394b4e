"""tus 1.0.0 over ASGI, one class for every address under which uploads are offered.

Everything that can refuse a request is looked at before a byte of its body is read.
"""

import asyncio
from collections.abc import Mapping
from typing import Protocol
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from lumenhall.domains.uploads.errors import (
    ClientGone,
    TusMethodNotAllowed,
    TusVersionUnsupported,
    UploadInterrupted,
    UploadNotFound,
)
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.domains.uploads.schemas import Chunk
from lumenhall.domains.uploads.service import look_up, receive
from lumenhall.domains.uploads.tus import protocol
from lumenhall.domains.uploads.tus.protocol import Creation
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import AppError
from lumenhall.platform.web.problems import problem_response

COLLECTION_METHODS = "OPTIONS, POST"
UPLOAD_METHODS = "OPTIONS, HEAD, PATCH, DELETE, POST"
_LINGER_SECONDS = 5.0


class Door(Protocol):
    """What differs between the addresses: who may, what is made, and how it is called."""

    async def create(
        self, app: AppContext, request: Request, creation: Creation
    ) -> tuple[UUID, str]:
        """Make an upload and return its id and its address; check first who asks."""
        ...

    async def admit(self, app: AppContext, request: Request, method: str) -> UUID:
        """Return the upload that the address means; raise unless the asker may use it."""
        ...

    async def cancel(self, app: AppContext, upload_id: UUID) -> None:
        """End the upload for good."""
        ...

    async def largest(self, app: AppContext) -> int:
        """Return how many bytes an upload may have."""
        ...

    def headers(self, request: Request, upload: Upload | None) -> Mapping[str, str]:
        """Return what an answer carries besides the headers of tus; errors know no upload."""
        ...


class TusServer:
    """An ASGI application for one address of uploads, or, with `single`, for each upload."""

    def __init__(self, door: Door, *, single: bool) -> None:
        self._door = door
        self._methods = (
            {"OPTIONS": self._options, "HEAD": self._head}
            | {"PATCH": self._patch, "DELETE": self._delete}
            if single
            else {"OPTIONS": self._options, "POST": self._post}
        )
        self._allow = UPLOAD_METHODS if single else COLLECTION_METHODS

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        app: AppContext = request.app.state.context
        body = _Body(request)
        headers = {"Tus-Resumable": protocol.VERSION, **self._door.headers(request, None)}
        try:
            response = await self._answer(app, request, body)
        except asyncio.CancelledError:
            # The server stops and its patience is over. What came is in the file already.
            response = problem_response(UploadInterrupted(), headers)
            body.is_unread = False
        except AppError as error:
            if isinstance(error, TusVersionUnsupported):
                headers["Tus-Version"] = protocol.VERSION
            if isinstance(error, TusMethodNotAllowed):
                headers["Allow"] = self._allow
            response = problem_response(error, headers)
        else:
            response.headers.update(headers | dict(response.headers))
        if body.is_unread:
            await _answer_and_linger(response, body, send)
        else:
            await response(scope, receive, send)

    async def _answer(self, app: AppContext, request: Request, body: "_Body") -> Response:
        method = protocol.method_of(request.method, request.headers)
        if method not in self._methods:
            raise TusMethodNotAllowed
        if method != "OPTIONS":
            protocol.check_version(request.headers)
        return await self._methods[method](app, request, body)

    async def _options(self, app: AppContext, request: Request, body: "_Body") -> Response:
        return _reply(
            {
                "Tus-Version": protocol.VERSION,
                "Tus-Extension": protocol.EXTENSIONS,
                "Tus-Max-Size": str(await self._door.largest(app)),
                "Tus-Checksum-Algorithm": ",".join(protocol.CHECKSUM_ALGORITHMS),
                "Allow": self._allow,
            }
        )

    async def _post(self, app: AppContext, request: Request, body: "_Body") -> Response:
        creation = protocol.read_creation(request.headers)
        upload_id, address = await self._door.create(app, request, creation)
        if creation.with_upload:
            chunk = Chunk(0, None, creation.content_length, creation.checksum)
            upload = await receive(app, upload_id, chunk, body.read)
        else:
            # One of no bytes at all is whole from the start.
            upload = await look_up(app, upload_id)
        return _reply({"Location": address, **self._standing(request, upload)}, 201)

    async def _head(self, app: AppContext, request: Request, body: "_Body") -> Response:
        upload = await look_up(app, await self._door.admit(app, request, "HEAD"))
        headers = self._standing(request, upload) | {"Cache-Control": "no-store"}
        if upload.size_bytes is None:
            headers["Upload-Defer-Length"] = "1"
        else:
            headers["Upload-Length"] = str(upload.size_bytes)
        if upload.metadata_header is not None:
            headers["Upload-Metadata"] = upload.metadata_header
        return _reply(headers, 200)

    async def _patch(self, app: AppContext, request: Request, body: "_Body") -> Response:
        chunk = protocol.read_patch(request.headers)
        upload_id = await self._door.admit(app, request, "PATCH")
        upload = await receive(app, upload_id, chunk, body.read)
        return _reply(self._standing(request, upload))

    async def _delete(self, app: AppContext, request: Request, body: "_Body") -> Response:
        await self._door.cancel(app, await self._door.admit(app, request, "DELETE"))
        return _reply({})

    def _standing(self, request: Request, upload: Upload) -> dict[str, str]:
        headers = {"Upload-Offset": str(upload.offset_bytes)}
        if upload.status is UploadStatus.ACTIVE:
            headers["Upload-Expires"] = protocol.http_date(upload.expires_at)
        return headers | dict(self._door.headers(request, upload))


class _Body:
    """The request's body, read piece by piece straight from the server."""

    def __init__(self, request: Request) -> None:
        self._receive = request.receive
        headers = request.headers
        self.is_unread = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers

    async def read(self) -> bytes | None:
        """Return the next bytes, None after the last; raises ClientGone on a hang-up."""
        if not self.is_unread:
            return None
        message = await self._receive()
        if message["type"] == "http.disconnect":
            self.is_unread = False
            raise ClientGone
        self.is_unread = message.get("more_body", False)
        data: bytes = message.get("body", b"")
        return data


async def _answer_and_linger(response: Response, body: _Body, send: Send) -> None:
    """Answer a request whose body nobody wants, then let the client finish its sentence.

    Closing at once would make the client's system throw the answer away unread.
    """
    response.headers["Connection"] = "close"
    await send(
        {
            "type": "http.response.start",
            "status": response.status_code,
            "headers": response.raw_headers,
        }
    )
    await send({"type": "http.response.body", "body": response.body, "more_body": True})
    try:
        async with asyncio.timeout(_LINGER_SECONDS):
            while await body.read() is not None:
                pass
    except (TimeoutError, ClientGone):
        pass
    await send({"type": "http.response.body", "body": b""})


def _reply(headers: Mapping[str, str], status: int = 204) -> Response:
    return Response(status_code=status, headers=dict(headers))


def upload_id_in(request: Request) -> UUID:
    """Return the id at the end of the address; UploadNotFound when it can't be one."""
    try:
        return UUID(request.path_params["upload_id"])
    except ValueError:
        raise UploadNotFound from None
