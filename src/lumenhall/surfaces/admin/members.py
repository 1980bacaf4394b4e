"""Members: search, role, disable, upload limit, link for a new password."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import BaseModel, Field
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.deps import AdminActor
from lumenhall.domains.identity.models import Role, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user, page_members
from lumenhall.domains.identity.schemas import Person
from lumenhall.domains.identity.service import (
    change_role,
    disable_member,
    enable_member,
    make_reset_link,
    set_upload_limit,
)
from lumenhall.domains.uploads.queries import used_bytes
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

MOST_BYTES = 2**50

router = APIRouter(prefix="/members", tags=["admin"])


class Member(Person):
    """A person as admins see them; without an override the site's weekly limit counts.

    `used_bytes` is what they uploaded in the current week.
    """

    email: str
    disabled_at: datetime | None
    weekly_upload_limit_bytes: int | None
    used_bytes: int = 0
    last_seen_at: datetime | None
    created_at: datetime


class MemberChange(BaseModel):
    """New values; what is absent stays. A null limit ends the override."""

    role: Role | None = None
    disabled: bool | None = None
    weekly_upload_limit_bytes: Annotated[int, Field(ge=0, le=MOST_BYTES)] | None = None


class ResetLink(BaseModel):
    """A link that sets a new password once, within one hour."""

    url: str


@router.get("")
async def list_members(
    actor: AdminActor,
    session: Reads,
    query: Annotated[str, Query(max_length=100)] = "",
    cursor: str | None = None,
    limit: Limit = 50,
) -> Page[Member]:
    found, next_cursor = await page_members(
        session, query=query.strip(), cursor=cursor, limit=limit
    )
    return Page(items=await _members(session, found), next_cursor=next_cursor)


@router.patch("/{member_id}")
async def change_member(
    member_id: UUID, change: MemberChange, actor: AdminActor, session: Writes
) -> Member:
    await _apply(session, actor, member_id, change)
    (member,) = await _members(session, [await get_user(session, member_id)])
    return member


@router.post("/{member_id}/password-reset")
async def make_password_reset(
    member_id: UUID, actor: AdminActor, context: Context, session: Writes
) -> ResetLink:
    return ResetLink(
        url=await make_reset_link(session, actor, member_id, context.settings.base_url)
    )


async def _members(session: AsyncSession, users: Sequence[User]) -> list[Member]:
    used = await used_bytes(session, [user.id for user in users])
    members = [Member.model_validate(user) for user in users]
    for member in members:
        member.used_bytes = used.get(member.id, 0)
    return members


async def _apply(
    session: WriteSession, actor: Actor, member_id: UUID, change: MemberChange
) -> None:
    if change.role is not None:
        await change_role(session, actor, member_id, change.role)
    if change.disabled is not None:
        switch = disable_member if change.disabled else enable_member
        await switch(session, actor, member_id)
    if "weekly_upload_limit_bytes" in change.model_fields_set:
        await set_upload_limit(session, actor, member_id, change.weekly_upload_limit_bytes)
