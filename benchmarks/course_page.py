"""The page of a course, 200 lessons against 5.

Promised: a course page of 200 lessons, half of them done, costs at most 1.5 times one of 5.
That the number of statements is the same is a test (`tests/medium/courses/test_page.py`).
"""

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

import httpx

from benchmarks.report import Figure, report
from lumenhall.domains.courses.models import LessonProgress
from lumenhall.domains.identity.models import Role
from lumenhall.main.wiring import register_everything
from lumenhall.platform.db import Database
from lumenhall.platform.db.migrate import upgrade
from lumenhall.platform.kit import clock
from lumenhall.platform.settings import Settings
from tests.factories.courses import add_course, add_enrolment, add_lesson_videos
from tests.factories.people import COOKIE, add_person, add_session
from tests.fixtures.server import Server

FEW, MANY = 5, 200
ROUNDS = 60
REQUESTS = 10
GROWTH = 1.5


def main() -> None:
    register_everything()
    with tempfile.TemporaryDirectory(prefix="lumenhall-bench-") as folder:
        settings = Settings(_env_file=None, data_path=Path(folder) / "data", log_level="warning")
        server = Server(Path(folder))
        upgrade(settings.database_address)
        secret = asyncio.run(_fill(settings.database_address))
        server.start("--no-jobs")
        try:
            few, many = _side_by_side(server.port, secret)
        finally:
            server.kill()
    figures = [
        Figure(f"course page of {FEW} lessons, median", few * 1000, "ms"),
        Figure(f"course page of {MANY} lessons, median", many * 1000, "ms"),
        Figure(f"course page: {MANY} lessons against {FEW}", many / few, "×", GROWTH),
    ]
    report("course_page", figures)


def _side_by_side(port: int, secret: str) -> tuple[float, float]:
    """Return the median seconds of both pages, asked in turns: both meet the same weather."""
    taken: dict[int, list[float]] = {FEW: [], MANY: []}
    with httpx.Client(
        base_url=f"http://127.0.0.1:{port}", cookies={COOKIE: secret}, timeout=60
    ) as client:
        for _ in range(ROUNDS):
            for length, seconds in taken.items():
                for _ in range(REQUESTS):
                    started = time.perf_counter()
                    client.get(f"/api/courses/lessons-{length}").raise_for_status()
                    seconds.append(time.perf_counter() - started)
    return statistics.median(taken[FEW]), statistics.median(taken[MANY])


async def _fill(address: str) -> str:
    """Let one person be half way through both courses."""
    database = Database(address)
    try:
        async with database.write() as session:
            teacher = await add_person(session, "teacher", role=Role.ADMIN)
            ann = await add_person(session, "ann")
            for length in (FEW, MANY):
                names = [f"module-{number // 10}-lesson-{number}" for number in range(length)]
                course = await add_course(session, teacher, *names, title=f"Lessons {length}")
                await add_lesson_videos(session, course, teacher)
                await add_enrolment(session, course, ann)
                session.add_all(
                    LessonProgress(
                        user_id=ann.id,
                        course_id=course.id,
                        lesson_id=name,
                        completed=True,
                        completed_at=clock.now(),
                    )
                    for name in names[: length // 2]
                )
            return await add_session(session, ann)
    finally:
        await database.dispose()


if __name__ == "__main__":
    main()
