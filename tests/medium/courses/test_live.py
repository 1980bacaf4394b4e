"""What open pages hear of courses: authors of progress and ends, learners of a newer video."""

from typing import Any

from lumenhall.domains.media import service as media
from tests.factories.people import COOKIE
from tests.fixtures.live import LiveServer, Page
from tests.medium.courses.conftest import COURSES, School
from tests.medium.courses.test_course_videos import encode


async def open_page(school: School, live_server: LiveServer, role: str) -> Page:
    page = await live_server.open(school.browsers[role].cookies[COOKIE])
    await page.next()
    return page


def kinds(said: list[dict[str, Any]]) -> set[str]:
    return {message.get("kind", message["type"]) for message in said}


async def test_authors_hear_of_progress_and_of_its_end(
    school: School, live_server: LiveServer
) -> None:
    course = await school.course("lesson-1", videos=False)
    pages = {
        role: await open_page(school, live_server, role)
        for role in ("instructor", "learner", "outsider")
    }
    made = (await school.upload("admin", course.id, "lesson-1"))["video"]
    await encode(school, made["asset_id"])
    said = await pages["instructor"].rest()
    assert kinds(said) >= {"course.video_progress", "course.video_changed"}
    progress = [one["data"] for one in said if one.get("kind") == "course.video_progress"]
    assert progress[-1]["processing_progress"] == 40
    assert progress[-1]["course_video_id"] == made["id"]
    for role in ("learner", "outsider"):
        assert not {kind for kind in kinds(await pages[role].rest()) if "course" in kind}


async def test_authors_hear_of_the_preview_likewise(
    school: School, live_server: LiveServer
) -> None:
    course = await school.course("lesson-1")
    pages = {
        role: await open_page(school, live_server, role)
        for role in ("instructor", "admin", "learner")
    }
    body = {"filename": "p.mp4", "size_bytes": 3}
    made = await school.get("instructor", f"POST {COURSES}/{course.id}/preview", json=body)
    await encode(school, made["preview"]["current"]["asset_id"], fails=True)
    said = await pages["instructor"].rest()
    assert kinds(said) >= {"course.video_progress", "course.video_failed", "course.changed"}
    (failed,) = [one["data"] for one in said if one.get("kind") == "course.video_failed"]
    assert failed == {
        "course_id": str(course.id),
        "course_video_id": None,
        "error_code": "encoder_failed",
        "error_message": "It did not work out.",
    }
    assert "course.video_failed" in kinds(await pages["admin"].rest())
    assert not {kind for kind in kinds(await pages["learner"].rest()) if "course" in kind}


async def test_who_takes_a_lesson_hears_that_a_newer_video_is_there(
    school: School, live_server: LiveServer
) -> None:
    course = await school.course("lesson-1")
    made = (await school.upload("admin", course.id, "lesson-1"))["video"]
    topic = f"asset:{made['asset_id']}"
    pages = {}
    for role in ("learner", "outsider"):
        pages[role] = await open_page(school, live_server, role)
        await pages[role].say(type="join", topic=topic)
    assert kinds(await pages["outsider"].rest()) == {"refused"}
    await pages["learner"].rest()
    await encode(school, made["next_version"]["asset_id"])
    assert "course.video_changed" in kinds(await pages["learner"].rest())
    assert not kinds(await pages["outsider"].rest())


async def test_what_is_nobodys_lesson_is_told_to_no_author(
    school: School, live_server: LiveServer
) -> None:
    await school.course("lesson-1")
    page = await open_page(school, live_server, "instructor")
    async with school.app.database.write() as session:
        asset = await media.create_asset(
            session, school.users["learner"].id, original_filename="a.mp4"
        )
    await encode(school, str(asset.id))
    assert not kinds(await page.rest())
