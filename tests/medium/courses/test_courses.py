"""Courses and their curriculum over HTTP, on both engines."""

import asyncio
from typing import Any

import pytest

from tests.factories.courses import curriculum, lesson
from tests.medium.courses.conftest import COURSES, School


async def test_only_admins_make_courses_and_the_instructor_goes_on(school: School) -> None:
    new = {"title": "Paper lanterns", "instructor_id": str(school.users["instructor"].id)}
    assert await school.refused("instructor", f"POST {COURSES}", json=new) == "admins_only"
    made = await school.get("admin", f"POST {COURSES}", json=new)
    assert (made["slug"], made["published"], made["sections"]) == ("paper-lanterns", False, [])
    address = f"{COURSES}/{made['id']}"
    assert await school.refused("learner", f"GET {COURSES}/paper-lanterns") == "course_unknown"
    change = {"description": "Paper, glue, patience.", "published": True}
    await school.get("instructor", f"PATCH {address}", json=change)
    seen = await school.get("outsider", f"GET {COURSES}/paper-lanterns")
    assert (seen["description"], seen["can_edit"]) == ("Paper, glue, patience.", False)
    assert seen["instructor"]["username"] == "instructor"


async def test_slugs_are_unique_and_made_so(school: School) -> None:
    slugs = [
        (await school.get("admin", f"POST {COURSES}", json={"title": "Knots"}))["slug"]
        for _ in range(3)
    ]
    assert slugs == ["knots", "knots-2", "knots-3"]
    # The page where courses are made is at this address.
    new = await school.get("admin", f"POST {COURSES}", json={"title": "New"})
    assert new["slug"] == "new-2"
    reserved = {"title": "Other", "slug": "new"}
    assert await school.refused("admin", f"POST {COURSES}", json=reserved) == "invalid"
    taken = {"title": "Other", "slug": "knots"}
    assert await school.refused("admin", f"POST {COURSES}", json=taken) == "course_slug_taken"


async def test_only_admins_name_instructors_and_these_may_edit(school: School) -> None:
    course = await school.course()
    address = f"PATCH {COURSES}/{course.id}"
    names = {"co_instructor_ids": [str(school.users["assistant"].id)]}
    assert await school.refused("assistant", address, json={"title": "Mine"}) == "not_your_course"
    assert await school.refused("instructor", address, json=names) == "admins_only"
    seen = await school.get("admin", address, json=names)
    assert [person["username"] for person in seen["co_instructors"]] == ["assistant"]
    await school.get("assistant", address, json={"title": "Ours"})
    nobody = {"instructor_id": str(course.id)}
    assert await school.refused("admin", address, json=nobody) == "instructor_invalid"
    await school.get("admin", address, json={"co_instructor_ids": [], "instructor_id": None})
    for role in ("assistant", "instructor"):
        assert await school.refused(role, address, json={"title": "x"}) == "not_your_course"


async def test_the_catalogue_pages_by_key(school: School) -> None:
    for number in range(5):
        await school.course(title=f"Course {number}")
    await school.course(title="Draft", published=False)
    pages, cursor = [], ""
    while True:
        page = await school.get("outsider", f"GET {COURSES}?limit=2{cursor}")
        pages += [card["title"] for card in page["items"]]
        if page["next_cursor"] is None:
            break
        cursor = f"&cursor={page['next_cursor']}"
    assert pages == [f"Course {number}" for number in (4, 3, 2, 1, 0)]


async def test_scopes_say_whose_courses(school: School) -> None:
    await school.course(title="Taken")
    await school.course(title="Draft", published=False)

    async def titles(role: str, scope: str) -> list[str]:
        page = await school.get(role, f"GET {COURSES}?scope={scope}")
        return [card["title"] for card in page["items"]]

    assert await titles("learner", "all") == ["Taken"]
    # Who has begun keeps what is taken out of the catalogue.
    assert await titles("learner", "enrolled") == ["Draft", "Taken"]
    assert await titles("learner", "teaching") == []
    assert await titles("instructor", "teaching") == ["Draft", "Taken"]
    assert await titles("admin", "teaching") == ["Draft", "Taken"]
    assert await titles("outsider", "enrolled") == []


async def read(school: School, course_id: object) -> dict[str, Any]:
    found: dict[str, Any] = await school.get("instructor", f"GET {COURSES}/{course_id}/curriculum")
    return found


