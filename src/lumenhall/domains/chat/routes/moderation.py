"""Messages that moderators should look at, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.schemas import FlaggedMessage
from lumenhall.domains.identity.deps import ModeratorActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Reads, Writes

router = APIRouter(prefix="/api/moderation/flagged-messages", tags=["chat"])


@router.get("")
async def list_flagged_messages(
    actor: ModeratorActor,
    session: Reads,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 24,
) -> Page[FlaggedMessage]:
    """Messages that hold one of the words of the site options, the newest first."""
    found, following = await queries.page_flagged(session, actor, cursor, limit)
    items = [service.flagged_look(one) for one in found]
    return Page[FlaggedMessage](items=items, next_cursor=following)


@router.post("/{message_id}/dismiss", status_code=204)
async def dismiss_flag(message_id: UUID, actor: ModeratorActor, session: Writes) -> None:
    """Say that a message is all right."""
    await service.dismiss_flag(session, actor, message_id)


@router.post("/{message_id}/remove", status_code=204)
async def remove_flagged(message_id: UUID, actor: ModeratorActor, session: Writes) -> None:
    """Unsend a flagged message for everyone."""
    await service.remove_flagged(session, actor, message_id)
