"""Finding conversations and messages, over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.chat import service
from lumenhall.domains.chat.schemas import ConversationsFound, MessageFound
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Reads

router = APIRouter(prefix="/search")
Words = Annotated[str, Query(alias="q", min_length=1, max_length=200)]


@router.get("")
async def search_messages(
    words: Words,
    actor: CurrentActor,
    session: Reads,
    conversation_id: UUID | None = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 30,
) -> Page[MessageFound]:
    """Messages that hold all words, of one conversation or of all, the newest first."""
    found, following = await service.search_messages(
        session, actor, words, conversation_id, cursor, limit
    )
    return Page[MessageFound](items=found, next_cursor=following)


@router.get("/conversations")
async def search_conversations(
    words: Words, actor: CurrentActor, session: Reads
) -> ConversationsFound:
    """Conversations by the name of the group or of the other person, the newest first."""
    entries = await service.search_conversations(session, actor, words)
    return ConversationsFound(items=await service.conversation_looks(session, actor, entries))
