"""The videos of lessons: uploads, replacements, and what learners keep meanwhile."""

import asyncio
from contextlib import suppress
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from lumenhall.domains.courses import service
from lumenhall.domains.courses.models import Course, CourseVideo, CourseVideoVersion
from lumenhall.domains.media import service as media
from lumenhall.domains.media.errors import AssetNotFound, AssetStateConflict
from lumenhall.domains.media.models import Asset, AssetStatus, asset_folder
from lumenhall.domains.uploads.models import Upload, UploadStatus
from lumenhall.platform.kit import clock
from lumenhall.platform.realtime.models import LiveEvent, LiveRecipient
from tests.factories.courses import add_course_video, lesson
from tests.factories.videos import files_under, make_asset
from tests.medium.courses.conftest import COURSES, TUS, School


def address(course: Course, lesson_id: str = "lesson-1", end: str = "video") -> str:
    return f"{COURSES}/{course.id}/lessons/{lesson_id}/{end}"


async def encode(school: School, asset_id: str, *, fails: bool = False) -> None:
    """Do what processing does with an upload whose bytes are there."""
    asset, outputs = UUID(asset_id), f"{asset_folder(UUID(asset_id))}/1"
    await school.app.storage.put_bytes(f"{outputs}/master.m3u8", b"#EXTM3U\n")
    async with school.app.database.write() as session:
        key = f"{asset_folder(asset)}/source/x"
        await media.mark_uploaded(session, asset, source_key=key, file_size_bytes=3)
        await media.mark_in_progress(session, asset, "ladder")
        await media.record_progress(session, asset, 40, step="ladder")
    async with school.app.database.write() as session:
        if fails:
            await media.mark_error(session, asset, "encoder_failed", "It did not work out.")
        else:
            facts = media.Facts(duration_ms=90_000, width=640, height=360)
            await media.record_facts(session, asset, facts)
            await media.publish_outputs(session, asset, outputs, has_storyboard=False)


async def plays(school: School, course: Course) -> str | None:
    """Return which asset a learner gets, if one."""
    reply = await school.ask("learner", f"GET {address(course, end='playback')}")
    return reply.json()["hls_url"].split("/")[3] if reply.is_success else None


async def look(school: School, course: Course) -> dict[str, Any]:
    found: dict[str, Any] = await school.get("instructor", f"GET {address(course)}")
    return found


async def rows(school: School, model: type) -> int:
    async with school.app.database.read() as session:
        return await session.scalar(select(func.count()).select_from(model)) or 0


