"""What an upload is measured against: a bare Starlette handler that copies a body to disk."""

import os
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

FOLDER = Path(os.environ.get("BARE_COPY_FOLDER", "."))


async def copy(request: Request) -> Response:
    """Copy the body into a new file; `?sync=1` also waits until the disk has it."""
    path = FOLDER / "copy"
    path.unlink(missing_ok=True)
    with path.open("wb") as file:
        async for chunk in request.stream():
            file.write(chunk)
        if "sync" in request.query_params:
            file.flush()
            os.fsync(file.fileno())
    return Response(status_code=204)


app = Starlette(routes=[Route("/copy", copy, methods=["PATCH"])])