async def test_a_curriculum_is_kept_whole(school: School) -> None:
    course = await school.course(videos=False)
    lessons = [
        lesson("lesson-1"),
        lesson("module-2-lesson-3", "text"),
        lesson("ünï cödé ✓ %2F?#&", "quiz"),
        lesson("x" * 255, title="Long", is_preview=True),
    ]
    wanted = curriculum(*lessons, per_section=2)
    address = f"PUT {COURSES}/{course.id}/curriculum"
    kept = await school.get("instructor", address, json={**wanted, "version": 0})
    assert kept == {**wanted, "version": 1}
    assert await read(school, course.id) == kept
    page = await school.get("learner", f"GET {COURSES}/{course.slug}")
    assert [one["id"] for part in page["sections"] for one in part["lessons"]] == [
        one["id"] for one in lessons
    ]
    for role in ("learner", "outsider", "moderator"):
        assert await school.refused(role, address, json={**wanted, "version": 1}) == (
            "not_your_course"
        )


@pytest.mark.parametrize(
    "wrong",
    [
        curriculum("a", "a"),
        curriculum("a", "b", per_section=1) | {"version": -1},
        {"sections": [{"id": "s", "title": "S"}, {"id": "s", "title": "T"}]},
        curriculum(""),
        curriculum("x" * 256),
        curriculum("a/b"),
        curriculum(".."),
        curriculum(" a"),
        curriculum("a\nb"),
        curriculum(lesson("a", "video", title="")),
        curriculum(lesson("a", "video", title="x" * 201)),
        curriculum(lesson("a", "game")),
        curriculum(*(f"lesson-{number}" for number in range(1001)), per_section=300),
        {"sections": [{"id": f"s{number}", "title": "S"} for number in range(201)]},
        {"sections": {}},
        {"sections": [[]]},
    ],
)
async def test_a_curriculum_that_is_none_is_refused(school: School, wrong: dict[str, Any]) -> None:
    course = await school.course(videos=False)
    body = {"version": 0} | wrong
    address = f"PUT {COURSES}/{course.id}/curriculum"
    assert await school.refused("instructor", address, json=body) == "invalid"
    assert (await read(school, course.id))["version"] == 0


async def test_an_edit_of_an_older_curriculum_is_refused(school: School) -> None:
    course = await school.course(videos=False)
    address = f"PUT {COURSES}/{course.id}/curriculum"
    edits = [curriculum(f"lesson-{number}") | {"version": 0} for number in range(4)]
    replies = await asyncio.gather(
        *(school.ask("instructor", address, json=edit) for edit in edits)
    )
    assert sorted(reply.status_code for reply in replies) == [200, 409, 409, 409]
    late = next(reply.json() for reply in replies if reply.status_code == 409)
    assert (late["code"], late["version"]) == ("curriculum_changed", 1)
    won = next(edit for edit, reply in zip(edits, replies, strict=True) if reply.is_success)
    # What has arrived already may be sent again: the reply may have been lost.
    again = await school.get("instructor", address, json=won)
    assert again["version"] == 1


async def test_enrolling_is_safe_to_repeat_and_drafts_are_not_open(school: School) -> None:
    course = await school.course("lesson-1")
    draft = await school.course(title="Draft", published=False)
    for _ in range(2):
        page = await school.get("outsider", f"PUT {COURSES}/{course.id}/enrolment")
        assert (page["is_enrolled"], page["percent"]) == (True, 0)
    assert page["resume"] == {"lesson_id": "lesson-1", "at_seconds": 0}
    for _ in range(2):
        await school.get("outsider", f"DELETE {COURSES}/{course.id}/enrolment")
    page = await school.get("outsider", f"GET {COURSES}/{course.slug}")
    assert (page["is_enrolled"], page["percent"], page["resume"]) == (False, None, None)
    assert await school.refused("outsider", f"PUT {COURSES}/{draft.id}/enrolment") == (
        "course_unknown"
    )


async def test_admins_enrol_others_and_end_it(school: School) -> None:
    course = await school.course(published=False)
    outsider = f"{COURSES}/{course.id}/enrolments/{school.users['outsider'].id}"
    assert await school.refused("instructor", f"PUT {outsider}") == "admins_only"
    await school.get("admin", f"PUT {outsider}")
    people = await school.get("instructor", f"GET {COURSES}/{course.id}/enrolments")
    assert [one["person"]["username"] for one in people["items"]] == ["outsider", "learner"]
    assert await school.refused("learner", f"GET {COURSES}/{course.id}/enrolments") == (
        "not_your_course"
    )
    await school.get("outsider", f"GET {COURSES}/{course.slug}")
    await school.get("admin", f"DELETE {outsider}")
    assert await school.refused("outsider", f"GET {COURSES}/{course.slug}") == "course_unknown"
    nobody = f"PUT {COURSES}/{course.id}/enrolments/{course.id}"
    assert await school.refused("admin", nobody) == "person_invalid"
