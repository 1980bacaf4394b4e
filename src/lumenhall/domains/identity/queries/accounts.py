"""Accounts, and what lets people in."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, bindparam, case, func, or_, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import (
    InvitationUnknown,
    PasswordResetUnknown,
    PersonUnknown,
    SessionUnknown,
    TokenUnknown,
)
from lumenhall.domains.identity.models import (
    ApiToken,
    AuditEntry,
    Invitation,
    InvitationUse,
    PasswordReset,
    Role,
    User,
    UserSession,
)
from lumenhall.domains.identity.policy import Actor, invitations_visible_to
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor
from lumenhall.platform.kit.secrets import hash_secret


@dataclass(frozen=True, slots=True)
class Known:
    """An actor, and when their credential was last written down as used."""

    actor: Actor
    noted_at: datetime | None


# Every request asks this, so it is put together only once.
_BY_SESSION = (
    select(UserSession.id, UserSession.last_seen_at, User.id, User.role)
    .join(User, User.id == UserSession.user_id)
    .where(
        UserSession.secret_hash == bindparam("secret_hash"),
        UserSession.expires_at > bindparam("now"),
        User.disabled_at.is_(None),
    )
)


async def find_by_session(session: AsyncSession, secret: str) -> Known | None:
    """Return who holds the secret of a live session."""
    asked = {"secret_hash": hash_secret(secret), "now": clock.now()}
    row = (await session.execute(_BY_SESSION, asked)).one_or_none()
    if row is None:
        return None
    session_id, last_seen_at, user_id, role = row
    return Known(Actor(user_id, role, session_id=session_id), last_seen_at)


async def find_by_token(session: AsyncSession, secret: str) -> Known | None:
    """Return who holds an API token."""
    row = (
        await session.execute(
            select(ApiToken.id, ApiToken.last_used_at, ApiToken.scopes, User.id, User.role)
            .join(User, User.id == ApiToken.user_id)
            .where(ApiToken.secret_hash == hash_secret(secret), User.disabled_at.is_(None))
        )
    ).one_or_none()
    if row is None:
        return None
    token_id, last_used_at, scopes, user_id, role = row
    actor = Actor(user_id, role, token_id=token_id, scopes=frozenset(scopes))
    return Known(actor, last_used_at)


async def credential_is_live(
    session: AsyncSession, credential_id: uuid.UUID, user_id: uuid.UUID
) -> bool:
    """Say whether a session or token (`Actor.credential_id`) of the person still gives access."""
    live_session = select(UserSession.id).where(
        UserSession.id == credential_id,
        UserSession.user_id == user_id,
        UserSession.expires_at > clock.now(),
    )
    live_token = select(ApiToken.id).where(
        ApiToken.id == credential_id, ApiToken.user_id == user_id
    )
    found = await session.scalar(
        select(User.id).where(
            User.id == user_id,
            User.disabled_at.is_(None),
            or_(live_session.exists(), live_token.exists()),
        )
    )
    return found is not None


async def live_credentials(
    session: AsyncSession, credential_ids: Sequence[uuid.UUID]
) -> set[uuid.UUID]:
    """Return those of the sessions and tokens (`Actor.credential_id`) that still give access."""
    sessions = (
        select(UserSession.id)
        .join(User, User.id == UserSession.user_id)
        .where(
            UserSession.id.in_(credential_ids),
            UserSession.expires_at > clock.now(),
            User.disabled_at.is_(None),
        )
    )
    tokens = (
        select(ApiToken.id)
        .join(User, User.id == ApiToken.user_id)
        .where(ApiToken.id.in_(credential_ids), User.disabled_at.is_(None))
    )
    return set(await session.scalars(union_all(sessions, tokens)))


async def anybody_is_here(session: AsyncSession) -> bool:
    """Say whether there is any account."""
    return await session.scalar(select(User.id).limit(1)) is not None


async def get_user(session: AsyncSession, user_id: uuid.UUID) -> User:
    """Return the person; raises PersonUnknown."""
    user = await session.get(User, user_id)
    if user is None:
        raise PersonUnknown
    return user


async def lock_user(session: AsyncSession, user_id: uuid.UUID) -> User:
    """Return the person, whom nobody else can change before this work is done."""
    user = await session.get(User, user_id, with_for_update=True)
    if user is None:
        raise PersonUnknown
    return user


async def get_person(session: AsyncSession, username: str) -> User:
    """Return the person of this name; raises PersonUnknown."""
    user = await session.scalar(select(User).where(User.username == username.lower()))
    if user is None:
        raise PersonUnknown
    return user


async def find_by_login(session: AsyncSession, login: str) -> User | None:
    """Return the person with this username or e-mail address, in lower case."""
    # A username holds no @, so the two can't be mistaken for each other.
    return await session.scalar(
        select(User).where((User.email if "@" in login else User.username) == login)
    )


async def find_people(
    session: AsyncSession, user_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, User]:
    """Return people by id, in one statement."""
    if not user_ids:
        return {}
    found = await session.scalars(select(User).where(User.id.in_(user_ids)))
    return {user.id: user for user in found}


async def find_taken(
    session: AsyncSession, username: str | None, email: str | None, but: uuid.UUID | None = None
) -> str | None:
    """Return which of the two somebody else has already: `username`, `email` or None."""
    same = select(User).where(or_(User.username == username, User.email == email))
    taken = [user for user in await session.scalars(same) if user.id != but]
    if any(user.username == username for user in taken):
        return "username"
    return "email" if taken else None


async def lock_active_admins(session: AsyncSession) -> Sequence[uuid.UUID]:
    """Return the admins who may sign in, none of whom can change before this work is done."""
    found = await session.scalars(
        select(User.id)
        .where(User.role == Role.ADMIN, User.disabled_at.is_(None))
        .order_by(User.id)
        .with_for_update()
    )
    return found.all()


async def list_sessions(session: AsyncSession, user_id: uuid.UUID) -> Sequence[UserSession]:
    """Return a person's live sessions, the last seen first."""
    found = await session.scalars(
        select(UserSession)
        .where(UserSession.user_id == user_id, UserSession.expires_at > clock.now())
        .order_by(UserSession.last_seen_at.desc(), UserSession.id.desc())
    )
    return found.all()


