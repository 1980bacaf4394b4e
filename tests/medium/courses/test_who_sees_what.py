"""Who may ask what of a course: every address, in every role, of every kind of course.

An address that is new fails the last test until it stands in the table.
"""

import re
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from lumenhall.domains.courses import service
from lumenhall.domains.courses.models import Course, Enrolment
from lumenhall.domains.courses.policy import (
    Standing,
    can_edit,
    can_view,
    editable_by,
    takes,
    teaches,
    visible_to,
)
from lumenhall.domains.media.access import REMEMBERED_FOR
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from tests.factories.courses import add_course_video, add_enrolment, curriculum, lesson
from tests.factories.people import actor_for
from tests.factories.videos import make_asset
from tests.medium.courses.conftest import COURSES, School
from tests.medium.courses.test_learning import QUIZ

EVERYBODY = ("outsider", "moderator", "learner", "assistant", "instructor", "admin")
ADMIN, AUTHORS = frozenset({"admin"}), frozenset({"assistant", "instructor", "admin"})
TAKING, LEARNER = AUTHORS | {"learner"}, frozenset({"learner"})
ALL = frozenset(EVERYBODY)
# Who knows that a course is there.
SEES = {"published": ALL, "draft": TAKING}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address answers to those who may ask, and the others who know of the course."""

    status: int
    by: frozenset[str] = ALL
    json: Any = None
    refusal: str = "not_your_course"


CHANGE = curriculum(lesson("a"), lesson("open", is_preview=True), lesson("read", "text"))
REPORT = {"last_position": 1, "duration_seconds": 100, "ranges": [[0, 1]]}
FILE = {"filename": "a.mp4", "size_bytes": 3}
ONLY = "not_enrolled"
OF_A_COURSE = {
    "GET /api/courses/{slug}": Asked(200),
    "PATCH /api/courses/{course_id}": Asked(200, AUTHORS, {"title": "New"}),
    "DELETE /api/courses/{course_id}": Asked(204, ADMIN, refusal="admins_only"),
    "GET /api/courses/{course_id}/curriculum": Asked(200, AUTHORS),
    "PUT /api/courses/{course_id}/curriculum": Asked(200, AUTHORS, CHANGE | {"version": 0}),
    "GET /api/courses/{course_id}/videos": Asked(200, AUTHORS),
    "GET /api/courses/{course_id}/enrolments": Asked(200, AUTHORS),
    "PUT /api/courses/{course_id}/enrolments/{user_id}": Asked(204, ADMIN, refusal="admins_only"),
    "DELETE /api/courses/{course_id}/enrolments/{user_id}": Asked(
        204, ADMIN, refusal="admins_only"
    ),
    "PUT /api/courses/{course_id}/enrolment": Asked(200),
    "DELETE /api/courses/{course_id}/enrolment": Asked(204),
    "GET /api/courses/{course_id}/preview": Asked(200),
    "POST /api/courses/{course_id}/preview": Asked(201, AUTHORS, FILE),
    "POST /api/courses/{course_id}/preview/sent": Asked(204, AUTHORS),
    "POST /api/courses/{course_id}/preview/retry": Asked(409, AUTHORS),
    "GET /api/courses/{course_id}/preview/state": Asked(200, AUTHORS),
    "DELETE /api/courses/{course_id}/preview": Asked(204, AUTHORS),
    "PUT /api/courses/{course_id}/certificate": Asked(409, LEARNER, refusal=ONLY),
    "GET /api/courses/{course_id}/notes": Asked(200),
    "GET /api/courses/{course_id}/lessons/a": Asked(200, TAKING, refusal=ONLY),
    "GET /api/courses/{course_id}/lessons/open": Asked(200),
    "GET /api/courses/{course_id}/lessons/a/playback": Asked(200, TAKING, refusal=ONLY),
    "GET /api/courses/{course_id}/lessons/open/playback": Asked(200),
    "PUT /api/courses/{course_id}/lessons/a/progress": Asked(200, LEARNER, REPORT, ONLY),
    "PUT /api/courses/{course_id}/lessons/open/progress": Asked(200, LEARNER, REPORT, ONLY),
    "PUT /api/courses/{course_id}/lessons/read/read": Asked(200, LEARNER, refusal=ONLY),
    "POST /api/courses/{course_id}/lessons/a/notes": Asked(201, TAKING, {"text": "Hm."}, ONLY),
    "POST /api/courses/{course_id}/lessons/a/discussion": Asked(200, TAKING, refusal=ONLY),
    "GET /api/courses/{course_id}/lessons/a/video": Asked(200, AUTHORS),
    "POST /api/courses/{course_id}/lessons/a/video": Asked(201, AUTHORS, FILE),
    "PATCH /api/courses/{course_id}/lessons/a/video": Asked(200, AUTHORS, {"title": "New"}),
    "DELETE /api/courses/{course_id}/lessons/a/video": Asked(204, AUTHORS),
    "POST /api/courses/{course_id}/lessons/a/video/sent": Asked(204, AUTHORS),
    "POST /api/courses/{course_id}/lessons/a/video/retry": Asked(409, AUTHORS),
    "DELETE /api/courses/{course_id}/lessons/a/video/next-version": Asked(204, AUTHORS),
    "GET /api/courses/{course_id}/lessons/read/text": Asked(200, AUTHORS),
    "PUT /api/courses/{course_id}/lessons/read/text": Asked(
        200, AUTHORS, {"text": "Read.", "version": 0}
    ),
    "GET /api/courses/{course_id}/lessons/quiz/quiz": Asked(200, AUTHORS),
    "PUT /api/courses/{course_id}/lessons/quiz/quiz": Asked(200, AUTHORS, QUIZ),
    "POST /api/courses/{course_id}/lessons/quiz/quiz/attempts": Asked(
        404, LEARNER, {"answers": {}, "version": 0}, ONLY
    ),
    "GET /api/courses/{course_id}/lessons/quiz/quiz/attempts": Asked(200, TAKING, refusal=ONLY),
}
# Looked at in tests of their own.
ELSEWHERE = {
    "GET /api/courses",
    "POST /api/courses",
    "GET /api/course-videos/unfinished",
    "PATCH /api/lesson-notes/{}",
    "DELETE /api/lesson-notes/{}",
    "GET /api/certificates/{}",
    "GET /api/certificates/{}/pdf",
}


async def make_course(school: School, kind: str) -> Course:
    """Add a course with everything that can be asked about."""
    course = await school.course(
        lesson("a"),
        lesson("open", is_preview=True),
        lesson("read", "text"),
        lesson("quiz", "quiz"),
        title=f"{kind} {new_id().hex[-8:]}",
        published=kind == "published",
    )
    async with school.app.database.write() as session:
        found = await session.get_one(Course, course.id)
        preview = make_asset(school.users["admin"])
        session.add(preview)
        await session.flush()
        found.preview_asset_id = preview.id
    names = {"co_instructor_ids": [str(school.users["assistant"].id)]}
    await school.get("admin", f"PATCH {COURSES}/{course.id}", json=names)
    return course


@pytest.mark.parametrize("kind", SEES)
async def test_every_address_of_a_course(school: School, kind: str) -> None:
    wrong = []
    for address, asked in OF_A_COURSE.items():
        course = await make_course(school, kind)
        for role in EVERYBODY:
            if role in asked.by and not address.startswith("GET"):
                course = await make_course(school, kind)
            names = {
                "course_id": course.id,
                "slug": course.slug,
                "user_id": school.users["learner"].id,
            }
            reply = await school.ask(role, address.format(**names), json=asked.json)
            expected: tuple[int, str | None] = (asked.status, None)
            if role not in SEES[kind]:
                expected = (404, "course_unknown")
            elif role not in asked.by:
                expected = (403, asked.refusal)
            if address.startswith(("PUT", "DELETE")) and asked.refusal == "admins_only":
                # The door itself is for admins: it says so before it looks at the course.
                expected = expected if role == "admin" else (403, "admins_only")
            if address == "DELETE /api/courses/{course_id}" and role not in SEES[kind]:
                expected = (404, "course_unknown")
            code = reply.json().get("code") if reply.content else None
            got = (reply.status_code, code if expected[1] else None)
            if got != expected:
                wrong.append(f"{kind}: {role}: {address}: {got}, not {expected}: {reply.text}")
    assert not wrong, "\n".join(wrong)


async def test_nobody_asks_without_signing_in(school: School) -> None:
    course = await make_course(school, "published")
    names = {"course_id": course.id, "slug": course.slug, "user_id": new_id()}
    for address, asked in OF_A_COURSE.items():
        code = await school.refused("stranger", address.format(**names), json=asked.json)
        assert code == "sign_in_required", address


def test_every_address_of_courses_is_in_the_table(app: FastAPI) -> None:
    there = {
        _bare(f"{method.upper()} {path}")
        for path, operations in app.openapi()["paths"].items()
        if path.startswith(("/api/course", "/api/lesson", "/api/certificate"))
        for method in operations
    }
    assert {_bare(address) for address in OF_A_COURSE} | ELSEWHERE == there


def _bare(address: str) -> str:
    """Return an address without the names of its parameters."""
    return re.sub(r"{\w+}|(?<=/lessons/)[a-z]+", "{}", address)


async def test_an_ended_enrolment_ends_playback_within_a_minute(school: School) -> None:
    course = await school.course("lesson-1")
    learner = school.users["learner"].id
    address = f"GET {COURSES}/{course.id}/lessons/lesson-1/playback"
    playback = await school.get("learner", address)
    asset_id = UUID(playback["hls_url"].split("/")[3])
    await school.app.storage.put_bytes(f"assets/{asset_id}/1/master.m3u8", b"#EXTM3U\n")
    url = playback["hls_url"]
    assert (await school.ask("learner", f"GET {url}")).status_code == 200
    # Here it ends at once; another process notices within its twenty seconds.
    await school.get("learner", f"DELETE {COURSES}/{course.id}/enrolment")
    assert (await school.ask("learner", f"GET {url}")).status_code == 404
    async with school.app.database.write() as session:
        await add_enrolment(session, course, school.users["learner"])
    assert (await school.ask("learner", f"GET {url}")).status_code == 200
    async with school.app.database.write() as session:
        await session.delete(await session.get_one(Enrolment, (course.id, learner)))
    with clock.freeze(clock.now() + REMEMBERED_FOR):
        assert (await school.ask("learner", f"GET {url}")).status_code == 404


async def test_an_address_of_one_is_no_use_to_another(school: School) -> None:
    course = await school.course("lesson-1")
    playback = await school.get("learner", f"GET {COURSES}/{course.id}/lessons/lesson-1/playback")
    asset_id = UUID(playback["hls_url"].split("/")[3])
    async with school.app.database.read() as session:
        may = {
            role: await service.may_play(session, asset_id, user.id)
            for role, user in school.users.items()
        }
    assert {role for role, yes in may.items() if yes} == {"learner", "instructor", "admin"}


async def test_what_is_not_ready_to_be_seen_is_only_for_authors(school: School) -> None:
    course = await school.course("a", "b")
    waiting = (await school.upload("admin", course.id, "a"))["video"]["next_version"]["asset_id"]
    change = {**curriculum("a"), "version": 0}
    await school.get("instructor", f"PUT {COURSES}/{course.id}/curriculum", json=change)
    async with school.app.database.write() as session:
        spare = make_asset(school.users["admin"])
        taken_out = await add_course_video(session, course, "gone", spare)
        for asset_id in (UUID(waiting), taken_out.asset_id):
            may = {
                role: await service.may_play(session, asset_id, user.id)
                for role, user in school.users.items()
            }
            assert {role for role, yes in may.items() if yes} == {"instructor", "admin"}


async def test_an_order_that_begins_to_count_ends_playback(school: School) -> None:
    course = await school.course("a", "b")
    playback = await school.get("learner", f"GET {COURSES}/{course.id}/lessons/b/playback")
    asset_id = UUID(playback["hls_url"].split("/")[3])
    await school.app.storage.put_bytes(f"assets/{asset_id}/1/master.m3u8", b"#EXTM3U\n")
    assert (await school.ask("learner", f"GET {playback['hls_url']}")).status_code == 200
    await school.get("instructor", f"PATCH {COURSES}/{course.id}", json={"order_locked": True})
    assert (await school.ask("learner", f"GET {playback['hls_url']}")).status_code == 404


async def test_the_policy_and_its_twin_agree(school: School) -> None:
    kinds = [await make_course(school, kind) for kind in SEES]
    for role in EVERYBODY:
        actor = actor_for(school.users[role])
        async with school.app.database.read() as session:
            for course in kinds:
                is_instructor, is_enrolled, sees, edits = (
                    await session.execute(
                        select(
                            teaches(actor.user_id),
                            takes(actor.user_id),
                            visible_to(actor),
                            editable_by(actor),
                        )
                        .select_from(Course)
                        .where(Course.id == course.id)
                    )
                ).one()
                standing = Standing(is_instructor, is_enrolled)
                assert bool(can_view(actor, course, standing)) == bool(sees)
                assert bool(can_edit(actor, standing)) == bool(edits)
