"""Signing keys, and the tokens that are signed with them."""

import asyncio
import time
from typing import Any
from uuid import uuid4

from pydantic import BaseModel, ConfigDict, Field
from pydantic.alias_generators import to_camel
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.stream import queries, tokens
from lumenhall.domains.stream.admission import screenings
from lumenhall.domains.stream.errors import (
    StreamFieldInvalid,
    StreamTokenRefused,
    TooManySigningKeys,
)
from lumenhall.domains.stream.models import StreamKey
from lumenhall.domains.stream.schemas import key_object
from lumenhall.domains.stream.service.accounts import open_account
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import on_commit

MOST_KEYS = 1000
_LIFE_SECONDS = 3600


class TokenFields(BaseModel):
    """What a token is to say; `id` and `pem` sign it with a key of the caller's."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)

    exp: int | None = None
    nbf: int | None = None
    downloadable: bool | None = None
    access_rules: list[dict[str, Any]] | None = Field(None, max_length=tokens.MOST_RULES)
    flags: dict[str, Any] | None = None
    id: str | None = None
    pem: str | None = None


async def create_key(app: AppContext, actor: Actor, account_id: str) -> dict[str, Any]:
    """Make a signing key; its private half is in the answer and nowhere else."""
    made = await asyncio.to_thread(tokens.make_key)
    key = StreamKey(id=uuid4().hex, account_id=account_id, public_pem=made.public_pem)
    async with app.database.write() as session:
        await open_account(session, actor, account_id)
        if len(await queries.list_keys(session, account_id)) >= MOST_KEYS:
            raise TooManySigningKeys
        session.add(key)
        await session.flush()
    secrets = {"pem": tokens.as_pem(made), "jwk": tokens.as_jwk(made, key.id)}
    return key_object(key) | secrets


async def revoke_key(session: AsyncSession, actor: Actor, account_id: str, key_id: str) -> None:
    """Revoke a signing key: whatever was signed with it counts no longer."""
    await queries.check_account(session, actor, account_id)
    await session.delete(await queries.get_key(session, account_id, key_id))
    await session.flush()
    on_commit(session, lambda: screenings.forget_key(key_id))


async def create_token(
    app: AppContext, actor: Actor, place: tuple[str, str], fields: TokenFields
) -> str:
    """Return a token for a video; `place` is account and uid.

    Raises StreamVideoUnknown, SigningKeyUnknown or StreamFieldInvalid.
    """
    account_id, uid = place
    now = int(time.time())
    expires = fields.exp if fields.exp is not None else now + _LIFE_SECONDS
    hours = app.settings.stream_token_hours
    if not now < expires <= now + hours * 3600:
        raise StreamFieldInvalid(f"exp: a moment within the next {hours} hours")
    claims: dict[str, Any] = {
        "sub": uid,
        "exp": expires,
        "nbf": fields.nbf if fields.nbf is not None else now - _LIFE_SECONDS,
    }
    if fields.downloadable is not None:
        claims["downloadable"] = fields.downloadable
    if fields.access_rules is not None:
        claims["accessRules"] = _checked(fields.access_rules)
    if fields.flags is not None:
        claims["flags"] = fields.flags
    async with app.database.read() as session:
        await queries.get_shown(session, actor, account_id, uid)
    key_id, pem = await _signer(app, account_id, fields)
    token = tokens.sign(claims, key_id, pem)
    if len(token) > tokens.LONGEST:
        raise StreamFieldInvalid("the token would be too long to be taken by anybody")
    return token


async def _signer(app: AppContext, account_id: str, fields: TokenFields) -> tuple[str, str]:
    if fields.id is not None and fields.pem is not None:
        async with app.database.read() as session:
            known = await queries.get_key(session, account_id, fields.id)
        if tokens.public_half(fields.pem) != known.public_pem:
            raise StreamFieldInvalid("pem: this is not the key of that id")
        return fields.id, tokens.private_half(fields.pem)
    async with app.database.read() as session:
        own = await queries.find_own_key(session, account_id)
    if own is None:
        made = await asyncio.to_thread(tokens.make_key)
        async with app.database.write() as session:
            own = await queries.find_own_key(session, account_id) or StreamKey(
                id=uuid4().hex,
                account_id=account_id,
                public_pem=made.public_pem,
                private_pem=made.private_pem,
            )
            session.add(own)
    return own.id, own.private_pem or ""


def _checked(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    try:
        tokens.read_rules(rules)
    except StreamTokenRefused as error:
        raise StreamFieldInvalid("accessRules: something in there is no rule") from error
    return rules
