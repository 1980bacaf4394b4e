"""What people say about themselves."""

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import EmailTaken, UsernameTaken
from lumenhall.domains.identity.events import ProfileChanged
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import (
    Actor,
    may_guard_account,
    may_invite,
    may_upload,
)
from lumenhall.domains.identity.queries import find_taken, get_user
from lumenhall.domains.identity.schemas import Me, ProfileChange
from lumenhall.domains.identity.service.letters import tell_address_changed
from lumenhall.platform import options
from lumenhall.platform.events import announce
from lumenhall.platform.realtime import live


async def describe_me(session: AsyncSession, user: User) -> Me:
    """Return what a person sees of themselves and may do."""
    now = await options.get(session)
    return Me.of(
        user,
        can_upload=may_upload(user.role, now),
        can_invite=bool(may_invite(user.role, now)),
        live_seq=await live.last_number(session, user.id),
    )


async def change_profile(session: AsyncSession, actor: Actor, change: ProfileChange) -> User:
    """Change what the actor says about themselves.

    A new e-mail address needs a session, because it can be used to set a new password; the
    old address is told. Raises UsernameTaken, EmailTaken, SessionRequired.
    """
    user = await get_user(session, actor.user_id)
    values = change.model_dump(exclude_none=True)
    old_email = user.email
    if values.get("email", old_email) != old_email:
        may_guard_account(actor).demand()
    await refuse_taken(session, values.get("username"), values.get("email"), user)
    for name, value in values.items():
        setattr(user, name, value)
    await flush_names(session)
    if user.email != old_email:
        await tell_address_changed(session, old_email, user)
    await announce(session, ProfileChanged(user.id))
    return user


async def refuse_taken(
    session: AsyncSession, username: str | None, email: str | None, user: User | None = None
) -> None:
    """Raise UsernameTaken or EmailTaken when somebody else has one of them."""
    taken = await find_taken(session, username, email, but=user.id if user else None)
    if taken is not None:
        raise _taken(taken)


async def flush_names(session: AsyncSession) -> None:
    """Flush, and answer a race for a name as if the other had been there before."""
    try:
        await session.flush()
    except IntegrityError as error:
        for name in ("username", "email"):
            if f"users_{name}" in str(error.orig) or f"users.{name}" in str(error.orig):
                raise _taken(name) from error
        raise


def _taken(name: str) -> UsernameTaken | EmailTaken:
    return UsernameTaken(field=name) if name == "username" else EmailTaken(field=name)
