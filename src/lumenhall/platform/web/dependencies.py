"""What a route may ask for, and a reply that needs no more work.

The scope "function" makes FastAPI leave the dependency, and so commit, before the reply is
sent; with the default scope a failing commit would still have answered 200.

Dependencies are coroutines also where they wait for nothing: FastAPI calls plain functions in
a thread, which takes longer than most of our statements.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection
from starlette.responses import Response

from lumenhall.platform.context import AppContext
from lumenhall.platform.db import ReadSession, WriteSession


async def app_context(connection: HTTPConnection) -> AppContext:
    """Return the parts of the running process."""
    context: AppContext = connection.app.state.context
    return context


Context = Annotated[AppContext, Depends(app_context)]


async def _reading(context: Context) -> AsyncIterator[ReadSession]:
    async with context.database.read() as session:
        yield session


async def _writing(context: Context) -> AsyncIterator[WriteSession]:
    async with context.database.write() as session:
        yield session


Reads = Annotated[ReadSession, Depends(_reading, scope="function")]
Writes = Annotated[WriteSession, Depends(_writing, scope="function")]


def json_reply(response: Response, body: bytes) -> Response:
    """Return JSON that is ready to be sent, with what dependencies have set in `response`."""
    return Response(body, headers=response.headers, media_type="application/json")
