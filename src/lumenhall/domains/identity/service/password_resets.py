"""New passwords: changed by who knows the old one, or set by a link that works once."""

import uuid
from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import PasswordResetUnknown, PasswordWrong
from lumenhall.domains.identity.models import PasswordReset, User
from lumenhall.domains.identity.policy import Actor, may_guard_account
from lumenhall.domains.identity.queries import find_by_login, get_password_reset, get_user
from lumenhall.domains.identity.schemas import PasswordChange
from lumenhall.domains.identity.service.attempts import (
    RESET_PER_ACCOUNT,
    count_sign_in,
    forget_sign_ins,
)
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.domains.identity.service.letters import send_reset_link
from lumenhall.domains.identity.service.passwords import (
    hash_password,
    password_matches,
    refuse_common,
)
from lumenhall.domains.identity.service.sessions import end_all_sessions
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.secrets import hash_secret, new_secret
from lumenhall.platform.limits import Limiter

LINK_LIFE = timedelta(hours=1)


async def change_password(
    database: Database, limiter: Limiter, actor: Actor, form: PasswordChange, ip: str | None
) -> None:
    """Set a new password and end the actor's other sessions.

    Raises PasswordWrong, PasswordTooCommon, SessionRequired, TooManySignIns.
    """
    may_guard_account(actor).demand()
    async with database.read() as reading:
        user = await get_user(reading, actor.user_id)
    await count_sign_in(limiter, ip, user.id)
    if not await password_matches(user.password_hash, form.current_password):
        raise PasswordWrong
    await forget_sign_ins(limiter, user.id)
    password_hash = await _hash_for(user, form.new_password)
    async with database.write() as session:
        await _set_password(session, user.id, password_hash, keep=actor.session_id)


async def mail_reset_link(database: Database, limiter: Limiter, base_url: str, email: str) -> None:
    """Mail a link to set a new password, if there is such an account; silent if there is none."""
    async with database.read() as reading:
        user = await find_by_login(reading, email)
    if user is None or user.disabled_at is not None:
        return
    if await limiter.wait_for(RESET_PER_ACCOUNT, str(user.id)):
        return
    async with database.write() as session:
        await send_reset_link(session, user, await _make_link(session, user.id, base_url))


async def make_reset_link(
    session: AsyncSession, actor: Actor, user_id: uuid.UUID, base_url: str
) -> str:
    """Return a link, made by an admin, with which a person sets a new password."""
    user = await get_user(session, user_id)
    await record_audit(session, actor, "member.password_reset_made", "member", user.id)
    return await _make_link(session, user.id, base_url)


async def use_reset_link(database: Database, secret: str, password: str) -> None:
    """Set a new password and end all sessions of the person; the link is used up.

    Raises PasswordResetUnknown, also for the second of two at once, and PasswordTooCommon.
    """
    async with database.read() as reading:
        reset, user = await get_password_reset(reading, secret)
    password_hash = await _hash_for(user, password)
    async with database.write() as session:
        used = delete(PasswordReset).where(PasswordReset.id == reset.id)
        if await session.scalar(used.returning(PasswordReset.id)) is None:
            raise PasswordResetUnknown
        await _set_password(session, user.id, password_hash)


async def _hash_for(user: User, password: str) -> str:
    refuse_common(password, (user.username, user.email, user.display_name))
    return await hash_password(password)


async def _set_password(
    session: AsyncSession, user_id: uuid.UUID, password_hash: str, keep: uuid.UUID | None = None
) -> None:
    user = await get_user(session, user_id)
    user.password_hash = password_hash
    await session.execute(delete(PasswordReset).where(PasswordReset.user_id == user_id))
    await end_all_sessions(session, user_id, but=keep)


async def _make_link(session: AsyncSession, user_id: uuid.UUID, base_url: str) -> str:
    now = clock.now()
    secret = new_secret()
    await session.execute(delete(PasswordReset).where(PasswordReset.expires_at <= now))
    session.add(
        PasswordReset(user_id=user_id, secret_hash=hash_secret(secret), expires_at=now + LINK_LIFE)
    )
    await session.flush()
    return f"{base_url.rstrip('/')}/reset/{secret}"
