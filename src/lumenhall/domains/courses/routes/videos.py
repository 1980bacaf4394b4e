"""The videos of lessons and the preview of a course over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.courses import service
from lumenhall.domains.courses.schemas import (
    CourseVideoChange,
    CourseVideoList,
    CourseVideoLook,
    CourseVideoMade,
    LessonPlayback,
    NewCourseVideo,
    NewVideoFile,
    PreviewMade,
    PreviewState,
    UnfinishedCourseVideo,
    UploadAddress,
)
from lumenhall.domains.identity.deps import AdminActor, CurrentActor
from lumenhall.domains.media.schemas import Playback
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter()
unfinished = APIRouter()
VIDEO = "/{course_id}/lessons/{lesson_id}/video"


@router.get("/{course_id}/videos")
async def list_course_videos(
    course_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> CourseVideoList:
    """All videos of a course for its authors, also of lessons that were taken out of it."""
    items = await service.list_course_videos(session, actor, course_id, context.signing_key)
    return CourseVideoList(items=items)


@router.post(VIDEO, status_code=201)
async def upload_lesson_video(
    course_id: UUID, lesson_id: str, actor: CurrentActor, context: Context, new: NewCourseVideo
) -> CourseVideoMade:
    """Begin a new file for a lesson; send its bytes to `upload.url` by tus 1.0.0.

    If the lesson has a video that plays, learners keep it until the new one is ready.
    """
    place = await service.upload_lesson_video(context, actor, course_id, lesson_id, new)
    async with context.database.read() as session:
        video = await service.get_course_video(
            session, actor, course_id, lesson_id, context.signing_key
        )
    upload = UploadAddress(url=place.url, upload_id=place.upload_id)
    return CourseVideoMade(video=video, upload=upload)


@router.post(VIDEO + "/sent", status_code=204)
async def note_lesson_video_sent(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes
) -> None:
    """Say that all bytes of the newest file were sent; another provider is then asked soon.

    Safe to repeat, and nothing is lost without it.
    """
    await service.note_lesson_video_sent(session, actor, course_id, lesson_id)


@router.get(VIDEO)
async def get_lesson_video(
    course_id: UUID, lesson_id: str, actor: CurrentActor, context: Context, session: Reads
) -> CourseVideoLook:
    """The video of a lesson for its authors: its state, and the newer upload if there is one."""
    key = context.signing_key
    return await service.get_course_video(session, actor, course_id, lesson_id, key)


@router.patch(VIDEO)
async def change_lesson_video(
    course_id: UUID,
    lesson_id: str,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    change: CourseVideoChange,
) -> CourseVideoLook:
    """Give the video of a lesson another title or description."""
    await service.change_course_video(session, actor, course_id, lesson_id, change)
    key = context.signing_key
    return await service.get_course_video(session, actor, course_id, lesson_id, key)


@router.delete(VIDEO, status_code=204)
async def delete_lesson_video(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes
) -> None:
    """Delete the video of a lesson with all its files; the lesson and what was done stay."""
    await service.delete_course_video(session, actor, course_id, lesson_id)


@router.post(VIDEO + "/retry", status_code=202)
async def retry_lesson_video(
    course_id: UUID, lesson_id: str, actor: CurrentActor, context: Context, session: Writes
) -> CourseVideoLook:
    """Process what failed again: the newer upload if that did, else the video itself."""
    await service.retry_course_video(session, actor, course_id, lesson_id)
    key = context.signing_key
    return await service.get_course_video(session, actor, course_id, lesson_id, key)


@router.delete(VIDEO + "/next-version", status_code=204)
async def give_up_next_version(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes
) -> None:
    """Give up the newer upload; the video that learners get stays. Safe to repeat."""
    await service.give_up_next_version(session, actor, course_id, lesson_id)


@router.get("/{course_id}/lessons/{lesson_id}/playback")
async def get_lesson_playback(
    course_id: UUID, lesson_id: str, actor: CurrentActor, context: Context, session: Reads
) -> LessonPlayback:
    """Where the viewer plays the video of a lesson, and from which second on.

    For the enrolled and the authors; previews for everybody who sees the course. 403
    `not_enrolled` or `lesson_locked` says why not.
    """
    return await service.play_lesson(session, actor, course_id, lesson_id, context.signing_key)


@router.get("/{course_id}/preview")
async def get_preview_playback(
    course_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> Playback:
    """Where the viewer plays the preview video of a course; no enrolment is needed."""
    return await service.play_preview(session, actor, course_id, context.signing_key)


@router.post("/{course_id}/preview", status_code=201)
async def upload_preview(
    course_id: UUID, actor: CurrentActor, context: Context, new: NewVideoFile
) -> PreviewMade:
    """Begin a new preview video; send its bytes to `upload.url` by tus 1.0.0."""
    place = await service.upload_preview(context, actor, course_id, new)
    async with context.database.read() as session:
        preview = await service.get_preview(session, actor, course_id)
    upload = UploadAddress(url=place.url, upload_id=place.upload_id)
    return PreviewMade(preview=preview, upload=upload)


@router.post("/{course_id}/preview/sent", status_code=204)
async def note_preview_sent(course_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Say the same of the newest preview video."""
    await service.note_preview_sent(session, actor, course_id)


@router.get("/{course_id}/preview/state")
async def get_preview_state(course_id: UUID, actor: CurrentActor, session: Reads) -> PreviewState:
    """How far the preview video is, for authors."""
    return await service.get_preview(session, actor, course_id)


@router.post("/{course_id}/preview/retry", status_code=202)
async def retry_preview(course_id: UUID, actor: CurrentActor, session: Writes) -> PreviewState:
    """Process what failed of the preview again: the newer upload if that did, else itself."""
    await service.retry_preview(session, actor, course_id)
    return await service.get_preview(session, actor, course_id)


@router.delete("/{course_id}/preview", status_code=204)
async def delete_preview(course_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete the preview video of a course."""
    await service.delete_preview(session, actor, course_id)


@unfinished.get("/unfinished")
async def list_unfinished_course_videos(
    actor: AdminActor,
    context: Context,
    session: Reads,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 30,
) -> Page[UnfinishedCourseVideo]:
    """All videos of lessons and previews that are processing or have failed, newest first.

    For admins.
    """
    items, following = await service.page_unfinished(
        session, actor, cursor, limit, context.signing_key
    )
    return Page[UnfinishedCourseVideo](items=items, next_cursor=following)
