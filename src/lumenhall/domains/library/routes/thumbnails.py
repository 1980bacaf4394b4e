"""Pictures of videos over HTTP; they are sent with the other media, under signed addresses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, File, UploadFile

from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.domains.library import queries, service
from lumenhall.domains.library.schemas import FrameChoice, Video
from lumenhall.platform.kit.pictures import MAX_BYTES
from lumenhall.platform.web import Context, Writes

router = APIRouter(prefix="/api/videos/{video_id}/thumbnail", tags=["library"])


@router.put("")
async def upload_thumbnail(
    video_id: UUID, actor: CurrentActor, context: Context, file: Annotated[UploadFile, File()]
) -> Video:
    """Give a video a picture of one's own."""
    data = await file.read(MAX_BYTES + 1)
    await service.upload_thumbnail(context, actor, video_id, data)
    async with context.database.read() as session:
        shown = await queries.get_visible(session, actor, video_id)
        return await service.detail(session, shown, actor, context.signing_key)


@router.post("", status_code=202)
async def choose_frame(
    video_id: UUID, actor: CurrentActor, context: Context, session: Writes, choice: FrameChoice
) -> Video:
    """Make the frame at a moment the picture; `thumbnail_pending` says that it is on its way."""
    shown = await service.choose_frame(session, actor, video_id, choice.at_seconds)
    return await service.detail(session, shown, actor, context.signing_key)


@router.delete("")
async def reset_thumbnail(
    video_id: UUID, actor: CurrentActor, context: Context, session: Writes
) -> Video:
    """Go back to the automatic picture."""
    shown = await service.reset_thumbnail(session, actor, video_id)
    return await service.detail(session, shown, actor, context.signing_key)
