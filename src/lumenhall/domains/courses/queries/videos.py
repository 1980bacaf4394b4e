"""The videos of lessons."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Row,
    Select,
    String,
    and_,
    cast,
    false,
    literal_column,
    null,
    or_,
    select,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from lumenhall.domains.courses.errors import CourseVideoUnknown
from lumenhall.domains.courses.models import (
    Course,
    CourseVideo,
    CourseVideoVersion,
)
from lumenhall.domains.courses.policy import Standing, takes, teaches
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor

_NextAsset = aliased(Asset)
# In the words of the index that has only these.
_IS_NOT_READY = Asset.status != literal_column(f"'{AssetStatus.READY}'")


@dataclass(frozen=True, slots=True)
class CourseVideoShown:
    """The video of a lesson with its asset, and that of the newer upload if there is one."""

    video: CourseVideo
    asset: Asset
    version: CourseVideoVersion | None
    next_asset: Asset | None


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The video of a lesson with its asset, or without `shown` the newest file of a preview."""

    course: Course
    shown: CourseVideoShown | None
    asset: Asset

    @property
    def key(self) -> uuid.UUID:
        """What lists are ordered by: it was made when the place, or the file, was."""
        return self.shown.video.id if self.shown else self.asset.id


@dataclass(frozen=True, slots=True)
class Held:
    """What an asset is to courses, and what somebody is to the course.

    Without a lesson it is the preview of the course; `is_next` while it is not in its place yet.
    """

    course: Course
    lesson_id: str | None
    is_next: bool
    actor: Actor
    standing: Standing


async def find_video(
    session: AsyncSession, course_id: uuid.UUID, lesson_id: str
) -> CourseVideoShown | None:
    """Return the video of a lesson, as it is now, if it has one."""
    wanted = _shown_rows().where(
        CourseVideo.course_id == course_id, CourseVideo.lesson_id == lesson_id
    )
    row = (await session.execute(wanted.execution_options(populate_existing=True))).one_or_none()
    return _shown(row) if row else None


async def get_video(
    session: AsyncSession, course_id: uuid.UUID, lesson_id: str
) -> CourseVideoShown:
    """Return the video of a lesson; raises CourseVideoUnknown."""
    found = await find_video(session, course_id, lesson_id)
    if found is None:
        raise CourseVideoUnknown
    return found


async def list_videos(session: AsyncSession, course_id: uuid.UUID) -> Sequence[CourseVideoShown]:
    """Return all videos of a course, the oldest first."""
    wanted = _shown_rows().where(CourseVideo.course_id == course_id).order_by(CourseVideo.id)
    return [_shown(row) for row in await session.execute(wanted)]


