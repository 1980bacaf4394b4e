"""Who takes a course, and how far they are."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, Row, cast, func, literal, null, select, true, tuple_, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses.models import (
    CourseVideo,
    Enrolment,
    LessonProgress,
    LessonText,
    Quiz,
)
from lumenhall.domains.identity.models import User
from lumenhall.domains.media.models import Asset
from lumenhall.platform.db import fetch
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


async def list_content(session: AsyncSession, course_id: uuid.UUID) -> Sequence[Row[Any]]:
    """Return what hangs on the lessons of a course, by `lesson_id` and `kind`.

    Videos have `duration` and `is_playable`; what else is there is there.
    """
    videos = (
        select(
            CourseVideo.lesson_id,
            literal("video").label("kind"),
            CourseVideo.duration.label("duration"),
            Asset.playable.label("is_playable"),
        )
        .join(Asset, Asset.id == CourseVideo.asset_id)
        .where(CourseVideo.course_id == course_id)
    )
    others = (
        select(model.lesson_id, literal(kind), cast(null(), Integer), true()).where(
            model.course_id == course_id
        )
        for kind, model in (("text", LessonText), ("quiz", Quiz))
    )
    return await fetch(session, union_all(videos, *others))


async def list_durations(
    session: AsyncSession, course_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[str, int]]:
    """Return how long the videos of courses are, by course and lesson, in seconds."""
    wanted = select(CourseVideo.course_id, CourseVideo.lesson_id, CourseVideo.duration).where(
        CourseVideo.course_id.in_(course_ids), CourseVideo.duration.is_not(None)
    )
    found: dict[uuid.UUID, dict[str, int]] = {course_id: {} for course_id in course_ids}
    for row in await fetch(session, wanted):
        found[row.course_id][row.lesson_id] = row.duration
    return found


async def list_done(
    session: AsyncSession, course_id: uuid.UUID, user_id: uuid.UUID
) -> Sequence[Row[Any]]:
    """Return how far somebody is with each lesson that they have begun, in any order."""
    wanted = select(
        LessonProgress.lesson_id, LessonProgress.completed, LessonProgress.last_position
    ).where(LessonProgress.user_id == user_id, LessonProgress.course_id == course_id)
    return await fetch(session, wanted)


async def list_completed(
    session: AsyncSession, user_ids: Collection[uuid.UUID], course_ids: Collection[uuid.UUID]
) -> dict[tuple[uuid.UUID, uuid.UUID], set[str]]:
    """Return the lessons that people have completed, by person and course."""
    if not user_ids or not course_ids:
        return {}
    rows = await session.execute(
        select(LessonProgress.user_id, LessonProgress.course_id, LessonProgress.lesson_id).where(
            LessonProgress.user_id.in_(user_ids),
            LessonProgress.course_id.in_(course_ids),
            LessonProgress.completed,
        )
    )
    found: dict[tuple[uuid.UUID, uuid.UUID], set[str]] = {}
    for user_id, course_id, lesson_id in rows:
        found.setdefault((user_id, course_id), set()).add(lesson_id)
    return found


async def find_enrolment(
    session: AsyncSession, course_id: uuid.UUID, user_id: uuid.UUID, *, for_change: bool = False
) -> Enrolment | None:
    """Return that somebody takes a course, if they do."""
    return await session.get(
        Enrolment,
        (course_id, user_id),
        populate_existing=True,
        with_for_update=for_change or None,
    )


async def page_enrolments(
    session: AsyncSession, course_id: uuid.UUID, cursor: str | None, limit: int
) -> tuple[Sequence[tuple[Enrolment, User, datetime | None]], str | None]:
    """Return who takes a course, newest first, and when each last did something; next cursor."""
    last_active = (
        select(func.max(LessonProgress.updated_at))
        .where(
            LessonProgress.user_id == Enrolment.user_id,
            LessonProgress.course_id == Enrolment.course_id,
        )
        .scalar_subquery()
    )
    order = Enrolment.created_at, Enrolment.user_id
    wanted = (
        select(Enrolment, User, last_active)
        .join(User, User.id == Enrolment.user_id)
        .where(Enrolment.course_id == course_id)
        .order_by(*(column.desc() for column in order))
        .limit(limit + 1)
    )
    if cursor is not None:
        wanted = wanted.where(tuple_(*order) < decode_cursor(cursor, datetime, uuid.UUID))
    rows = (await session.execute(wanted)).all()
    found = [(row[0], row[1], row[2]) for row in rows[:limit]]
    if len(rows) <= limit:
        return found, None
    last = found[-1][0]
    return found, encode_cursor(last.created_at, last.user_id)
