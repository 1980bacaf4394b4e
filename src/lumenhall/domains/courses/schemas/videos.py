"""The videos of lessons, as authors see them and as learners play them."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from lumenhall.domains.courses.models import CourseVideoStatus
from lumenhall.domains.courses.schemas.courses import Description
from lumenhall.domains.courses.schemas.curriculum import Title
from lumenhall.domains.library.schemas import LARGEST_SIZE, UploadLook
from lumenhall.domains.media.schemas import Playback


class NewVideoFile(BaseModel):
    """A file that will be sent; `size_bytes` is null when the browser does not know it yet."""

    filename: Annotated[str, Field(min_length=1, max_length=255)]
    size_bytes: Annotated[int, Field(strict=True, ge=0, le=LARGEST_SIZE)] | None = None


class NewCourseVideo(NewVideoFile):
    """A video for a lesson.

    What is absent stays as it is with the video there; a new one has the title of the lesson.
    """

    title: Title | None = None
    description: Description | None = None


class CourseVideoChange(BaseModel):
    """New values; what is absent stays as it is."""

    title: Title | None = None
    description: Description | None = None


class NextVersion(BaseModel):
    """A newer upload of a lesson's video, which takes its place once it is ready.

    `upload` is there for who sends it, while bytes are missing.
    """

    asset_id: UUID
    status: CourseVideoStatus
    processing_progress: int
    error_code: str | None
    error_message: str | None
    filename: str
    upload: UploadLook | None


class CourseVideoLook(BaseModel):
    """The video of a lesson, as its authors see it.

    `error_code` is for pages that say in their own words what `error_message` says in English,
    or in those of the provider. `is_playable` comes before `ready`. Its addresses are for
    whoever asks, and expire. `is_in_curriculum` is false when the lesson was taken out of the
    curriculum.
    """

    id: UUID
    course_id: UUID
    lesson_id: str
    cloudflare_video_id: str
    provider: str
    asset_id: UUID
    title: str
    description: str
    duration: int | None
    thumbnail_url: str | None
    status: CourseVideoStatus
    playback_hls_url: str | None
    playback_dash_url: str | None
    processing_progress: int
    error_code: str | None
    error_message: str | None
    metadata: dict[str, Any]
    created_at: datetime
    updated_at: datetime
    filename: str
    is_playable: bool
    is_in_curriculum: bool
    queue_position: int | None
    upload: UploadLook | None
    next_version: NextVersion | None


class CourseVideoList(BaseModel):
    """All videos of a course, those of lessons that were taken out of it included."""

    items: list[CourseVideoLook]


class UnfinishedCourseVideo(BaseModel):
    """A video that is processing or has failed, and the course that it is for.

    `video` is that of a lesson; without one it is `preview`, the newest file of the preview.
    """

    course_id: UUID
    course_title: str
    course_slug: str
    video: CourseVideoLook | None
    preview: NextVersion | None
    changed_at: datetime


class UploadAddress(BaseModel):
    """Where bytes go by tus 1.0.0: a path of ours, or the address of another provider."""

    url: str
    upload_id: UUID | None


class CourseVideoMade(BaseModel):
    """The video of a lesson, and where the bytes of the new file go."""

    video: CourseVideoLook
    upload: UploadAddress


class PreviewState(BaseModel):
    """The preview video of a course as its authors see it: what plays, and what is coming."""

    current: NextVersion | None
    next: NextVersion | None


class PreviewMade(BaseModel):
    """The preview of a course, and where the bytes of the new file go."""

    preview: PreviewState
    upload: UploadAddress


class LessonPlayback(Playback):
    """Where the viewer plays the video of a lesson, and from which second on."""

    resume_at: int
