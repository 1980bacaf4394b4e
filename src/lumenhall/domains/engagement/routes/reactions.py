"""Reactions to videos over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.engagement import queries, service
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.engagement.schemas import (
    NewVideoReaction,
    ReactionLook,
    ReactionReply,
    Reactions,
)
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.queries import get_visible
from lumenhall.platform.kit.paging import Limit
from lumenhall.platform.web import Reads, Writes

router = APIRouter(tags=["engagement"])


@router.post("/api/video-reactions")
async def react_to_video(
    actor: CurrentActor, session: Writes, new: NewVideoReaction
) -> ReactionReply:
    """React to a video: the same again takes it back, another one replaces it."""
    return await service.react_to_video(session, actor, new.video_id, new.type)


@router.get("/api/videos/{video_id}/reactions")
async def list_reactions(
    video_id: UUID,
    actor: CurrentActor,
    session: Reads,
    type: ReactionType | None = None,  # noqa: A002 It is the name in the address.
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 30,
) -> Reactions:
    """How a video was received, and by whom, the newest first."""
    video = (await get_visible(session, actor, video_id)).video
    found, following = await queries.page_reacted(session, video.id, type, cursor, limit)
    return Reactions(
        reaction_counts=await queries.count_video_reactions(session, video.id),
        my_reaction=await queries.find_my_reaction(session, actor, video.id),
        items=[
            ReactionLook(
                person=PersonLook.model_validate(person),
                type=reaction.type,
                created_at=reaction.created_at,
            )
            for reaction, person in found
        ],
        next_cursor=following,
    )
