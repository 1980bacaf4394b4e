"""The audit log: what admins and moderators did, newest first."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.identity.deps import AdminActor
from lumenhall.domains.identity.queries import find_people, page_audit
from lumenhall.domains.identity.schemas import FromRow, PersonLook
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Reads

router = APIRouter(prefix="/audit-log", tags=["admin"])
Kind = Annotated[str | None, Query(max_length=60, pattern=r"^[a-z_]+(\.[a-z_]+)?$")]


class AuditLogEntry(FromRow):
    """Who did what, to what. `target` is the person it was done to, where it was a person.

    `detail` holds values `from` and `to`, or such a pair for each name that changed; `name` is
    what the target was called, for it may be gone.
    """

    id: UUID
    created_at: datetime
    actor: PersonLook | None = None
    action: str
    target_type: str
    target_id: str
    target: PersonLook | None = None
    detail: dict[str, Any]


@router.get("")
async def list_audit_log(
    admin: AdminActor,
    session: Reads,
    actor: UUID | None = None,
    kind: Kind = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 50,
) -> Page[AuditLogEntry]:
    """What one person did, or all; of one kind: a noun (`member`) or an action of it."""
    found, next_cursor = await page_audit(
        session, actor_id=actor, kind=kind, cursor=cursor, limit=limit
    )
    members = {entry.id: UUID(entry.target_id) for entry in found if entry.target_type == "member"}
    doers = {entry.actor_id for entry in found if entry.actor_id is not None}
    people = await find_people(session, doers | set(members.values()))
    looks = {person_id: PersonLook.model_validate(user) for person_id, user in people.items()}
    items = [AuditLogEntry.model_validate(entry) for entry in found]
    for item, entry in zip(items, found, strict=True):
        item.actor = looks.get(entry.actor_id) if entry.actor_id else None
        item.target = looks.get(members[entry.id]) if entry.id in members else None
    return Page(items=items, next_cursor=next_cursor)
