"""What media does when something happened: forgets whom it has let in, sends captions on.

Memory is not part of the transaction, so it changes once that is committed.
"""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.events import (
    MemberDisabled,
    RoleChanged,
    SessionEnded,
    TokenRevoked,
)
from lumenhall.domains.media import service
from lumenhall.domains.media.access import admissions
from lumenhall.domains.media.events import AssetDeleted, AssetReady, CaptionsChanged
from lumenhall.platform.db import on_commit
from lumenhall.platform.events import subscribe


@subscribe(SessionEnded)
async def on_session_ended(session: AsyncSession, event: SessionEnded) -> None:
    on_commit(session, lambda: admissions.forget(person=event.user_id, credential=event.session_id))


@subscribe(TokenRevoked)
async def on_token_revoked(session: AsyncSession, event: TokenRevoked) -> None:
    on_commit(session, lambda: admissions.forget(person=event.user_id, credential=event.token_id))


@subscribe(MemberDisabled)
async def on_member_disabled(session: AsyncSession, event: MemberDisabled) -> None:
    on_commit(session, lambda: admissions.forget(person=event.user_id))


@subscribe(RoleChanged)
async def on_role_changed(session: AsyncSession, event: RoleChanged) -> None:
    on_commit(session, lambda: admissions.forget(person=event.user_id))


@subscribe(AssetDeleted)
async def on_asset_deleted(session: AsyncSession, event: AssetDeleted) -> None:
    on_commit(session, lambda: admissions.forget_asset(event.asset_id))


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    await service.offer_captions(session, event.asset_id)


@subscribe(CaptionsChanged)
async def on_captions_changed(session: AsyncSession, event: CaptionsChanged) -> None:
    await service.offer_captions(session, event.asset_id)
