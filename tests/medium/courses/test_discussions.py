"""The conversation about a lesson, on both engines."""

import asyncio

from tests.factories.courses import lesson
from tests.medium.courses.conftest import COURSES, School

CHAT = "/api/chat/conversations"


async def test_all_who_take_a_lesson_meet_in_one_conversation(school: School) -> None:
    course = await school.course("intro", "second")
    address = f"POST {COURSES}/{course.id}/lessons/intro/discussion"
    roles = ["learner", "instructor", "admin"] * 3
    opened = await asyncio.gather(*(school.get(role, address) for role in roles))
    (talk,) = {one["conversation_id"] for one in opened}
    look = await school.get("learner", f"GET {CHAT}/{talk}")
    places = {one["person"]["username"]: one["role"] for one in look["participants"]}
    assert len(places) == 3
    assert places["instructor"] == places["admin"] == "admin"
    assert {one["id"] for one in (await school.get("admin", f"GET {CHAT}"))["items"]} == {talk}
    other = await school.get("learner", f"POST {COURSES}/{course.id}/lessons/second/discussion")
    assert other["conversation_id"] != talk


async def test_who_does_not_take_the_course_talks_with_nobody(school: School) -> None:
    course = await school.course(lesson("intro", is_preview=True))
    address = f"POST {COURSES}/{course.id}/lessons/intro/discussion"
    assert await school.refused("outsider", address) == "not_enrolled"
    assert (await school.ask("stranger", address)).status_code == 401
    unknown = f"POST {COURSES}/{course.id}/lessons/nothing/discussion"
    assert await school.refused("learner", unknown) == "lesson_unknown"


async def test_who_left_comes_back_and_who_was_removed_does_not(school: School) -> None:
    course = await school.course("intro")
    address = f"POST {COURSES}/{course.id}/lessons/intro/discussion"
    talk = (await school.get("instructor", address))["conversation_id"]
    await school.get("learner", address)
    place = f"{CHAT}/{talk}/participants/{school.users['learner'].id}"
    await school.get("learner", f"DELETE {place}")
    assert await school.refused("learner", f"GET {CHAT}/{talk}") == "conversation_unknown"
    assert (await school.get("learner", address))["conversation_id"] == talk
    await school.get("instructor", f"DELETE {place}")
    assert await school.refused("learner", address) == "removed_from_group"
    people = {"people": [str(school.users["learner"].id)]}
    await school.get("instructor", f"POST {CHAT}/{talk}/participants", json=people)
    assert (await school.get("learner", address))["conversation_id"] == talk


async def test_who_takes_the_course_no_longer_is_out_of_its_conversations(school: School) -> None:
    course, other = await school.course("intro"), await school.course("intro", title="Other")
    talks = []
    for one in (course, other):
        address = f"POST {COURSES}/{one.id}/lessons/intro/discussion"
        await school.get("instructor", address)
        talks.append((await school.get("learner", address))["conversation_id"])
    learner = school.users["learner"].id
    await school.get("admin", f"DELETE {COURSES}/{course.id}/enrolments/{learner}")
    assert await school.refused("learner", f"GET {CHAT}/{talks[0]}") == "conversation_unknown"
    assert (await school.get("learner", f"GET {CHAT}/{talks[1]}"))["id"] == talks[1]
