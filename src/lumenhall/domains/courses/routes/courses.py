"""Courses and their curriculum over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from lumenhall.domains.courses import queries, service
from lumenhall.domains.courses.schemas import (
    CourseCard,
    CourseChange,
    CoursePage,
    CourseScope,
    CurriculumChange,
    CurriculumLook,
    NewCourse,
)
from lumenhall.domains.identity.deps import AdminActor, CurrentActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes, json_reply

router = APIRouter()


@router.get("")
async def list_courses(  # noqa: PLR0913 Each is one parameter of the address.
    actor: CurrentActor,
    context: Context,
    session: Reads,
    scope: CourseScope = CourseScope.ALL,
    category: Annotated[str | None, Query(max_length=100)] = None,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 24,
) -> Page[CourseCard]:
    """Published courses, newest first; or those one takes; or those one may edit, with drafts."""
    found, following = await queries.page_courses(session, actor, scope, category, cursor, limit)
    items = await service.course_cards(session, found, actor, context.signing_key)
    return Page[CourseCard](items=items, next_cursor=following)


@router.post("", status_code=201)
async def create_course(
    actor: AdminActor, context: Context, session: Writes, new: NewCourse
) -> CoursePage:
    """Make a course, a draft without lessons; for admins. Its instructor goes on from there."""
    course = await service.create_course(session, actor, new)
    shown = await queries.get_shown(session, actor, course.id)
    return await service.course_page(session, shown, actor, context.signing_key)


@router.get("/{slug}", response_model=CoursePage)
async def get_course(
    slug: str, actor: CurrentActor, context: Context, session: Reads, response: Response
) -> Response:
    """A course with its whole curriculum, and how far the viewer is with each lesson."""
    shown = await queries.get_by_slug(session, actor, slug)
    page = await service.course_page(session, shown, actor, context.signing_key)
    return json_reply(response, page.model_dump_json().encode())


@router.patch("/{course_id}")
async def change_course(
    course_id: UUID, actor: CurrentActor, context: Context, session: Writes, change: CourseChange
) -> CoursePage:
    """Give a course new values, publish it, name instructors (admins); absent stays as it is."""
    await service.change_course(session, actor, course_id, change)
    shown = await queries.get_shown(session, actor, course_id)
    return await service.course_page(session, shown, actor, context.signing_key)


@router.delete("/{course_id}", status_code=204)
async def delete_course(course_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Delete a course, its videos and all that people did in it; certificates stay. For admins."""
    await service.delete_course(session, actor, course_id)


@router.get("/{course_id}/curriculum")
async def get_curriculum(course_id: UUID, actor: CurrentActor, session: Reads) -> CurriculumLook:
    """The curriculum for its editors, with the version that a change has to name."""
    return await service.read_curriculum(session, actor, course_id)


@router.put("/{course_id}/curriculum")
async def change_curriculum(
    course_id: UUID, actor: CurrentActor, session: Writes, change: CurriculumChange
) -> CurriculumLook:
    """Put a whole curriculum in the place of `version`; 409 when somebody was faster.

    Progress, videos and texts go by the ids of lessons: rename and move them freely. A lesson
    that is left out keeps all of that for when its id comes back.
    """
    return await service.change_curriculum(session, actor, course_id, change)
