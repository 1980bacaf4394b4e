"""Certificates: who gets one, who may check it, and the sheet of paper."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses import queries
from lumenhall.domains.courses.errors import CertificateUnknown, CourseNotFinished, NotEnrolled
from lumenhall.domains.courses.models import Certificate, Course
from lumenhall.domains.courses.service.counting import is_finished
from lumenhall.domains.courses.service.paper import Sheet, draw
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user
from lumenhall.platform import options
from lumenhall.platform.context import AppContext
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id, new_short_id

# More than anybody can guess.
CODE_LETTERS = 16


async def claim_certificate(
    session: AsyncSession, actor: Actor, course_id: uuid.UUID
) -> Certificate:
    """Return the actor's certificate of a course, made if they have done all that there is.

    Raises NotEnrolled or CourseNotFinished.
    """
    course, standing = await queries.get_course(session, actor, course_id)
    found = await queries.find_certificate(session, actor.user_id, course_id)
    if found is not None:
        return found
    enrolment = await queries.find_enrolment(session, course_id, actor.user_id, for_change=True)
    if not standing.is_enrolled or enrolment is None:
        raise NotEnrolled
    completed = await queries.list_completed(session, [actor.user_id], [course_id])
    lessons = queries.curriculum_of(course).lessons()
    if not is_finished(lessons, completed.get((actor.user_id, course_id), set())):
        raise CourseNotFinished
    enrolment.completed_at = enrolment.completed_at or clock.now()
    return await issue(session, course, actor.user_id)


async def issue(session: AsyncSession, course: Course, user_id: uuid.UUID) -> Certificate:
    """Return somebody's certificate of a course that they have finished; there is only one."""
    person = await get_user(session, user_id)
    new = insert_into(session, Certificate).values(
        id=new_id(),
        code=new_short_id(CODE_LETTERS),
        user_id=user_id,
        course_id=course.id,
        person_name=person.display_name,
        course_title=course.title,
        issued_at=clock.now(),
    )
    await session.execute(new.on_conflict_do_nothing())
    certificate = await queries.find_certificate(session, user_id, course.id)
    assert certificate is not None  # noqa: S101 It was made, or there was one.
    return certificate


async def print_certificate(app: AppContext, actor: Actor, code: str) -> bytes:
    """Return a certificate as a PDF to whose it is, and to admins; raises CertificateUnknown."""
    async with app.database.read() as session:
        certificate, person = await queries.get_certificate(session, code)
        if person.id != actor.user_id and not actor.is_admin:
            raise CertificateUnknown
        site_name = (await options.get(session)).site_name
    sheet = Sheet(
        site_name=site_name,
        person_name=certificate.person_name,
        username=person.username,
        course_title=certificate.course_title,
        issued_at=certificate.issued_at,
        code=certificate.code,
        address=f"{app.settings.base_url.rstrip('/')}/certificates/{certificate.code}",
        language=person.language,
    )
    return await draw(sheet)
