"""A course's page and the lists around it: as many statements however long they are."""

import pytest

from tests.factories.courses import lesson
from tests.medium.courses.conftest import COURSES, School


async def count(school: School, statements: list[str], request: str, role: str = "learner") -> int:
    statements.clear()
    await school.get(role, f"GET {request}")
    return len(statements)


@pytest.mark.parametrize("is_locked", [False, True])
async def test_a_course_of_200_lessons_takes_as_many_statements_as_one_of_5(
    school: School, statements: list[str], is_locked: bool
) -> None:
    asked = {}
    for length in (5, 200):
        lessons = [
            lesson(f"lesson-{number}", ("video", "text", "quiz")[number % 3])
            for number in range(length)
        ]
        course = await school.course(*lessons, title=f"Of {length}", order_locked=is_locked)
        await school.get(
            "learner",
            f"PUT {COURSES}/{course.id}/lessons/lesson-0/progress",
            json={
                "last_position": 1,
                "duration_seconds": 100,
                "ranges": [[0, 100]],
            },
        )
        lesson_1 = f"{COURSES}/{course.id}/lessons/lesson-1"
        asked[length] = [
            await count(school, statements, f"{COURSES}/{course.slug}"),
            await count(school, statements, lesson_1),
            await count(school, statements, f"{COURSES}/{course.id}/videos", "instructor"),
            await count(school, statements, f"{COURSES}/{course.id}/enrolments", "instructor"),
            await count(school, statements, f"{COURSES}/{course.id}/notes"),
        ]
    assert asked[200] == asked[5]
    assert asked[5][0] <= 5


async def test_lists_of_courses_take_as_many_statements_however_many_there_are(
    school: School, statements: list[str]
) -> None:
    asked = {}
    for length in (2, 12):
        for number in range(length):
            course = await school.course("a", "b", title=f"Course {length} {number}")
            await school.upload("admin", course.id, "a")
        requests = [f"{COURSES}?scope={scope}" for scope in ("all", "enrolled", "teaching")]
        asked[length] = [await count(school, statements, request) for request in requests]
        unfinished = "/api/course-videos/unfinished"
        asked[length].append(await count(school, statements, unfinished, "admin"))
    assert asked[12] == asked[2]
