"""Taking courses over HTTP."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from lumenhall.domains.courses import queries, service
from lumenhall.domains.courses.schemas import CoursePage, EnrolmentLook
from lumenhall.domains.identity.deps import AdminActor, CurrentActor
from lumenhall.platform.kit.paging import Limit, Page
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter()


@router.put("/{course_id}/enrolment")
async def enrol(
    course_id: UUID, actor: CurrentActor, context: Context, session: Writes
) -> CoursePage:
    """Take a published course oneself; safe to repeat. Who comes back goes on where they were."""
    await service.enrol(session, actor, course_id)
    shown = await queries.get_shown(session, actor, course_id)
    return await service.course_page(session, shown, actor, context.signing_key)


@router.delete("/{course_id}/enrolment", status_code=204)
async def leave_course(course_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Stop taking a course; what one did is kept. Safe to repeat."""
    await service.leave(session, actor, course_id)


@router.get("/{course_id}/enrolments")
async def list_enrolments(
    course_id: UUID,
    actor: CurrentActor,
    session: Reads,
    cursor: Annotated[str | None, Query(max_length=500)] = None,
    limit: Limit = 30,
) -> Page[EnrolmentLook]:
    """Who takes a course and how far they are, newest first; for its authors."""
    items, following = await service.page_enrolments(session, actor, course_id, cursor, limit)
    return Page[EnrolmentLook](items=items, next_cursor=following)


@router.put("/{course_id}/enrolments/{user_id}", status_code=204)
async def enrol_person(course_id: UUID, user_id: UUID, actor: AdminActor, session: Writes) -> None:
    """Enrol somebody, in a draft too; for admins. Safe to repeat."""
    await service.enrol_person(session, actor, course_id, user_id)


@router.delete("/{course_id}/enrolments/{user_id}", status_code=204)
async def end_enrolment(course_id: UUID, user_id: UUID, actor: AdminActor, session: Writes) -> None:
    """End somebody's enrolment; for admins. What they play ends within a minute."""
    await service.end_enrolment(session, actor, course_id, user_id)
