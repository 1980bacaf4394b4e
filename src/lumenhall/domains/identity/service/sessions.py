"""Sessions: made by signing in, 30 days from the last visit, ended one by one or all at once."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import (
    AccountDisabled,
    SessionUnknown,
    SignInFailed,
)
from lumenhall.domains.identity.events import SessionEnded
from lumenhall.domains.identity.models import ApiToken, User, UserSession
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import find_by_login, get_session, get_user
from lumenhall.domains.identity.schemas import Me, SignIn
from lumenhall.domains.identity.service.attempts import count_sign_in, forget_sign_ins
from lumenhall.domains.identity.service.passwords import (
    hash_password,
    is_outdated,
    password_matches,
)
from lumenhall.domains.identity.service.profile import describe_me
from lumenhall.platform.db import Database
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.secrets import hash_secret, new_secret
from lumenhall.platform.limits import Limiter

SESSION_LIFE = timedelta(days=30)
NOTED_EVERY = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Device:
    """What a request tells of the browser that sent it."""

    user_agent: str | None = None
    ip: str | None = None


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A new session; `secret` is for the cookie and stored nowhere."""

    me: Me
    secret: str


async def sign_in(database: Database, limiter: Limiter, form: SignIn, device: Device) -> SignedIn:
    """Start a session for the right password.

    Takes the database because Argon2id runs between reading and writing. Unknown names take
    as long as wrong passwords. Raises SignInFailed, AccountDisabled or TooManySignIns.
    """
    async with database.read() as reading:
        user = await find_by_login(reading, form.login)
    await count_sign_in(limiter, device.ip, user.id if user else form.login)
    known_hash = user.password_hash if user else None
    if not await password_matches(known_hash, form.password) or user is None:
        raise SignInFailed
    await forget_sign_ins(limiter, user.id)
    fresh_hash = await hash_password(form.password) if is_outdated(user.password_hash) else None
    async with database.write() as session:
        current = await get_user(session, user.id)
        if current.password_hash == known_hash:
            current.password_hash = fresh_hash or current.password_hash
            return await start_session(session, current, device)
    # The password was changed, or hashed afresh, while this one was being checked.
    return await sign_in(database, limiter, form, device)


async def start_session(session: AsyncSession, user: User, device: Device) -> SignedIn:
    """Start a session for the person; raises AccountDisabled."""
    if user.disabled_at is not None:
        raise AccountDisabled
    now = clock.now()
    secret = new_secret()
    await session.execute(delete(UserSession).where(UserSession.expires_at <= now))
    session.add(
        UserSession(
            user_id=user.id,
            secret_hash=hash_secret(secret),
            user_agent=device.user_agent[:300] if device.user_agent else None,
            ip=device.ip[:45] if device.ip else None,
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    user.last_seen_at = now
    await session.flush()
    return SignedIn(await describe_me(session, user), secret)


async def end_session(
    session: AsyncSession, actor: Actor, session_id: uuid.UUID | None = None
) -> None:
    """End one of the actor's sessions, their current one unless told; raises SessionUnknown."""
    wanted = session_id or actor.session_id
    if wanted is None:
        raise SessionUnknown
    found = await get_session(session, actor.user_id, wanted)
    await session.delete(found)
    await session.flush()
    await announce(session, SessionEnded(found.id, actor.user_id))


async def end_all_sessions(
    session: AsyncSession, user_id: uuid.UUID, *, but: uuid.UUID | None = None
) -> None:
    """End a person's sessions, all of them or all but one."""
    ended = delete(UserSession).where(UserSession.user_id == user_id)
    if but is not None:
        ended = ended.where(UserSession.id != but)
    for session_id in (await session.scalars(ended.returning(UserSession.id))).all():
        await announce(session, SessionEnded(session_id, user_id))


async def note_use(session: AsyncSession, actor: Actor) -> None:
    """Write down that the actor was here, and let their session live 30 days from now."""
    now = clock.now()
    if actor.session_id is not None:
        await session.execute(
            update(UserSession)
            .where(UserSession.id == actor.session_id)
            .values(last_seen_at=now, expires_at=now + SESSION_LIFE)
        )
    else:
        await session.execute(
            update(ApiToken).where(ApiToken.id == actor.token_id).values(last_used_at=now)
        )
    await session.execute(update(User).where(User.id == actor.user_id).values(last_seen_at=now))
