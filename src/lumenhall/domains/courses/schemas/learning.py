"""Who takes a course, and how far they are."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel

from lumenhall.domains.identity.schemas import PersonLook


class EnrolmentLook(BaseModel):
    """That somebody takes a course, and how far they are."""

    course_id: UUID
    person: PersonLook
    enrolled_at: datetime
    percent: int
    completed_count: int
    lesson_count: int
    completed_at: datetime | None
    last_active_at: datetime | None
