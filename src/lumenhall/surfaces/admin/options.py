"""Site options: read, change, and the logo."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, UploadFile, status
from pydantic import AfterValidator, BaseModel, Field

from lumenhall.domains.identity.deps import AdminActor
from lumenhall.domains.identity.schemas import FromRow, SiteName, TimeZone
from lumenhall.domains.identity.service import change_options, remove_logo, set_logo
from lumenhall.platform import options
from lumenhall.platform.kit.pictures import MAX_BYTES
from lumenhall.platform.options import Joining, WhoMayUpload
from lumenhall.platform.web import Context, Reads, Writes

MOST_BYTES = 2**50


def _once_each(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def _highest_first(heights: list[int]) -> list[int]:
    return sorted(set(heights), reverse=True)


Containers = Annotated[
    list[Literal["mp4", "mov", "avi", "mkv", "webm"]],
    Field(min_length=1, max_length=10),
    AfterValidator(_once_each),
]
Heights = Annotated[
    list[Literal[1080, 720, 480, 360, 240]],
    Field(min_length=1, max_length=10),
    AfterValidator(_highest_first),
]
Preset = Literal["ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow"]
Word = Annotated[str, Field(min_length=1, max_length=50)]

router = APIRouter(prefix="/options", tags=["admin"])


class Options(FromRow):
    """All site options. Sizes are in bytes, `completion_threshold` in percent, day 0 is Sunday."""

    site_name: str
    joining: Joining
    members_may_invite: bool
    invitation_budget: int
    who_may_upload: WhoMayUpload
    max_file_size_bytes: int
    weekly_upload_limit_bytes: int
    quota_reset_day: int
    quota_reset_hour: int
    quota_reset_timezone: str
    accepted_video_formats: list[str]
    ladder_heights: list[int]
    encoder_preset: str
    keep_originals: bool
    completion_threshold: int
    moderation_words: list[str]
    updated_by: UUID | None
    updated_at: datetime | None


class OptionsChange(BaseModel):
    """New values; what is absent or null stays as it is."""

    site_name: SiteName | None = None
    joining: Joining | None = None
    members_may_invite: bool | None = None
    invitation_budget: Annotated[int, Field(ge=0, le=10_000)] | None = None
    who_may_upload: WhoMayUpload | None = None
    max_file_size_bytes: Annotated[int, Field(ge=1, le=MOST_BYTES)] | None = None
    weekly_upload_limit_bytes: Annotated[int, Field(ge=0, le=MOST_BYTES)] | None = None
    quota_reset_day: Annotated[int, Field(ge=0, le=6)] | None = None
    quota_reset_hour: Annotated[int, Field(ge=0, le=23)] | None = None
    quota_reset_timezone: TimeZone | None = None
    accepted_video_formats: Containers | None = None
    ladder_heights: Heights | None = None
    encoder_preset: Preset | None = None
    keep_originals: bool | None = None
    completion_threshold: Annotated[int, Field(ge=1, le=100)] | None = None
    moderation_words: Annotated[list[Word], Field(max_length=1000)] | None = None


@router.get("")
async def get_options(actor: AdminActor, session: Reads) -> Options:
    return Options.model_validate(await options.get(session))


@router.patch("")
async def patch_options(change: OptionsChange, actor: AdminActor, session: Writes) -> Options:
    values = change.model_dump(exclude_none=True)
    return Options.model_validate(await change_options(session, actor, values))


@router.put("/logo", status_code=status.HTTP_204_NO_CONTENT)
async def put_site_logo(file: UploadFile, actor: AdminActor, context: Context) -> None:
    data = await file.read(MAX_BYTES + 1)
    await set_logo(context.database, context.storage, actor, data)


@router.delete("/logo", status_code=status.HTTP_204_NO_CONTENT)
async def delete_site_logo(actor: AdminActor, context: Context) -> None:
    await remove_logo(context.database, context.storage, actor)
