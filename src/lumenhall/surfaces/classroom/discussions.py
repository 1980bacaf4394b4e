"""Talking about a lesson with the others who take it."""

from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel

from lumenhall.domains.chat.service import join_topic
from lumenhall.domains.courses.service import get_lesson_to_discuss
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.web import Writes

router = APIRouter(tags=["courses"])


def topics_of(course_id: UUID) -> str:
    """Return how the topics of all lessons of a course begin."""
    return f"course:{course_id}:"


class Discussion(BaseModel):
    """Where a lesson is talked about."""

    conversation_id: UUID


@router.post("/{course_id}/lessons/{lesson_id}/discussion")
async def open_discussion(
    course_id: UUID, lesson_id: str, actor: CurrentActor, session: Writes
) -> Discussion:
    """Join the conversation about a lesson, which the first one makes. Safe to repeat.

    For the enrolled and the authors; the authors are admins of it.
    """
    course, lesson, leads = await get_lesson_to_discuss(session, actor, course_id, lesson_id)
    topic = topics_of(course.id) + lesson.id
    return Discussion(
        conversation_id=await join_topic(session, actor, topic, lesson.title, leads=leads)
    )
