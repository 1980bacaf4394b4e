"""Who calls the Stream API and what they say: deps of its routes."""

from dataclasses import dataclass
from typing import Annotated, Any

import orjson
from fastapi import Depends
from starlette.requests import Request

from lumenhall.domains.identity.deps import BEARER, Actor, authenticate
from lumenhall.domains.identity.models import Scope
from lumenhall.domains.identity.policy import may_use_scopes
from lumenhall.domains.stream.errors import (
    StreamBodyUnreadable,
    StreamFieldInvalid,
    TooManyCalls,
)
from lumenhall.platform.context import AppContext
from lumenhall.platform.errors import TooLarge, Unauthenticated
from lumenhall.platform.limits import Limit

MOST_JSON_BYTES = 1024 * 1024
_CALLS_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Caller:
    """Who calls, for which account."""

    actor: Actor
    account_id: str


async def caller_of(request: Request) -> Caller:
    """Return who calls; raises Unauthenticated, ScopeMissing or TooManyCalls.

    Only a token counts: a page of another site can't make the browser send one.
    """
    app: AppContext = request.app.state.context
    headers = request.headers
    if headers.get("authorization", "")[: len(BEARER)].lower() != BEARER:
        if "x-auth-key" in headers or "x-auth-email" in headers:
            raise Unauthenticated(
                "E-mail address and key are not taken here: make an API token with the scope "
                "`stream` and send it as `Authorization: Bearer`."
            )
        raise Unauthenticated("Send an API token as `Authorization: Bearer`.")
    actor = await authenticate(app, request)
    if actor is None:
        raise Unauthenticated("This API token is not valid.")
    may_use_scopes(actor, frozenset({Scope.STREAM})).demand()
    limit = Limit("stream_calls", app.settings.stream_calls_per_five_minutes, _CALLS_SECONDS)
    if wait := await app.limiter.wait_for(limit, str(actor.credential_id)):
        raise TooManyCalls(retry_after=wait)
    return Caller(actor, request.path_params["account_id"])


async def json_of(request: Request) -> dict[str, Any]:
    """Return the object in the body, whatever its header says it is; nothing counts as empty.

    Raises StreamBodyUnreadable, StreamFieldInvalid or TooLarge.
    """
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > MOST_JSON_BYTES:
            raise TooLarge(max_bytes=MOST_JSON_BYTES)
    if not body.strip():
        return {}
    try:
        said = orjson.loads(bytes(body))
    except orjson.JSONDecodeError as error:
        raise StreamBodyUnreadable from error
    if not isinstance(said, dict):
        raise StreamFieldInvalid("the body must be an object")
    return said


def with_creator(request: Request, said: dict[str, Any]) -> dict[str, Any]:
    """Return what was said, with the creator that a header names unless the body does."""
    creator = request.headers.get("upload-creator")
    return {"creator": creator, **said} if creator else said


Calling = Annotated[Caller, Depends(caller_of)]
Said = Annotated[dict[str, Any], Depends(json_of)]
