"""Accounts: any name, bound to the member who used it first."""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.stream.errors import StreamFieldInvalid
from lumenhall.domains.stream.models import ACCOUNT_LENGTH, StreamAccount
from lumenhall.domains.stream.policy import may_use_account
from lumenhall.platform.db.upsert import insert_into


async def open_account(session: AsyncSession, actor: Actor, account_id: str) -> StreamAccount:
    """Return an account; one that nobody has used becomes the actor's.

    Raises StreamAccountTaken.
    """
    if not account_id.isprintable() or len(account_id) > ACCOUNT_LENGTH:
        raise StreamFieldInvalid(f"account_id: at most {ACCOUNT_LENGTH} characters")
    await session.execute(
        insert_into(session, StreamAccount)
        .values(id=account_id, owner_id=actor.user_id)
        .on_conflict_do_nothing()
    )
    account = await session.get_one(StreamAccount, account_id)
    may_use_account(actor, account).demand()
    return account
