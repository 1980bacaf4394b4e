"""The audit log: what admins and moderators did, to what, from which value to which."""

import uuid
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import AuditEntry
from lumenhall.domains.identity.policy import Actor


async def record_audit(
    session: AsyncSession,
    actor: Actor,
    action: str,
    target_type: str,
    target_id: uuid.UUID | str | int,
    detail: dict[str, Any] | None = None,
) -> None:
    """Write down an action of an admin or a moderator in the unit of work that does it.

    `action` reads `noun.verb`, such as `member.role_changed`; `detail` fits into JSON and holds
    values `from` and `to`, or such a pair for each name that changed. `name` in it is what
    the target is called, where the target may be gone one day.
    """
    session.add(
        AuditEntry(
            actor_id=actor.user_id,
            action=action,
            target_type=target_type,
            target_id=str(target_id),
            detail=detail or {},
        )
    )
    await session.flush()
