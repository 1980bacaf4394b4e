"""API tokens: keys for programs, shown once."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import TooManyTokens
from lumenhall.domains.identity.events import TokenRevoked
from lumenhall.domains.identity.models import ApiToken
from lumenhall.domains.identity.policy import Actor, may_guard_account
from lumenhall.domains.identity.queries import get_token, list_tokens
from lumenhall.domains.identity.schemas import NewToken, TokenLook, TokenMade
from lumenhall.platform.events import announce
from lumenhall.platform.kit.secrets import hash_secret, new_secret

# The prefix lets people and scanners recognise a token that got somewhere it should not be.
PREFIX = "lumenhall_"
MOST_TOKENS = 50


async def create_token(session: AsyncSession, actor: Actor, form: NewToken) -> TokenMade:
    """Make an API token for the actor; raises SessionRequired or TooManyTokens."""
    may_guard_account(actor).demand()
    if len(await list_tokens(session, actor.user_id)) >= MOST_TOKENS:
        raise TooManyTokens(limit=MOST_TOKENS)
    secret = PREFIX + new_secret()
    token = ApiToken(
        user_id=actor.user_id,
        name=form.name,
        secret_hash=hash_secret(secret),
        scopes=sorted(form.scopes),
    )
    session.add(token)
    await session.flush()
    return TokenMade(**TokenLook.model_validate(token).model_dump(), token=secret)


async def revoke_token(session: AsyncSession, actor: Actor, token_id: uuid.UUID) -> None:
    """End one of the actor's API tokens; raises TokenUnknown or SessionRequired."""
    may_guard_account(actor).demand()
    token = await get_token(session, actor.user_id, token_id)
    await session.delete(token)
    await session.flush()
    await announce(session, TokenRevoked(token.id, actor.user_id))
