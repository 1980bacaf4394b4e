"""A video of the Stream API that is the video of a lesson as well: one asset, two that hold it."""

from dataclasses import dataclass

import pytest
from sqlalchemy import select

from lumenhall.domains.courses import queries, service
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoVersion
from lumenhall.domains.identity.models import AuditEntry, Scope
from lumenhall.domains.media.models import Asset
from lumenhall.domains.stream import service as stream
from lumenhall.domains.stream.models import StreamOrigin
from lumenhall.domains.stream.schemas import NewStreamVideo
from lumenhall.platform.kit import clock
from tests.factories.courses import lesson
from tests.factories.people import People, actor_for, add_token
from tests.factories.videos import files_under
from tests.medium.courses.conftest import COURSES, School
from tests.medium.courses.test_course_videos import address, encode, look, plays, rows

STREAM = "/client/v4/accounts/school/stream"


@dataclass
class Program:
    """What speaks the Stream API in the admin's name."""

    school: School
    people: People

    async def make(self, *, ready: bool = True) -> tuple[str, str]:
        """Make a video and return its uid and its asset."""
        app, admin = self.school.app, actor_for(self.school.users["admin"])
        async with app.database.write() as session:
            new = NewStreamVideo("school", StreamOrigin.ONE_TIME)
            shown = await stream.make_video(session, app, admin, new)
        if ready:
            await encode(self.school, str(shown.asset.id))
        return shown.video.uid, str(shown.asset.id)

    async def asks(self, method: str, uid: str) -> int:
        """Ask the Stream API about a video and return the status of the answer."""
        async with self.school.app.database.write() as session:
            token = await add_token(session, self.school.users["admin"], Scope.STREAM)
        browser = self.people.browser(Authorization=f"Bearer {token}")
        return (await browser.request(method, f"{STREAM}/{uid}")).status_code


@pytest.fixture
def program(school: School, people: People) -> Program:
    return Program(school, people)


def put(uid: str) -> str:
    return f"POST /api/admin/stream-videos/{uid}/lesson"


def into(course: Course, lesson_id: str = "lesson-1") -> dict[str, str]:
    return {"course_id": str(course.id), "lesson_id": lesson_id}


async def is_served(school: School, course: Course) -> bool:
    """Say whether a learner gets the files of the lesson's video."""
    playback = await school.get("learner", f"GET {address(course, end='playback')}")
    return (await school.ask("learner", f"GET {playback['hls_url']}")).is_success


async def test_a_lesson_plays_a_video_of_the_stream_api(school: School, program: Program) -> None:
    course = await school.course("lesson-1", videos=False)
    uid, asset_id = await program.make()
    made = await school.get("admin", put(uid), json=into(course))
    assert (made["asset_id"], made["status"], made["duration"]) == (asset_id, "ready", 90)
    assert made["title"] == "About lesson-1"
    assert await plays(school, course) == asset_id
    assert await is_served(school, course)
    assert await rows(school, Asset) == 1
    async with school.app.database.read() as session:
        (entry,) = await session.scalars(select(AuditEntry))
    assert (entry.action, entry.actor_id) == ("course.video_given", school.users["admin"].id)
    assert (entry.target_type, entry.target_id) == ("course", str(course.id))
    about = {"name": "Lanterns", "lesson": "About lesson-1", "asset_id": asset_id}
    assert entry.detail == about