async def list_asset_ids(session: AsyncSession, course_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the assets that learners get of a course."""
    found = await session.scalars(
        select(CourseVideo.asset_id).where(CourseVideo.course_id == course_id)
    )
    return found.all()


async def list_played(session: AsyncSession, course_video_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the assets that learners may be playing for a lesson's video: new and retired."""
    found = await session.scalars(
        union_all(
            select(CourseVideo.asset_id).where(CourseVideo.id == course_video_id),
            select(CourseVideoVersion.asset_id).where(
                CourseVideoVersion.course_video_id == course_video_id,
                CourseVideoVersion.retired_at.is_not(None),
            ),
        )
    )
    return found.all()


async def page_unfinished(
    session: AsyncSession, cursor: str | None, limit: int
) -> tuple[Sequence[Unfinished], str | None]:
    """Return what is processing or has failed in all courses, newest first; the next cursor."""
    before = decode_cursor(cursor, uuid.UUID)[0] if cursor is not None else None
    found = [
        *await _unfinished_lessons(session, before, limit + 1),
        *await _unfinished_previews(session, before, limit + 1),
    ]
    found.sort(key=lambda one: one.key, reverse=True)
    more = len(found) > limit
    return found[:limit], encode_cursor(found[limit - 1].key) if more else None


async def _unfinished_lessons(
    session: AsyncSession, before: uuid.UUID | None, limit: int
) -> list[Unfinished]:
    unfinished = union_all(
        select(CourseVideo.id).join(Asset, Asset.id == CourseVideo.asset_id).where(_IS_NOT_READY),
        select(CourseVideoVersion.course_video_id).where(CourseVideoVersion.retired_at.is_(None)),
    )
    wanted = (
        _shown_rows()
        .add_columns(Course)
        .join(Course, Course.id == CourseVideo.course_id)
        .where(CourseVideo.id.in_(unfinished))
    )
    if before is not None:
        wanted = wanted.where(CourseVideo.id < before)
    rows = await session.execute(wanted.order_by(CourseVideo.id.desc()).limit(limit))
    return [Unfinished(row.Course, shown := _shown(row), shown.asset) for row in rows]


async def _unfinished_previews(
    session: AsyncSession, before: uuid.UUID | None, limit: int
) -> list[Unfinished]:
    """Return the newest file of each preview that is not ready."""
    newer, current = Course.preview_next_asset_id, Course.preview_asset_id
    found: list[Unfinished] = []
    for newest in (Asset.id == newer, and_(Asset.id == current, newer.is_(None))):
        wanted = (
            select(Course, Asset)
            .join(Asset, newest)
            .where(_IS_NOT_READY)
            .order_by(Asset.id.desc())
            .limit(limit)
        )
        if before is not None:
            wanted = wanted.where(Asset.id < before)
        rows = await session.execute(wanted)
        found += [Unfinished(course, None, asset) for course, asset in rows]
    return found


async def find_by_asset(
    session: AsyncSession, asset_id: uuid.UUID
) -> tuple[CourseVideo, CourseVideoVersion | None] | None:
    """Return the lesson's video that an asset is or was a file of, to change it.

    With its version, unless the asset is what learners get.
    """
    current = await session.scalar(
        select(CourseVideo).where(CourseVideo.asset_id == asset_id).with_for_update()
    )
    if current is not None:
        return current, None
    row = (
        await session.execute(
            select(CourseVideo, CourseVideoVersion)
            .join(CourseVideoVersion, CourseVideoVersion.course_video_id == CourseVideo.id)
            .where(CourseVideoVersion.asset_id == asset_id)
            .with_for_update()
        )
    ).one_or_none()
    return (row[0], row[1]) if row else None


async def find_by_preview(session: AsyncSession, asset_id: uuid.UUID) -> Course | None:
    """Return the course whose preview an asset is, or is to be, to change it."""
    return await session.scalar(
        select(Course)
        .where(or_(Course.preview_asset_id == asset_id, Course.preview_next_asset_id == asset_id))
        .with_for_update()
    )


async def list_versions(
    session: AsyncSession, condition: ColumnElement[bool]
) -> Sequence[CourseVideoVersion]:
    """Return other files than those that learners get."""
    found = await session.scalars(
        select(CourseVideoVersion).where(condition).order_by(CourseVideoVersion.id)
    )
    return found.all()


async def list_retired(session: AsyncSession, before: datetime) -> Sequence[CourseVideoVersion]:
    """Return what was replaced before a moment."""
    return await list_versions(session, CourseVideoVersion.retired_at < before)


async def find_retired(
    session: AsyncSession, course_id: uuid.UUID, lesson_id: str, asset_id: uuid.UUID
) -> CourseVideoVersion | None:
    """Return an asset's place among those that were replaced in a lesson, if it has one."""
    return await session.scalar(
        select(CourseVideoVersion)
        .join(CourseVideo, CourseVideo.id == CourseVideoVersion.course_video_id)
        .where(
            CourseVideoVersion.asset_id == asset_id,
            CourseVideoVersion.retired_at.is_not(None),
            CourseVideo.course_id == course_id,
            CourseVideo.lesson_id == lesson_id,
        )
    )


async def uses_asset(session: AsyncSession, asset_id: uuid.UUID) -> bool:
    """Say whether an asset is in a course: in a lesson, as another version, or as a preview."""
    previews = (Course.preview_asset_id, Course.preview_next_asset_id)
    columns = (CourseVideo.asset_id, CourseVideoVersion.asset_id, *previews)
    used = or_(*(select(1).where(column == asset_id).exists() for column in columns))
    return bool(await session.scalar(select(used)))


async def find_held(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> Held | None:
    """Return what an asset is to courses, and what somebody is to the course it is in."""
    video, version = CourseVideo, CourseVideoVersion
    held = union_all(
        select(
            video.course_id.label("course_id"),
            video.lesson_id.label("lesson_id"),
            false().label("is_next"),
        ).where(video.asset_id == asset_id),
        select(video.course_id, video.lesson_id, version.retired_at.is_(None))
        .join(version, version.course_video_id == video.id)
        .where(version.asset_id == asset_id),
        select(Course.id, cast(null(), String), false()).where(Course.preview_asset_id == asset_id),
        select(Course.id, cast(null(), String), true()).where(
            Course.preview_next_asset_id == asset_id
        ),
    ).subquery()
    row = (
        await session.execute(
            select(
                Course,
                held.c.lesson_id,
                held.c.is_next,
                User.role,
                teaches(user_id).label("is_instructor"),
                takes(user_id).label("is_enrolled"),
            )
            .join(held, held.c.course_id == Course.id)
            .join(User, User.id == user_id)
        )
    ).one_or_none()
    if row is None:
        return None
    course, lesson_id, is_next, role, is_instructor, is_enrolled = row
    standing = Standing(is_instructor, is_enrolled)
    return Held(course, lesson_id, is_next, Actor(user_id, role), standing)


def _shown_rows() -> Select[*tuple[Any, ...]]:
    is_next = and_(
        CourseVideoVersion.course_video_id == CourseVideo.id,
        CourseVideoVersion.retired_at.is_(None),
    )
    return (
        select(CourseVideo, Asset, CourseVideoVersion, _NextAsset)
        .join(Asset, Asset.id == CourseVideo.asset_id)
        .outerjoin(CourseVideoVersion, is_next)
        .outerjoin(_NextAsset, _NextAsset.id == CourseVideoVersion.asset_id)
    )


def _shown(row: Row[*tuple[Any, ...]]) -> CourseVideoShown:
    return CourseVideoShown(row[0], row[1], row[2], row[3])
