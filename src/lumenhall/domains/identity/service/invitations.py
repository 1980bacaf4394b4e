"""Invitations: links that let people in, exactly as many as they were made for."""

import uuid
from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import (
    InvitationBudgetSpent,
    InvitationExpired,
    InvitationForOther,
    InvitationRevoked,
    InvitationUsed,
    JoiningClosed,
)
from lumenhall.domains.identity.models import Invitation, InvitationUse, User
from lumenhall.domains.identity.policy import Actor, has_budget, may_invite
from lumenhall.domains.identity.queries import (
    count_places_given,
    find_people,
    get_invitation,
    get_visible_invitation,
    list_accepted,
    lock_user,
    page_invitations,
)
from lumenhall.domains.identity.schemas import (
    InvitationLook,
    InvitationMade,
    InvitationPreview,
    NewAccount,
    NewInvitation,
    PersonLook,
)
from lumenhall.domains.identity.service.accounts import add_account, hash_new_password
from lumenhall.domains.identity.service.audit import record_audit
from lumenhall.domains.identity.service.letters import send_invitation
from lumenhall.domains.identity.service.profile import refuse_taken
from lumenhall.domains.identity.service.sessions import Device, SignedIn, start_session
from lumenhall.platform import options
from lumenhall.platform.db import Database
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import Page
from lumenhall.platform.kit.secrets import hash_secret, new_secret
from lumenhall.platform.options import Joining, SiteOptions

INVITATION_LIFE = timedelta(days=7)


async def create_invitation(
    session: AsyncSession, actor: Actor, form: NewInvitation, base_url: str
) -> InvitationMade:
    """Make an invitation, and mail it where it is bound to an address.

    Raises InvitingNotAllowed, JoiningClosed, InvitationBudgetSpent.
    """
    now = await options.get(session)
    may_invite(actor.role, now).demand()
    max_uses = 1 if form.email else form.max_uses
    # Two invitations at once must not pass the budget together.
    inviter = await lock_user(session, actor.user_id)
    if has_budget(actor.role):
        await _demand_budget(session, actor.user_id, max_uses, now)
    secret = new_secret()
    invitation = Invitation(
        secret_hash=hash_secret(secret),
        invited_by_id=actor.user_id,
        email=form.email,
        max_uses=max_uses,
        uses=0,
        created_at=clock.now(),
        expires_at=clock.now() + INVITATION_LIFE,
    )
    session.add(invitation)
    await session.flush()
    url = f"{base_url.rstrip('/')}/invite/{secret}"
    if form.email:
        await send_invitation(session, form.email, inviter, url)
    look = _look(invitation, {inviter.id: inviter}, [])
    return InvitationMade(**look.model_dump(), url=url)


async def revoke_invitation(session: AsyncSession, actor: Actor, invitation_id: uuid.UUID) -> None:
    """Take an invitation back; doing it again changes nothing. Raises InvitationUnknown."""
    invitation = await get_visible_invitation(session, actor, invitation_id)
    if invitation.revoked_at is not None:
        return
    invitation.revoked_at = clock.now()
    await session.flush()
    if invitation.invited_by_id != actor.user_id:
        about = {"name": invitation.email} if invitation.email else None
        await record_audit(session, actor, "invitation.revoked", "invitation", invitation.id, about)


async def page_of_invitations(
    session: AsyncSession, actor: Actor, *, cursor: str | None, limit: int
) -> Page[InvitationLook]:
    """Return the invitations that the actor may see, who made them and who came by them."""
    found, next_cursor = await page_invitations(session, actor, cursor=cursor, limit=limit)
    makers = await find_people(session, {one.invited_by_id for one in found if one.invited_by_id})
    came: dict[uuid.UUID, list[User]] = {one.id: [] for one in found}
    for invitation_id, user in await list_accepted(session, came.keys()):
        came[invitation_id].append(user)
    looks = [_look(one, makers, came[one.id]) for one in found]
    return Page(items=looks, next_cursor=next_cursor)


async def preview_invitation(session: AsyncSession, secret: str) -> InvitationPreview:
    """Return what somebody with the link is told; raises what `accept_invitation` would."""
    invitation = await get_invitation(session, secret)
    now = await options.get(session)
    _demand_open(invitation, now)
    maker_ids = [invitation.invited_by_id] if invitation.invited_by_id else []
    makers = await find_people(session, maker_ids)
    return InvitationPreview(
        invited_by=next((maker.display_name for maker in makers.values()), None),
        email=invitation.email,
        site_name=now.site_name,
        expires_at=invitation.expires_at,
    )


async def accept_invitation(
    database: Database, secret: str, form: NewAccount, device: Device
) -> SignedIn:
    """Make an account by an invitation; never more of them than it was made for.

    Raises InvitationUnknown, InvitationExpired, InvitationUsed, InvitationRevoked,
    InvitationForOther, JoiningClosed and what is wrong with the account.
    """
    async with database.read() as reading:
        invitation = await get_invitation(reading, secret)
        _demand_open(invitation, await options.get(reading))
        if invitation.email not in {None, form.email}:
            raise InvitationForOther
        await refuse_taken(reading, form.username, form.email)
    password_hash = await hash_new_password(form)
    async with database.write() as session:
        invitation = await _take_place(session, secret)
        user = await add_account(session, form, password_hash, invited_by=invitation.invited_by_id)
        session.add(InvitationUse(invitation_id=invitation.id, user_id=user.id))
        return await start_session(session, user, device)


async def _take_place(session: AsyncSession, secret: str) -> Invitation:
    # The condition is part of the UPDATE, so of many at once only as many as fit get through.
    taken: Invitation | None = await session.scalar(
        update(Invitation)
        .where(
            Invitation.secret_hash == hash_secret(secret),
            Invitation.uses < Invitation.max_uses,
            Invitation.revoked_at.is_(None),
            Invitation.expires_at > clock.now(),
        )
        .values(uses=Invitation.uses + 1)
        .returning(Invitation)
    )
    if taken is None:
        _demand_open(await get_invitation(session, secret), await options.get(session))
        raise InvitationUsed
    return taken


def _demand_open(invitation: Invitation, now: SiteOptions) -> None:
    if now.joining is Joining.CLOSED:
        raise JoiningClosed
    if invitation.revoked_at is not None:
        raise InvitationRevoked
    if invitation.uses >= invitation.max_uses:
        raise InvitationUsed
    if invitation.expires_at <= clock.now():
        raise InvitationExpired


async def _demand_budget(
    session: AsyncSession, user_id: uuid.UUID, places: int, now: SiteOptions
) -> None:
    remaining = now.invitation_budget - await count_places_given(session, user_id)
    if places > remaining:
        raise InvitationBudgetSpent(budget=now.invitation_budget, remaining=max(0, remaining))


def _look(
    invitation: Invitation, makers: dict[uuid.UUID, User], came: list[User]
) -> InvitationLook:
    maker = makers.get(invitation.invited_by_id) if invitation.invited_by_id else None
    look = InvitationLook.model_validate(invitation)
    look.invited_by = PersonLook.model_validate(maker) if maker else None
    look.accepted_by = [PersonLook.model_validate(user) for user in came]
    return look
