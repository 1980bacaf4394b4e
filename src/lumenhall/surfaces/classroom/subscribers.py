"""What the conversations about lessons make of what happens in courses."""

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.service import leave_topics
from lumenhall.domains.courses.events import EnrolmentEnded
from lumenhall.platform.events import subscribe
from lumenhall.surfaces.classroom.discussions import topics_of


@subscribe(EnrolmentEnded)
async def on_enrolment_ended(session: AsyncSession, event: EnrolmentEnded) -> None:
    await leave_topics(session, event.user_id, topics_of(event.course_id))
