"""Every request of courses and of the Stream API that grows walks an index, on both engines.

What is asked for in a school with many courses and a program with many videos, of which most
are of one account.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, NamedTuple

import httpx
import pytest
from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.courses.models import (
    Course,
    CourseVideo,
    CourseVideoStatus,
    Enrolment,
    LessonNote,
    LessonProgress,
    QuizAttempt,
)
from lumenhall.domains.identity.models import Role, Scope, User
from lumenhall.domains.library.models import Category
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.stream.models import StreamAccount, StreamOrigin, StreamVideo
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from tests.factories.courses import curriculum, lesson
from tests.factories.people import People, add_token
from tests.medium.main.plans import tables_read_whole

COURSES, LESSONS, LEARNERS = 1200, 40, 150
OURS, ACCOUNTS, IN_EACH = 5000, 20, 50
LARGE = {
    "course_videos",
    "courses",
    "enrolments",
    "lesson_notes",
    "lesson_progress",
    "quiz_attempts",
    "stream_videos",
}
# PostgreSQL looks at sizes and rightly reads these whole while they are small.
LARGE_LATER = {"assets", "users"}
STREAM = "GET /client/v4/accounts/{account}/stream"
REQUESTS = {
    "learner": (
        "GET /api/courses",
        "GET /api/courses?category=music",
        "GET /api/courses?scope=enrolled",
        "GET /api/courses/{slug}",
        "GET /api/courses/{course}/preview",
        "GET /api/courses/{course}/notes",
        "GET /api/courses/{course}/lessons/lesson-7",
        "GET /api/courses/{course}/lessons/lesson-7/playback",
        "GET /api/courses/{course}/lessons/quiz/quiz/attempts",
    ),
    "teacher": (
        "GET /api/courses?scope=teaching",
        "GET /api/courses/{course}/videos",
        "GET /api/courses/{course}/preview/state",
        "GET /api/courses/{course}/lessons/lesson-7/video",
        "GET /api/courses/{course}/enrolments",
    ),
    "admin": (
        "GET /api/courses?scope=teaching",
        "GET /api/course-videos/unfinished",
        "GET /api/admin/stream-videos",
    ),
    "program": (
        STREAM.format(account="ours"),
        STREAM.format(account="ours") + "?limit=50&status=ready",
        STREAM.format(account="ours") + "?creator=bea",
        STREAM.format(account="ours") + "?video_name=Talk+7",
        STREAM.format(account="ours") + "?before={moment}&limit=100",
        STREAM.format(account="ours") + "/{uid}",
        # Any part of a name is looked for among the videos of the account.
        STREAM.format(account="other-7") + "?search=alk",
    ),
}


class Place(NamedTuple):
    """A school and a program of some size, and who asks."""

    context: AppContext
    browsers: dict[str, httpx.AsyncClient]
    names: dict[str, Any]


@pytest.fixture
async def place(people: People, app_context: AppContext) -> Place:
    users, browsers = {}, {}
    for name, role in (("learner", Role.MEMBER), ("teacher", Role.MEMBER), ("admin", Role.ADMIN)):
        users[name], browsers[name] = await people.add(name, role)
    async with app_context.database.write() as session:
        token = await add_token(session, users["admin"], Scope.STREAM)
        course = await _add_courses(session, users)
        uid = await _add_stream_videos(session, users["admin"])
        await session.execute(text("ANALYZE"))
    browsers["program"] = people.browser(Authorization=f"Bearer {token}")
    moment = (clock.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    names = {"course": course["id"], "slug": course["slug"], "uid": uid, "moment": moment}
    return Place(app_context, browsers, names)


@pytest.mark.parametrize("who", REQUESTS)
async def test_no_request_reads_a_large_table_from_end_to_end(place: Place, who: str) -> None:
    wrong = []
    for request in REQUESTS[who]:
        asked = request.format(**place.names)
        wrong += await tables_read_whole(
            place.context, place.browsers[who], asked, LARGE, LARGE_LATER
        )
    assert not wrong, "\n\n".join(wrong)


async def _add_courses(session: AsyncSession, users: dict[str, User]) -> dict[str, Any]:
    """Add courses of many people; the last is large, and everybody takes it."""
    crowd = [_person(number) for number in range(LEARNERS)]
    music = Category(name="Music", slug="music")
    session.add(music)
    await session.flush()
    small = curriculum("lesson-0", "lesson-1")
    large = curriculum(
        *(f"lesson-{number}" for number in range(LESSONS)), lesson("quiz", "quiz"), per_section=10
    )
    courses = [
        {
            "id": new_id(),
            "title": f"Course {number}",
            "slug": f"course-{number}",
            "published": True,
            "instructor_id": crowd[number % LEARNERS]["id"],
            "category_id": music.id if number % 10 == 0 else None,
            "preview_asset_id": None,
            "curriculum": small,
        }
        for number in range(COURSES)
    ]
    preview, whole = _asset(users["teacher"]), courses[-1]
    whole |= {"curriculum": large, "instructor_id": users["teacher"].id}
    whole |= {"preview_asset_id": preview["id"]}
    places = [(course, f"lesson-{at}") for course in courses[:-1] for at in range(2)]
    places += [(whole, f"lesson-{at}") for at in range(LESSONS)]
    assets = [_asset(users["teacher"], is_failed=at % 200 == 0) for at in range(len(places))]
    await _add(session, User, crowd)
    await _add(session, Asset, [preview, *assets])
    await _add(session, Course, courses)
    videos = (_video(*at, asset) for at, asset in zip(places, assets, strict=True))
    await _add(session, CourseVideo, videos)
    learners = [person["id"] for person in crowd] + [users["learner"].id]
    for number, user_id in enumerate(learners):
        await _add_work(session, user_id, [whole, *courses[number : number + 30]])
    return whole


async def _add_work(session: AsyncSession, user_id: Any, taken: list[dict[str, Any]]) -> None:
    """Let somebody take courses, and do the whole first one of them."""
    his = [{"user_id": user_id, "course_id": course["id"]} for course in taken]
    lessons = [his[0] | {"lesson_id": f"lesson-{number}"} for number in range(LESSONS)]
    await _add(session, Enrolment, his)
    begun = [one | {"lesson_id": "lesson-0"} for one in his[1:]]
    await _add(session, LessonProgress, [*lessons, *begun])
    await _add(session, LessonNote, [one | {"text": "Hm."} for one in lessons])
    tried = his[0] | {"lesson_id": "quiz", "answers": {}, "score_percent": 10, "passed": False}
    await _add(session, QuizAttempt, [dict(tried) for _ in range(20)])


async def _add_stream_videos(session: AsyncSession, owner: User) -> str:
    """Add videos of one large account and many small ones; return the uid of one."""
    sizes = {"ours": OURS} | {f"other-{number}": IN_EACH for number in range(ACCOUNTS)}
    await _add(session, StreamAccount, [{"id": name, "owner_id": owner.id} for name in sizes])
    names = [name for name, size in sizes.items() for _ in range(size)]
    assets = [_asset(owner) for _ in names]
    await _add(session, Asset, assets)
    videos = [
        {
            "uid": new_id().hex,
            "account_id": name,
            "asset_id": asset["id"],
            "origin": StreamOrigin.TUS,
            "name": f"Talk {number}",
            "folded_name": f"talk {number}",
            "creator": f"creator{number % 100}",
            "created_at": clock.now() - timedelta(minutes=number),
        }
        for number, (name, asset) in enumerate(zip(names, assets, strict=True))
    ]
    await _add(session, StreamVideo, videos)
    return str(videos[7]["uid"])


async def _add(session: AsyncSession, model: Any, rows: Iterable[dict[str, Any]]) -> None:
    await session.execute(insert(model), list(rows))


def _person(number: int) -> dict[str, Any]:
    name = f"member{number}"
    return {
        "id": new_id(),
        "username": name,
        "email": f"{name}@example.org",
        "display_name": name,
        "password_hash": "none",
    }


def _asset(owner: User, *, is_failed: bool = False) -> dict[str, Any]:
    asset_id = new_id()
    return {
        "id": asset_id,
        "owner_id": owner.id,
        "status": AssetStatus.ERROR if is_failed else AssetStatus.READY,
        "published_prefix": f"assets/{asset_id}/1",
        "duration_seconds": 600,
        "original_filename": "clip.mp4",
    }


def _video(course: dict[str, Any], lesson_id: str, asset: dict[str, Any]) -> dict[str, Any]:
    return {
        "course_id": course["id"],
        "lesson_id": lesson_id,
        "cloudflare_video_id": asset["id"].hex,
        "provider": "local",
        "asset_id": asset["id"],
        "title": lesson_id,
        "duration": 600,
        "status": CourseVideoStatus(asset["status"].value),
    }
