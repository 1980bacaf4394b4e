"""What a route may ask for.

The scope "function" makes FastAPI leave the dependency, and so commit, before the reply is
sent; with the default scope a failing commit would still have answered 200.
"""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends
from starlette.requests import HTTPConnection

from lumenhall.platform.context import AppContext
from lumenhall.platform.db import ReadSession, WriteSession


def app_context(connection: HTTPConnection) -> AppContext:
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
