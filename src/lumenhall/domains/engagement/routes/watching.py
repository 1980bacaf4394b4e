"""Progress, the history and the home page over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from lumenhall.domains.engagement import queries, service
from lumenhall.domains.engagement.schemas import (
    HistoryEntry,
    Home,
    ProgressReply,
    ProgressReport,
)
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.library.service import cards
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes, json_reply

router = APIRouter(tags=["engagement"])


@router.put("/api/videos/{video_id}/progress")
async def report_progress(
    video_id: UUID, actor: CurrentActor, session: Writes, report: ProgressReport
) -> ProgressReply:
    """Tell how far the viewer is; safe to repeat, in any order, from several devices."""
    watched = await service.report_progress(session, actor, video_id, report)
    return ProgressReply.model_validate(watched)


@router.delete("/api/videos/{video_id}/progress", status_code=204)
async def forget_progress(video_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Take a video out of one's history; safe to repeat. The view that was counted stays."""
    await service.forget_video(session, actor, video_id)


@router.get("/api/me/history")
async def list_history(
    actor: CurrentActor,
    context: Context,
    session: Reads,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 24,
) -> Page[HistoryEntry]:
    """What one has watched, the latest first."""
    found, following = await queries.page_history(session, actor, cursor, limit)
    videos = await cards(session, found, actor, context.signing_key)
    entries = [
        HistoryEntry(video=video, watched_at=row.watched_at)
        for row, video in zip(found, videos, strict=True)
    ]
    return Page[HistoryEntry](items=entries, next_cursor=following)


@router.delete("/api/me/history", status_code=204)
async def clear_history(actor: CurrentActor, session: Writes) -> None:
    """Forget all that one has watched; views that were counted stay."""
    await service.forget_all(session, actor)


@router.get("/api/home", response_model=Home)
async def get_home(
    actor: CurrentActor, context: Context, session: Reads, response: Response
) -> Response:
    """Everything that the home page shows, in one reply."""
    home = await service.assemble_home(session, actor, context.signing_key)
    return json_reply(response, home)
