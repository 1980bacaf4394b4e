"""Which indexes the lists of courses walk, on both engines."""

from uuid import uuid4

import pytest
from sqlalchemy import insert

from lumenhall.domains.courses.models import Course
from lumenhall.platform.db import WriteSession
from tests.factories.plans import explain
from tests.factories.schools import add_school


@pytest.mark.parametrize(
    ("statement", "index"),
    [
        ("SELECT id FROM course_videos WHERE course_id = '{id}'", "course_videos_course_id"),
        ("SELECT id FROM course_videos WHERE lesson_id = 'a'", "ix_course_videos_lesson_id"),
        ("SELECT id FROM course_videos WHERE cloudflare_video_id = 'x'", "cloudflare_video_id"),
        ("SELECT id FROM course_videos WHERE status = 'error'", "ix_course_videos_status"),
        (
            "SELECT id FROM course_videos ORDER BY created_at LIMIT 9",
            "ix_course_videos_created_at",
        ),
        (
            "SELECT id FROM course_videos WHERE course_id = '{id}' AND lesson_id = 'a'",
            "course_videos_",
        ),
        ("SELECT id FROM courses WHERE slug = 'a'", "slug"),
        (
            "SELECT id FROM courses WHERE published = true ORDER BY id DESC LIMIT 9",
            "ix_courses_published_id",
        ),
        (
            (
                "SELECT user_id FROM enrolments WHERE course_id = '{id}'"
                " ORDER BY created_at DESC, user_id DESC LIMIT 9"
            ),
            "ix_enrolments_course_id_created_at_user_id",
        ),
        (
            "SELECT lesson_id FROM lesson_progress WHERE user_id = '{id}' AND course_id = '{id}'",
            "lesson_progress",
        ),
        (
            (
                "SELECT id FROM lesson_notes WHERE user_id = '{id}' AND course_id = '{id}'"
                " AND lesson_id = 'a' ORDER BY id DESC LIMIT 9"
            ),
            "ix_lesson_notes_user_id_course_id_lesson_id_id",
        ),
        (
            (
                "SELECT id FROM quiz_attempts WHERE user_id = '{id}' AND course_id = '{id}'"
                " AND lesson_id = 'a' ORDER BY id DESC LIMIT 9"
            ),
            "ix_quiz_attempts_user_id_course_id_lesson_id_id",
        ),
        ("SELECT id FROM certificates WHERE code = 'x'", "code"),
    ],
)
async def test_lists_walk_an_index_in_its_order(
    session: WriteSession, statement: str, index: str
) -> None:
    course, *_ = await add_school(session)
    await session.execute(
        insert(Course),
        [
            {"id": uuid4(), "title": "x", "slug": f"x-{number}", "curriculum": {}}
            for number in range(200)
        ],
    )
    plan = await explain(session, statement.format(id=course.id))
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
