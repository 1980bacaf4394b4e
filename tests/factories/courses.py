"""Courses with lessons and videos in any state, without files."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses.models import Course, CourseVideo, Enrolment
from lumenhall.domains.courses.service.mirroring import mirror
from lumenhall.domains.identity.models import User
from lumenhall.domains.media.models import Asset
from lumenhall.domains.media.provider import uid_of
from lumenhall.platform.kit.text import slugify
from tests.factories.videos import make_asset


def lesson(lesson_id: str, kind: str = "video", **values: Any) -> dict[str, Any]:
    """Return a lesson of a curriculum."""
    given = {"title": f"About {lesson_id}", "kind": kind, "is_preview": False} | values
    return {"id": lesson_id, **given}


def curriculum(*lessons: dict[str, Any] | str, per_section: int = 100) -> dict[str, Any]:
    """Return a curriculum of these lessons in sections."""
    whole = [lesson(one) if isinstance(one, str) else one for one in lessons]
    starts = range(0, len(whole), per_section)
    return {
        "sections": [
            {
                "id": f"section-{start}",
                "title": f"Part {start // per_section + 1}",
                "lessons": whole[start : start + per_section],
            }
            for start in starts
        ]
    }


async def add_course(
    session: AsyncSession,
    instructor: User,
    *lessons: dict[str, Any] | str,
    title: str = "Lanterns",
    **values: Any,
) -> Course:
    """Add a published course, unless `values` say otherwise."""
    given = {"published": True, "slug": slugify(title)} | values
    course = Course(
        title=title, instructor_id=instructor.id, curriculum=curriculum(*lessons), **given
    )
    session.add(course)
    await session.flush()
    return course


async def add_course_video(
    session: AsyncSession, course: Course, lesson_id: str, asset: Asset, **values: Any
) -> CourseVideo:
    """Add the video of a lesson, whose state is that of its asset."""
    session.add(asset)
    await session.flush()
    video = CourseVideo(
        course_id=course.id,
        lesson_id=lesson_id,
        cloudflare_video_id=uid_of(asset),
        provider="local",
        asset_id=asset.id,
        title=f"About {lesson_id}",
        **values,
    )
    asset.provider = "local"
    mirror(video, asset)
    session.add(video)
    await session.flush()
    return video


async def add_lesson_videos(session: AsyncSession, course: Course, owner: User) -> None:
    """Add a video of 100 seconds that plays to every video lesson of a course."""
    for section in course.curriculum["sections"]:
        for one in section["lessons"]:
            if one["kind"] == "video":
                await add_course_video(session, course, one["id"], make_asset(owner))


async def add_enrolment(session: AsyncSession, course: Course, user: User) -> Enrolment:
    """Let somebody take a course."""
    enrolment = Enrolment(course_id=course.id, user_id=user.id)
    session.add(enrolment)
    await session.flush()
    return enrolment
