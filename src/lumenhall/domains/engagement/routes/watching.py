"""Progress and the home page over HTTP."""

from uuid import UUID

from fastapi import APIRouter, Response

from lumenhall.domains.engagement import service
from lumenhall.domains.engagement.schemas import Home, ProgressReply, ProgressReport
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.web import Context, Reads, Writes, json_reply

router = APIRouter(tags=["engagement"])


@router.put("/api/videos/{video_id}/progress")
async def report_progress(
    video_id: UUID, actor: CurrentActor, session: Writes, report: ProgressReport
) -> ProgressReply:
    """Tell how far the viewer is; safe to repeat, in any order, from several devices."""
    watched = await service.report_progress(session, actor, video_id, report)
    return ProgressReply.model_validate(watched)


@router.get("/api/home", response_model=Home)
async def get_home(
    actor: CurrentActor, context: Context, session: Reads, response: Response
) -> Response:
    """Everything that the home page shows, in one reply."""
    home = await service.assemble_home(session, actor, context.signing_key)
    return json_reply(response, home)
