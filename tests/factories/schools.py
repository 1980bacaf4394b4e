"""A course with one row in every table of courses."""

from sqlalchemy import text

from lumenhall.domains.courses.models import (
    Certificate,
    Course,
    CourseVideo,
    CourseVideoVersion,
    LessonNote,
    LessonProgress,
    LessonText,
    Quiz,
    QuizAttempt,
)
from lumenhall.domains.identity.models import Role, User
from lumenhall.platform.db import WriteSession
from tests.factories.courses import add_course, add_course_video, add_enrolment
from tests.factories.people import add_person
from tests.factories.videos import add_category, make_asset


async def add_school(session: WriteSession) -> tuple[Course, CourseVideo, User]:
    """Add one row to every table."""
    ann = await add_person(session, "ann", role=Role.ADMIN)
    bob = await add_person(session, "bob")
    category = await add_category(session)
    course = await add_course(session, ann, "a", "b", category_id=category.id)
    video = await add_course_video(session, course, "a", make_asset(ann))
    spare = make_asset(ann)
    session.add(spare)
    await add_enrolment(session, course, bob)
    await session.flush()
    lesson = {"course_id": course.id, "lesson_id": "a"}
    his = lesson | {"user_id": bob.id}
    session.add_all(
        [
            CourseVideoVersion(course_video_id=video.id, asset_id=spare.id),
            LessonText(**lesson, body="Read."),
            LessonProgress(**his),
            Quiz(**lesson, pass_percent=80, questions=[]),
            QuizAttempt(**his, answers={}, score_percent=10, passed=False),
            LessonNote(**his, text="Hm."),
            Certificate(
                code="code",
                user_id=bob.id,
                course_id=course.id,
                person_name="Bob",
                course_title="Lanterns",
            ),
        ]
    )
    await session.flush()
    await session.execute(
        text("INSERT INTO course_instructors SELECT courses.id, users.id FROM courses, users")
    )
    return course, video, bob