async def get_session(
    session: AsyncSession, user_id: uuid.UUID, session_id: uuid.UUID
) -> UserSession:
    """Return one of a person's sessions; raises SessionUnknown for anybody else's."""
    found = await session.get(UserSession, session_id)
    if found is None or found.user_id != user_id:
        raise SessionUnknown
    return found


async def list_tokens(session: AsyncSession, user_id: uuid.UUID) -> Sequence[ApiToken]:
    """Return a person's API tokens, the newest first."""
    found = await session.scalars(
        select(ApiToken).where(ApiToken.user_id == user_id).order_by(ApiToken.id.desc())
    )
    return found.all()


async def get_token(session: AsyncSession, user_id: uuid.UUID, token_id: uuid.UUID) -> ApiToken:
    """Return one of a person's API tokens; raises TokenUnknown for anybody else's."""
    found = await session.get(ApiToken, token_id)
    if found is None or found.user_id != user_id:
        raise TokenUnknown
    return found


async def get_password_reset(session: AsyncSession, secret: str) -> tuple[PasswordReset, User]:
    """Return a link that can still be used, and whose it is; raises PasswordResetUnknown."""
    row = (
        await session.execute(
            select(PasswordReset, User)
            .join(User, User.id == PasswordReset.user_id)
            .where(
                PasswordReset.secret_hash == hash_secret(secret),
                PasswordReset.expires_at > clock.now(),
                User.disabled_at.is_(None),
            )
        )
    ).one_or_none()
    if row is None:
        raise PasswordResetUnknown
    return row[0], row[1]


async def get_invitation(session: AsyncSession, secret: str) -> Invitation:
    """Return an invitation, whatever its state; raises InvitationUnknown."""
    found = await session.scalar(
        select(Invitation).where(Invitation.secret_hash == hash_secret(secret))
    )
    if found is None:
        raise InvitationUnknown
    return found


async def get_visible_invitation(
    session: AsyncSession, actor: Actor, invitation_id: uuid.UUID
) -> Invitation:
    """Return an invitation that the actor may see; raises InvitationUnknown."""
    found = await session.scalar(
        select(Invitation).where(Invitation.id == invitation_id, invitations_visible_to(actor))
    )
    if found is None:
        raise InvitationUnknown
    return found