async def test_what_a_lesson_played_is_retired_and_an_upload_for_it_gives_way(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1")
    old = await plays(school, course)
    await school.upload("instructor", course.id, "lesson-1")
    uid, asset_id = await program.make()
    made = await school.get("admin", put(uid), json=into(course))
    assert (made["asset_id"], made["next_version"]) == (asset_id, None)
    assert await plays(school, course) == asset_id
    async with school.app.database.read() as session:
        (version,) = await queries.list_versions(session, CourseVideoVersion.id.is_not(None))
        assert (str(version.asset_id), version.retired_at is None) == (old, False)
    assert await rows(school, Asset) == 2


async def test_deleted_in_the_lesson_it_stays_in_the_stream_api(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1", videos=False)
    uid, asset_id = await program.make()
    await school.get("admin", put(uid), json=into(course))
    hls_url = (await school.get("learner", f"GET {address(course, end='playback')}"))["hls_url"]
    assert (await school.ask("learner", f"GET {hls_url}")).is_success
    await school.get("instructor", f"DELETE {address(course)}")
    assert await program.asks("GET", uid) == 200
    assert await files_under(school.app.storage, f"assets/{asset_id}", 1)
    # Who played it because of the lesson no longer may, at once.
    assert (await school.ask("learner", f"GET {hls_url}")).status_code == 404
    assert await program.asks("DELETE", uid) == 200
    assert await rows(school, Asset) == 0
    assert await files_under(school.app.storage, f"assets/{asset_id}", 0)


async def test_a_course_that_is_deleted_leaves_it_to_the_stream_api(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1", videos=False)
    uid, _ = await program.make()
    await school.get("admin", put(uid), json=into(course))
    await school.get("admin", f"DELETE {COURSES}/{course.id}")
    assert await rows(school, CourseVideo) == 0
    assert await program.asks("GET", uid) == 200


async def test_deleted_in_the_stream_api_the_lesson_still_plays_it(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1", videos=False)
    uid, asset_id = await program.make()
    await school.get("admin", put(uid), json=into(course))
    assert await program.asks("DELETE", uid) == 200
    assert await program.asks("GET", uid) == 404
    assert await plays(school, course) == asset_id
    assert await is_served(school, course)
    await school.get("instructor", f"DELETE {address(course)}")
    assert await rows(school, Asset) == 0
    assert await files_under(school.app.storage, f"assets/{asset_id}", 0)


async def test_a_replaced_one_outlives_its_time_only_in_the_stream_api(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1", videos=False)
    first, second = await program.make(), await program.make()
    for uid, asset_id in (first, second, first):
        await school.get("admin", put(uid), json=into(course))
        assert await plays(school, course) == asset_id
    with clock.freeze(clock.now() + service.RETIRED_FOR * 1.1):
        async with school.app.database.write() as session:
            await service.remove_retired(session)
    assert await rows(school, CourseVideoVersion) == 0
    assert await program.asks("GET", second[0]) == 200
    assert await program.asks("DELETE", second[0]) == 200
    assert await rows(school, Asset) == 1


async def test_it_is_the_video_of_one_lesson_at_most(school: School, program: Program) -> None:
    course = await school.course("lesson-1", "lesson-2", videos=False)
    uid, _ = await program.make()
    await school.get("admin", put(uid), json=into(course))
    for lesson_id in ("lesson-1", "lesson-2"):
        refused = await school.refused("admin", put(uid), json=into(course, lesson_id))
        assert refused == "already_in_course"
    assert await rows(school, CourseVideo) == 1
    assert await rows(school, AuditEntry) == 1
    assert (await look(school, course))["next_version"] is None


async def test_unknown_and_unready_videos_and_other_lessons_are_refused(
    school: School, program: Program
) -> None:
    course = await school.course("lesson-1", lesson("read", "text"), videos=False)
    uid, _ = await program.make()
    waiting, _ = await program.make(ready=False)
    unknown = into(course) | {"course_id": "00000000-0000-0000-0000-000000000000"}
    for video, body, code in (
        ("0" * 32, into(course), "stream_video_unknown"),
        (waiting, into(course), "asset_not_ready"),
        (uid, into(course, "read"), "wrong_lesson_kind"),
        (uid, into(course, "none"), "lesson_unknown"),
        (uid, unknown, "course_unknown"),
    ):
        assert await school.refused("admin", put(video), json=body) == code
    assert await rows(school, CourseVideo) == 0


@pytest.mark.parametrize("role", ["instructor", "moderator", "learner"])
async def test_only_admins_put_them_into_lessons(
    school: School, program: Program, role: str
) -> None:
    course = await school.course("lesson-1", videos=False)
    uid, _ = await program.make()
    assert await school.refused(role, put(uid), json=into(course)) == "admins_only"
    assert await rows(school, CourseVideo) == 0
