"""How accounts come to be: first run, open sign-up, the command line."""

import uuid

from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import (
    AccountInvalid,
    FirstRunDone,
    JoiningClosed,
    SignUpByInvitation,
)
from lumenhall.domains.identity.events import MemberJoined
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.queries import anybody_is_here
from lumenhall.domains.identity.schemas import FirstRun, NewAccount
from lumenhall.domains.identity.service.passwords import hash_password, refuse_common
from lumenhall.domains.identity.service.profile import flush_names, refuse_taken
from lumenhall.domains.identity.service.sessions import Device, SignedIn, start_session
from lumenhall.platform import options
from lumenhall.platform.db import Database
from lumenhall.platform.events import announce
from lumenhall.platform.options import Joining


async def first_run(database: Database, form: FirstRun, device: Device) -> SignedIn:
    """Make the first account, an admin, and name the site; raises FirstRunDone for all others."""
    async with database.read() as reading:
        if await anybody_is_here(reading):
            raise FirstRunDone
    password_hash = await hash_new_password(form, site_name=form.site_name)
    async with database.write() as session:
        await _lock_users(session)
        if await anybody_is_here(session):
            raise FirstRunDone
        admin = await add_account(session, form, password_hash, role=Role.ADMIN)
        if form.site_name:
            await options.change(session, admin.id, site_name=form.site_name)
        return await start_session(session, admin, device)


async def sign_up(database: Database, form: NewAccount, device: Device) -> SignedIn:
    """Make an account where that is open to all; raises JoiningClosed or SignUpByInvitation."""
    async with database.read() as reading:
        await _demand_open_sign_up(reading)
        await refuse_taken(reading, form.username, form.email)
    password_hash = await hash_new_password(form)
    async with database.write() as session:
        await _demand_open_sign_up(session)
        user = await add_account(session, form, password_hash)
        return await start_session(session, user, device)


async def create_admin(
    database: Database, *, username: str, email: str, password: str
) -> uuid.UUID:
    """Make an admin, whatever the options say, and return their id; for the command line.

    Raises AccountInvalid, PasswordTooCommon, UsernameTaken, EmailTaken.
    """
    try:
        form = NewAccount(username=username, email=email, display_name=username, password=password)
    except ValidationError as error:
        named = (f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
        raise AccountInvalid("; ".join(named)) from error
    async with database.read() as reading:
        await refuse_taken(reading, form.username, form.email)
    password_hash = await hash_new_password(form)
    async with database.write() as session:
        admin = await add_account(session, form, password_hash, role=Role.ADMIN)
        return admin.id


async def hash_new_password(form: NewAccount, *, site_name: str | None = None) -> str:
    """Return the hash of the password that a person chose; raises PasswordTooCommon."""
    local_part = form.email.partition("@")[0]
    about = (form.username, form.email, local_part, form.display_name, site_name or "lumenhall")
    refuse_common(form.password, about)
    return await hash_password(form.password)


async def add_account(
    session: AsyncSession,
    form: NewAccount,
    password_hash: str,
    *,
    role: Role = Role.MEMBER,
    invited_by: uuid.UUID | None = None,
) -> User:
    """Add a person whose password is hashed already; raises UsernameTaken or EmailTaken."""
    await refuse_taken(session, form.username, form.email)
    user = User(
        username=form.username,
        email=form.email,
        display_name=form.display_name,
        password_hash=password_hash,
        role=role,
    )
    session.add(user)
    await flush_names(session)
    await announce(session, MemberJoined(user.id, invited_by))
    return user


async def _demand_open_sign_up(session: AsyncSession) -> None:
    joining = (await options.get(session)).joining
    if joining is Joining.CLOSED:
        raise JoiningClosed
    if joining is not Joining.OPEN:
        raise SignUpByInvitation


async def _lock_users(session: AsyncSession) -> None:
    # On SQLite there is one writer at a time anyway.
    if session.get_bind().dialect.name == "postgresql":
        await session.execute(text("LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE"))