async def page_invitations(
    session: AsyncSession, actor: Actor, *, cursor: str | None, limit: int
) -> tuple[list[Invitation], str | None]:
    """Return invitations that the actor may see, the newest first, and the next cursor."""
    wanted = select(Invitation).where(invitations_visible_to(actor))
    if cursor:
        (last_id,) = decode_cursor(cursor, uuid.UUID)
        wanted = wanted.where(Invitation.id < last_id)
    found = list(await session.scalars(wanted.order_by(Invitation.id.desc()).limit(limit + 1)))
    more = len(found) > limit
    return found[:limit], encode_cursor(found[limit - 1].id) if more else None


async def list_accepted(
    session: AsyncSession, invitation_ids: Collection[uuid.UUID]
) -> Sequence[Row[uuid.UUID, User]]:
    """Return who came by which invitation, in the order of coming."""
    if not invitation_ids:
        return ()
    rows = await session.execute(
        select(InvitationUse.invitation_id, User)
        .join(User, User.id == InvitationUse.user_id)
        .where(InvitationUse.invitation_id.in_(invitation_ids))
        .order_by(User.id)
    )
    return rows.all()


async def count_places_given(session: AsyncSession, user_id: uuid.UUID) -> int:
    """Return how many people a person has invited or still may come by their open links."""
    is_open = Invitation.revoked_at.is_(None) & (Invitation.expires_at > clock.now())
    places = case((is_open, Invitation.max_uses), else_=Invitation.uses)
    given = await session.scalar(
        select(func.coalesce(func.sum(places), 0)).where(Invitation.invited_by_id == user_id)
    )
    return given or 0


async def page_members(
    session: AsyncSession, *, query: str, cursor: str | None, limit: int
) -> tuple[list[User], str | None]:
    """Return people whose names or address hold `query`, by username, and the next cursor."""
    wanted = select(User)
    if query:
        wanted = wanted.where(_mentions(query))
    if cursor:
        (last_name,) = decode_cursor(cursor, str)
        wanted = wanted.where(User.username > last_name)
    found = list(await session.scalars(wanted.order_by(User.username).limit(limit + 1)))
    more = len(found) > limit
    return found[:limit], encode_cursor(found[limit - 1].username) if more else None


async def page_audit(
    session: AsyncSession,
    *,
    actor_id: uuid.UUID | None,
    kind: str | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[AuditEntry], str | None]:
    """Return what was done, by one person or by all, newest first, and the next cursor.

    `kind` is an action such as `member.disabled`, or the noun that several begin with.
    """
    wanted = select(AuditEntry)
    if actor_id is not None:
        wanted = wanted.where(AuditEntry.actor_id == actor_id)
    if kind is not None:
        below = AuditEntry.action.startswith(f"{kind}.", autoescape=True)
        wanted = wanted.where((AuditEntry.action == kind) | below)
    if cursor:
        wanted = wanted.where(AuditEntry.id < decode_cursor(cursor, uuid.UUID)[0])
    found = list(await session.scalars(wanted.order_by(AuditEntry.id.desc()).limit(limit + 1)))
    more = len(found) > limit
    return found[:limit], encode_cursor(found[limit - 1].id) if more else None


async def suggest_people(session: AsyncSession, start: str, limit: int) -> Sequence[User]:
    """Return people of whom a name starts with `start`, those whose username does first."""
    by_username = User.username.istartswith(start, autoescape=True)
    found = await session.scalars(
        select(User)
        .where(
            User.disabled_at.is_(None),
            by_username
            | User.display_name.istartswith(start, autoescape=True)
            | User.display_name.icontains(f" {start}", autoescape=True),
        )
        .order_by(case((by_username, 0), else_=1), User.username)
        .limit(limit)
    )
    return found.all()


def _mentions(query: str) -> ColumnElement[bool]:
    return or_(
        User.username.icontains(query, autoescape=True),
        User.display_name.icontains(query, autoescape=True),
        User.email.icontains(query, autoescape=True),
    )