async def test_a_lesson_gets_a_video_by_an_upload(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    made = await school.upload("instructor", course.id, "lesson-1")
    video = made["video"]
    assert (video["status"], video["processing_progress"]) == ("queued", 0)
    assert (video["title"], video["lesson_id"]) == ("About lesson-1", "lesson-1")
    assert video["cloudflare_video_id"] == UUID(video["asset_id"]).hex
    assert video["upload"]["url"] == made["upload"]["url"]
    # Others may look, but only who began an upload can go on with it.
    assert (await school.get("admin", f"GET {address(course)}"))["upload"] is None
    sent = await school.browsers["instructor"].patch(
        made["upload"]["url"],
        content=b"abc",
        headers=TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"},
    )
    assert sent.status_code == 415, sent.text
    failed = await look(school, course)
    assert failed["status"] == "error"
    assert failed["error_message"]


async def test_a_video_follows_its_asset(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    made = (await school.upload("instructor", course.id, "lesson-1"))["video"]
    assert await plays(school, course) is None
    await encode(school, made["asset_id"])
    video = await look(school, course)
    assert (video["status"], video["processing_progress"], video["duration"]) == ("ready", 100, 90)
    assert video["playback_hls_url"].startswith("/media/")
    assert video["error_message"] is None
    assert await plays(school, course) == made["asset_id"]
    page = await school.get("learner", f"GET {COURSES}/{course.slug}")
    (shown,) = page["sections"][0]["lessons"]
    assert (shown["duration_seconds"], shown["is_ready"]) == (90, True)
    (card,) = (await school.get("learner", f"GET {COURSES}"))["items"]
    assert card["duration_seconds"] == page["duration_seconds"] == 90


async def test_learners_keep_the_last_good_video_until_the_next_is_ready(school: School) -> None:
    course = await school.course("lesson-1")
    old = await plays(school, course)
    # One is abandoned, one fails, and only the third is good.
    for fails in (None, True, False):
        made = (await school.upload("admin", course.id, "lesson-1"))["video"]
        following = made["next_version"]["asset_id"]
        assert await plays(school, course) == old
        assert made["status"] == "ready"
        if fails is not None:
            await encode(school, following, fails=fails)
        seen = await look(school, course)
        if fails:
            assert seen["next_version"]["status"] == "error"
            assert seen["next_version"]["error_code"] == "encoder_failed"
            assert seen["next_version"]["error_message"] == "It did not work out."
        if fails is not False:
            assert await plays(school, course) == old
    assert await plays(school, course) == following
    assert (seen["asset_id"], seen["next_version"]) == (following, None)
    assert seen["id"] == made["id"]
    assert await rows(school, CourseVideo) == 1


async def test_who_is_watching_when_a_video_is_replaced_can_finish(school: School) -> None:
    course = await school.course("lesson-1")
    old = await plays(school, course)
    assert old
    made = (await school.upload("admin", course.id, "lesson-1"))["video"]
    await encode(school, made["next_version"]["asset_id"])
    learner, outsider = (school.users[name].id for name in ("learner", "outsider"))
    async with school.app.database.write() as session:
        assert await service.may_play(session, UUID(old), learner)
        assert not await service.may_play(session, UUID(old), outsider)
        await service.remove_retired(session)
        assert await session.get(Asset, UUID(old)) is not None
    with clock.freeze(clock.now() + service.RETIRED_FOR * 1.1):
        async with school.app.database.write() as session:
            await service.remove_retired(session)
    assert await rows(school, CourseVideoVersion) == 0
    assert await rows(school, Asset) == 1


async def test_an_upload_that_never_came_does_not_block_the_lesson(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    first = await school.upload("admin", course.id, "lesson-1")
    second = await school.upload("instructor", course.id, "lesson-1")
    assert second["video"]["id"] == first["video"]["id"]
    assert await rows(school, Asset) == 1
    gone = await school.ask("admin", f"HEAD {first['upload']['url']}", headers=TUS)
    assert gone.status_code == 410
    await encode(school, second["video"]["asset_id"])
    assert await plays(school, course) == second["video"]["asset_id"]


async def test_a_failed_upload_does_not_block_the_lesson(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    first = (await school.upload("admin", course.id, "lesson-1"))["video"]
    await encode(school, first["asset_id"], fails=True)
    second = (await school.upload("admin", course.id, "lesson-1"))["video"]
    assert (second["status"], second["error_message"]) == ("queued", None)
    await encode(school, second["asset_id"])
    assert await plays(school, course) == second["asset_id"]


async def test_cancelling_an_upload_leaves_nothing_behind(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    for expected in (0, 1):
        made = await school.upload("instructor", course.id, "lesson-1")
        reply = await school.ask("instructor", f"DELETE {made['upload']['url']}", headers=TUS)
        assert reply.status_code == 204
        assert await rows(school, Asset) == expected
        if not expected:
            assert await school.refused("instructor", f"GET {address(course)}") == (
                "course_video_unknown"
            )
            async with school.app.database.write() as session:
                asset = make_asset(school.users["admin"])
                await add_course_video(session, course, "lesson-1", asset)
    assert (await look(school, course))["next_version"] is None
    assert await plays(school, course) is not None


async def test_a_failed_one_is_tried_again(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    made = (await school.upload("admin", course.id, "lesson-1"))["video"]
    await encode(school, made["asset_id"], fails=True)
    failed = await look(school, course)
    assert (failed["status"], failed["error_code"]) == ("error", "encoder_failed")
    retry = f"POST {address(course)}/retry"
    assert await school.refused("learner", retry) == "not_your_course"
    again = await school.get("instructor", retry)
    assert (again["status"], again["error_code"], again["error_message"]) == ("queued", None, None)
    assert await school.refused("instructor", retry) == "course_video_not_failed"


async def test_a_late_report_never_moves_a_state_back(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    made = (await school.upload("admin", course.id, "lesson-1"))["video"]
    await encode(school, made["asset_id"])
    async with school.app.database.write() as session:
        await media.record_progress(session, UUID(made["asset_id"]), 10, step="ladder")
    assert (await look(school, course))["status"] == "ready"


async def test_only_video_lessons_have_videos(school: School) -> None:
    course = await school.course(lesson("read", "text"), videos=False)
    body = {"filename": "a.mp4", "size_bytes": 3}
    refused = await school.refused("instructor", f"POST {address(course, 'read')}", json=body)
    assert refused == "wrong_lesson_kind"
    refused = await school.refused("instructor", f"POST {address(course, 'none')}", json=body)
    assert refused == "lesson_unknown"
    refused = await school.refused("learner", f"POST {address(course, 'read')}", json=body)
    assert refused == "not_your_course"
    assert await rows(school, Asset) == 0


async def test_a_lesson_that_is_taken_out_keeps_its_video_for_later(school: School) -> None:
    course = await school.course("lesson-1")
    asset_id = await plays(school, course)
    change = f"PUT {COURSES}/{course.id}/curriculum"
    await school.get("instructor", change, json={"sections": [], "version": 0})
    assert await plays(school, course) is None
    (kept,) = (await school.get("instructor", f"GET {COURSES}/{course.id}/videos"))["items"]
    assert (kept["asset_id"], kept["is_in_curriculum"]) == (asset_id, False)
    await school.get("instructor", change, json=course.curriculum | {"version": 1})
    assert await plays(school, course) == asset_id


async def test_admins_see_all_that_is_processing_or_failed(school: School) -> None:
    course = await school.course("a", "b", "c", "d", videos=False)
    made = {
        name: (await school.upload("admin", course.id, name))["video"]["asset_id"]
        for name in ("a", "b", "c")
    }
    await encode(school, made["a"])
    await encode(school, made["b"], fails=True)
    await school.upload("admin", course.id, "a")
    seen, cursor = [], ""
    while True:
        page = await school.get("admin", f"GET /api/course-videos/unfinished?limit=1{cursor}")
        seen += [(one["video"]["lesson_id"], one["course_slug"]) for one in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert seen == [(name, course.slug) for name in ("c", "b", "a")]
    for role in ("instructor", "moderator", "learner"):
        assert await school.refused(role, "GET /api/course-videos/unfinished") == "admins_only"


async def test_previews_that_are_processing_or_failed_are_listed_too(school: School) -> None:
    body = {"filename": "p.mp4", "size_bytes": 3}
    titles = ("Boats", "Kites", "Lanterns")
    courses = [await school.course("a", videos=False, title=title) for title in titles]
    files = []
    for course in courses:
        made = await school.get("admin", f"POST {COURSES}/{course.id}/preview", json=body)
        files.append(made["preview"]["current"]["asset_id"])
        await school.upload("admin", course.id, "a")
    await encode(school, files[0])
    await encode(school, files[1], fails=True)
    # A newer file is what is still to come of one that plays.
    made = await school.get("admin", f"POST {COURSES}/{courses[0].id}/preview", json=body)
    newer = made["preview"]["next"]["asset_id"]
    seen, cursor = [], ""
    while True:
        page = await school.get("admin", f"GET /api/course-videos/unfinished?limit=2{cursor}")
        seen += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    slugs = [course.slug for course in courses]
    assert [(one["course_slug"], one["video"] is not None) for one in seen] == [
        (slugs[0], False),
        (slugs[2], True),
        (slugs[2], False),
        (slugs[1], True),
        (slugs[1], False),
        (slugs[0], True),
    ]
    previews = [one["preview"] for one in seen if one["preview"]]
    assert [one["asset_id"] for one in previews] == [newer, files[2], files[1]]
    assert [one["status"] for one in previews] == ["queued", "queued", "error"]


async def test_a_preview_that_failed_is_tried_again(school: School) -> None:
    course = await school.course("lesson-1")
    preview = f"{COURSES}/{course.id}/preview"
    retry = f"POST {preview}/retry"
    assert await school.refused("instructor", retry) == "no_preview"
    body = {"filename": "p.mp4", "size_bytes": 3}
    first = (await school.get("instructor", f"POST {preview}", json=body))["preview"]["current"]
    await encode(school, first["asset_id"], fails=True)
    assert await school.refused("learner", retry) == "not_your_course"
    again = (await school.get("instructor", retry))["current"]
    assert (again["status"], again["error_code"]) == ("queued", None)
    assert await school.refused("instructor", retry) == "course_video_not_failed"
    await encode(school, first["asset_id"])
    # The newer upload is what is tried again, while the one before plays.
    newer = (await school.get("instructor", f"POST {preview}", json=body))["preview"]["next"]
    await encode(school, newer["asset_id"], fails=True)
    state = await school.get("instructor", retry)
    assert (state["current"]["status"], state["next"]["status"]) == ("ready", "queued")


async def test_authors_and_admins_are_told_of_failures(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    made = (await school.upload("instructor", course.id, "lesson-1"))["video"]
    await encode(school, made["asset_id"], fails=True)
    async with school.app.database.read() as session:
        told = await session.scalars(
            select(LiveRecipient.user_id)
            .join(LiveEvent, LiveEvent.id == LiveRecipient.event_id)
            .where(LiveEvent.kind == "course.video_failed")
        )
        assert set(told) == {school.users[name].id for name in ("admin", "instructor")}


async def test_deleting_a_course_deletes_its_videos_and_files(school: School) -> None:
    course = await school.course("a", "b", videos=False)
    for name in ("a", "b"):
        made = (await school.upload("admin", course.id, name))["video"]
        await encode(school, made["asset_id"])
    waiting = await school.upload("admin", course.id, "a")
    await school.get("admin", f"POST {COURSES}/{course.id}/preview", json={"filename": "p.mp4"})
    assert await school.refused("instructor", f"DELETE {COURSES}/{course.id}") == "admins_only"
    await school.get("admin", f"DELETE {COURSES}/{course.id}")
    for model in (CourseVideo, CourseVideoVersion, Asset):
        assert await rows(school, model) == 0
    assert await files_under(school.app.storage, "assets", 0)
    async with school.app.database.read() as session:
        upload = await session.get(Upload, UUID(waiting["upload"]["upload_id"]))
        assert upload is not None
        assert upload.status is UploadStatus.CANCELLED
    assert await school.refused("learner", f"GET {COURSES}/{course.slug}") == "course_unknown"


async def test_a_preview_plays_for_those_who_are_not_enrolled(school: School) -> None:
    course = await school.course("lesson-1")
    preview = f"{COURSES}/{course.id}/preview"
    assert await school.refused("outsider", f"GET {preview}") == "no_preview"
    body = {"filename": "p.mp4", "size_bytes": 3}
    assert await school.refused("learner", f"POST {preview}", json=body) == "not_your_course"
    first = (await school.get("instructor", f"POST {preview}", json=body))["preview"]["current"]
    await encode(school, first["asset_id"])
    page = await school.get("outsider", f"GET {COURSES}/{course.slug}")
    assert page["preview"]["video_id"] == UUID(first["asset_id"]).hex
    assert (page["preview"]["duration_seconds"], page["preview"]["is_playable"]) == (90, True)
    second = (await school.get("instructor", f"POST {preview}", json=body))["preview"]["next"]
    playing = await school.get("outsider", f"GET {preview}")
    assert first["asset_id"] in playing["hls_url"]
    await encode(school, second["asset_id"])
    playing = await school.get("outsider", f"GET {preview}")
    assert second["asset_id"] in playing["hls_url"]
    await school.get("instructor", f"DELETE {preview}")
    assert await school.refused("outsider", f"GET {preview}") == "no_preview"


async def test_reports_and_replacements_do_not_wait_for_each_other_for_ever(
    school: School,
) -> None:
    course = await school.course("lesson-1", videos=False)
    preview = f"POST {COURSES}/{course.id}/preview"
    body = {"filename": "p.mp4", "size_bytes": 3}

    async def report(asset_id: str) -> None:
        async with school.app.database.write() as session:
            with suppress(AssetNotFound, AssetStateConflict):
                await media.mark_in_progress(session, UUID(asset_id), "ladder")
        for percent in range(10, 60, 10):
            async with school.app.database.write() as session:
                with suppress(AssetNotFound):
                    await media.record_progress(session, UUID(asset_id), percent, step="ladder")

    for _ in range(3):
        lesson_asset = (await school.upload("admin", course.id, "lesson-1"))["video"]["asset_id"]
        made = await school.get("admin", preview, json=body)
        preview_asset = made["preview"]["current"]["asset_id"]
        await asyncio.gather(
            report(lesson_asset),
            report(preview_asset),
            *(school.upload("admin", course.id, "lesson-1") for _ in range(2)),
            *(school.get("admin", preview, json=body) for _ in range(2)),
        )
    await school.get("admin", f"DELETE {COURSES}/{course.id}")
    assert await rows(school, Asset) == 0


async def test_no_more_uploads_than_one_for_a_lesson_wait(school: School) -> None:
    course = await school.course("lesson-1")
    for _ in range(3):
        await school.upload("admin", course.id, "lesson-1")
    assert await rows(school, CourseVideoVersion) == 1
    async with school.app.database.read() as session:
        waiting = select(func.count()).where(Asset.status == AssetStatus.PENDING_UPLOAD)
        assert await session.scalar(waiting) == 1
    await school.get("admin", f"DELETE {address(course)}/next-version")
    assert await rows(school, CourseVideoVersion) == 0
