"""What moderators took out of everybody's sight, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query

from lumenhall.domains.identity.deps import ModeratorActor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import WithdrawnVideo
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads

router = APIRouter(prefix="/api/moderation", tags=["library"])


@router.get("/withdrawn-videos")
async def list_withdrawn_videos(
    actor: ModeratorActor,
    context: Context,
    session: Reads,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 24,
) -> Page[WithdrawnVideo]:
    """Videos that moderators and admins unpublished, the latest first; for both to see."""
    found, following = await queries.page_withdrawn(session, actor, cursor, limit)
    videos = await service.cards(session, found, actor, context.signing_key)
    entries = [
        WithdrawnVideo(video=video, withdrawn_at=row.withdrawn_at)
        for row, video in zip(found, videos, strict=True)
    ]
    return Page[WithdrawnVideo](items=entries, next_cursor=following)
