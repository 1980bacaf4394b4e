"""What admins do with members; each action is in the audit log."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import LastAdmin
from lumenhall.domains.identity.events import MemberDisabled, MemberEnabled, RoleChanged
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user, lock_active_admins
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.domains.identity.service.sessions import end_all_sessions
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def change_role(session: AsyncSession, actor: Actor, user_id: uuid.UUID, role: Role) -> User:
    """Give a person another role, from their next request on; raises LastAdmin."""
    user = await get_user(session, user_id)
    if user.role is role:
        return user
    if user.role is Role.ADMIN:
        await _demand_another_admin(session, user)
    detail = {"from": user.role, "to": role}
    user.role = role
    await record_audit(session, actor, "member.role_changed", "member", user.id, detail)
    await announce(session, RoleChanged(user.id, role))
    return user


async def disable_member(session: AsyncSession, actor: Actor, user_id: uuid.UUID) -> User:
    """Keep a person out from their next request on and end their sessions; raises LastAdmin."""
    user = await get_user(session, user_id)
    if user.disabled_at is not None:
        return user
    if user.role is Role.ADMIN:
        await _demand_another_admin(session, user)
    user.disabled_at = clock.now()
    await end_all_sessions(session, user.id)
    await record_audit(session, actor, "member.disabled", "member", user.id)
    await announce(session, MemberDisabled(user.id))
    return user


async def enable_member(session: AsyncSession, actor: Actor, user_id: uuid.UUID) -> User:
    """Let a person sign in again."""
    user = await get_user(session, user_id)
    if user.disabled_at is None:
        return user
    user.disabled_at = None
    await record_audit(session, actor, "member.enabled", "member", user.id)
    await announce(session, MemberEnabled(user.id))
    return user


async def set_upload_limit(
    session: AsyncSession, actor: Actor, user_id: uuid.UUID, limit_bytes: int | None
) -> User:
    """Override a person's weekly upload limit; None means that the site's option counts."""
    user = await get_user(session, user_id)
    if user.weekly_upload_limit_bytes == limit_bytes:
        return user
    detail = {"from": user.weekly_upload_limit_bytes, "to": limit_bytes}
    user.weekly_upload_limit_bytes = limit_bytes
    await record_audit(session, actor, "member.upload_limit_changed", "member", user.id, detail)
    return user


async def _demand_another_admin(session: AsyncSession, user: User) -> None:
    # The rows stay locked, so two admins can't demote each other at the same moment.
    if not set(await lock_active_admins(session)) - {user.id}:
        raise LastAdmin
