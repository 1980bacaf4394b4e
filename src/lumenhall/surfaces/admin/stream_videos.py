"""What programs keep here through the Stream API, and the way into the library or a lesson."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, status
from pydantic import BaseModel, Field

from lumenhall.domains.courses import service as courses
from lumenhall.domains.courses.models import LESSON_ID_LENGTH
from lumenhall.domains.courses.schemas import CourseVideoLook
from lumenhall.domains.identity.deps import AdminActor
from lumenhall.domains.library import service as library
from lumenhall.domains.library.models import TITLE_LENGTH
from lumenhall.domains.media.service import Picture, picture_addresses
from lumenhall.domains.stream.models import StreamState
from lumenhall.domains.stream.queries import get_by_uid, page_everything
from lumenhall.domains.stream.schemas import Shown, state_of
from lumenhall.platform.kit.paging import Limit, Page, decode_cursor, encode_cursor
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/stream-videos", tags=["admin"])


class StreamVideoLook(BaseModel):
    """A video of the Stream API as admins see it."""

    uid: str
    account_id: str
    name: str | None
    creator: str | None
    state: StreamState
    processing_progress: int
    error_message: str | None
    duration_seconds: int | None
    file_size_bytes: int | None
    require_signed_urls: bool
    thumbnail_url: str | None
    created_at: datetime


class IntoLibrary(BaseModel):
    """What the video is called in the library; without a title, what its program calls it."""

    title: str | None = Field(None, min_length=1, max_length=TITLE_LENGTH)
    published: bool = False


class IntoLesson(BaseModel):
    """The lesson whose video it becomes."""

    course_id: UUID
    lesson_id: str = Field(max_length=LESSON_ID_LENGTH)


class InLibrary(BaseModel):
    """The video of the library."""

    id: UUID
    short_id: str


@router.get("")
async def list_stream_videos(
    actor: AdminActor,
    context: Context,
    session: Reads,
    cursor: str | None = None,
    limit: Limit = 50,
) -> Page[StreamVideoLook]:
    before = decode_cursor(cursor, UUID)[0] if cursor else None
    found = await page_everything(session, actor, before, limit + 1)
    address = picture_addresses(actor, context.signing_key)
    return Page(
        items=[_look(shown, address) for shown in found[:limit]],
        next_cursor=encode_cursor(found[limit - 1].video.id) if len(found) > limit else None,
    )


@router.post("/{uid}/library", status_code=status.HTTP_201_CREATED)
async def put_into_library(
    uid: str, form: IntoLibrary, actor: AdminActor, session: Writes
) -> InLibrary:
    shown = await get_by_uid(session, uid)
    title = form.title or shown.video.name or uid
    video = await library.add_asset(
        session, actor, shown.asset, title=title, published=form.published
    )
    return InLibrary(id=video.id, short_id=video.short_id)


@router.post("/{uid}/lesson", status_code=status.HTTP_201_CREATED)
async def put_into_lesson(
    uid: str, form: IntoLesson, actor: AdminActor, context: Context, session: Writes
) -> CourseVideoLook:
    """Make it the video of a lesson, at once; who is watching the one before can finish it."""
    shown = await get_by_uid(session, uid)
    await courses.give_lesson_video(session, actor, form.course_id, form.lesson_id, shown.asset.id)
    return await courses.get_course_video(
        session, actor, form.course_id, form.lesson_id, context.signing_key
    )


def _look(shown: Shown, address: Callable[[Picture], bytes]) -> StreamVideoLook:
    video, asset = shown
    picture = Picture.of(asset.id, asset.thumbnail_key)
    return StreamVideoLook(
        uid=video.uid,
        account_id=video.account_id,
        name=video.name,
        creator=video.creator,
        state=state_of(video, asset),
        processing_progress=asset.processing_progress,
        error_message=asset.error_message,
        duration_seconds=asset.duration_seconds,
        file_size_bytes=asset.file_size_bytes,
        require_signed_urls=video.require_signed_urls,
        thumbnail_url=address(picture).decode() if picture else None,
        created_at=video.created_at,
    )
