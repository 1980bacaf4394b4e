"""How far learners are: by what they watched, read and passed, and nothing else."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumenhall.domains.courses.models import Course
from lumenhall.domains.courses.policy import locked
from lumenhall.domains.courses.schemas import Curriculum, Lesson
from lumenhall.domains.courses.service.counting import count_done, is_finished, percent_of
from lumenhall.domains.media.models import AssetStatus
from lumenhall.platform.kit import clock
from tests.factories.courses import add_course_video, curriculum, lesson
from tests.factories.videos import make_asset
from tests.medium.courses.conftest import COURSES, School

QUIZ: dict[str, Any] = {
    "pass_percent": 60,
    "version": 0,
    "questions": [
        {
            "id": "q1",
            "text": "Which knot holds?",
            "kind": "single",
            "options": [
                {"id": "a", "text": "The reef knot", "is_right": True},
                {"id": "b", "text": "The granny"},
            ],
            "explanation": "The granny slips.",
        },
        {
            "id": "q2",
            "text": "What is needed?",
            "kind": "multiple",
            "options": [
                {"id": "a", "text": "Rope", "is_right": True},
                {"id": "b", "text": "Patience", "is_right": True},
                {"id": "c", "text": "Glue"},
            ],
        },
    ],
}


def report(position: int, *ranges: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {"last_position": position, "duration_seconds": 100, "ranges": list(ranges)} | more


def at(course: Course, lesson_id: str, end: str = "") -> str:
    return f"{COURSES}/{course.id}/lessons/{lesson_id}{end}"


async def watch(school: School, course: Course, lesson_id: str, body: Any) -> dict[str, Any]:
    standing: dict[str, Any] = await school.get(
        "learner", f"PUT {at(course, lesson_id, '/progress')}", json=body
    )
    return standing


async def page_of(school: School, course: Course, role: str = "learner") -> dict[str, Any]:
    page: dict[str, Any] = await school.get(role, f"GET {COURSES}/{course.slug}")
    return page


async def test_seeking_to_the_end_completes_nothing(school: School) -> None:
    course = await school.course("lesson-1")
    standing = await watch(school, course, "lesson-1", report(100))
    assert (standing["completed"], standing["watched_seconds"]) == (False, 0)
    cheat = report(100, (99, 100), watched_seconds=100, completed=True)
    standing = await watch(school, course, "lesson-1", cheat)
    assert (standing["completed"], standing["watched_seconds"]) == (False, 1)
    standing = await watch(school, course, "lesson-1", report(100, (0, 50), (10, 50), (20, 50)))
    assert (standing["completed"], standing["watched_seconds"]) == (False, 51)
    standing = await watch(school, course, "lesson-1", report(90, (50, 89)))
    assert (standing["completed"], standing["watched_seconds"]) == (True, 90)
    assert standing["course"] == standing["course"] | {"percent": 100, "completed_count": 1}
    # What was completed stays so, whatever comes later.
    assert (await watch(school, course, "lesson-1", report(0)))["completed"]


async def test_nobody_completes_a_video_whose_length_nobody_knows(school: School) -> None:
    course = await school.course("lesson-1", videos=False)
    async with school.app.database.write() as session:
        asset = make_asset(school.users["admin"], status=AssetStatus.IN_PROGRESS, duration=None)
        await add_course_video(session, course, "lesson-1", asset)
    short = report(1, (0, 1), duration_seconds=1)
    assert not (await watch(school, course, "lesson-1", short))["completed"]


async def test_devices_that_report_at_once_lose_nothing(school: School) -> None:
    course = await school.course("lesson-1")
    replies = await asyncio.gather(
        *(
            watch(school, course, "lesson-1", report(start + 10, (start, start + 10)))
            for start in range(0, 100, 10)
        )
    )
    assert max(reply["watched_seconds"] for reply in replies) == 100
    assert (await watch(school, course, "lesson-1", report(0)))["watched_seconds"] == 100


async def test_an_older_report_does_not_move_the_position(school: School) -> None:
    course = await school.course("lesson-1")
    now = clock.now()
    await watch(school, course, "lesson-1", report(60, (50, 60), at=now.isoformat()))
    earlier = (now - timedelta(minutes=5)).isoformat()
    late = await watch(school, course, "lesson-1", report(10, (0, 10), at=earlier))
    assert (late["last_position"], late["watched_seconds"]) == (60, 20)


@pytest.mark.parametrize(
    "wrong",
    [
        {"last_position": 1},
        report(-1),
        report(1, (3, 1)),
        report(1, duration_seconds=2**31),
        report(1, at="noon"),
        report(1, *[(0, 1)] * 501),
    ],
)
async def test_nonsense_is_refused(school: School, wrong: dict[str, Any]) -> None:
    course = await school.course("lesson-1")
    address = f"PUT {at(course, 'lesson-1', '/progress')}"
    assert await school.refused("learner", address, json=wrong) == "invalid"


async def test_a_course_goes_on_in_the_right_lesson_at_the_right_second(school: School) -> None:
    course = await school.course("a", "b", "c")
    await watch(school, course, "a", report(100, (0, 100)))
    assert (await page_of(school, course))["resume"] == {"lesson_id": "b", "at_seconds": 0}
    await watch(school, course, "b", report(43, (0, 43)))
    page = await page_of(school, course)
    assert page["resume"] == {"lesson_id": "b", "at_seconds": 40}
    assert (page["percent"], page["completed_count"], page["lesson_count"]) == (33, 1, 3)
    playback = await school.get("learner", f"GET {at(course, 'b', '/playback')}")
    assert playback["resume_at"] == 40
    shown = await school.get("learner", f"GET {at(course, 'b')}")
    assert (shown["resume_at"], shown["completed"]) == (40, False)
    assert (shown["previous"]["id"], shown["next"]["id"]) == ("a", "c")
    for name in ("b", "c"):
        await watch(school, course, name, report(100, (0, 100)))
    assert (await page_of(school, course))["resume"] == {"lesson_id": "a", "at_seconds": 0}


async def test_199_of_200_lessons_are_99_percent(school: School) -> None:
    names = [f"lesson-{number}" for number in range(200)]
    course = await school.course(*(lesson(name, "text") for name in names))
    for name in names[:-1]:
        standing = await school.get("learner", f"PUT {at(course, name, '/read')}")
    assert standing["course"]["percent"] == 99
    assert standing["course"]["certificate_code"] is None
    standing = await school.get("learner", f"PUT {at(course, names[-1], '/read')}")
    assert standing["course"]["percent"] == 100
    assert standing["course"]["certificate_code"]


async def test_changing_the_curriculum_keeps_what_is_done(school: School) -> None:
    course = await school.course("a", "b", "c", "d")
    for name in ("a", "b"):
        await watch(school, course, name, report(100, (0, 100)))
    version = 0

    async def teach(*lessons: dict[str, Any] | str) -> tuple[int, list[str]]:
        nonlocal version
        body = curriculum(*lessons, per_section=2) | {"version": version}
        await school.get("instructor", f"PUT {COURSES}/{course.id}/curriculum", json=body)
        version += 1
        page = await page_of(school, course)
        shown = [one for section in page["sections"] for one in section["lessons"]]
        return page["percent"], [one["id"] for one in shown if one["is_completed"]]

    assert await teach("d", lesson("b", title="Renamed"), "c", "a") == (50, ["b", "a"])
    assert await teach("d", "b", "c") == (33, ["b"])
    assert await teach("a", "b", "c", "d", "e") == (40, ["a", "b"])
    assert await teach("a", "b") == (100, ["a", "b"])


LESSONS = st.lists(st.sampled_from("abcdefghij"), unique=True).map(
    lambda ids: [Lesson(id=one, title=one) for one in ids]
)
IDS = st.sets(st.sampled_from("abcdefghij"))


@given(lessons=LESSONS, completed=IDS)
def test_percent_rounds_down_and_100_means_all(lessons: list[Lesson], completed: set[str]) -> None:
    done, total = count_done(lessons, completed)
    percent = percent_of(done, total)
    assert 0 <= percent <= 100
    assert (percent == 100) == is_finished(lessons, completed)
    assert percent <= (done / total * 100 if total else 0)
    assert (percent == 0) or done


@given(before=LESSONS, after=LESSONS, completed=IDS)
def test_what_is_done_counts_whatever_becomes_of_the_curriculum(
    before: list[Lesson], after: list[Lesson], completed: set[str]
) -> None:
    kept = {one.id for one in after} & completed
    assert count_done(after, completed)[0] == len(kept)
    # Through any other curriculum and back, all is as it was.
    assert count_done(before, completed) == count_done(list(before), set(completed))
    whole = Curriculum.model_validate(curriculum(*(one.id for one in after)))
    assert [one.id for one in whole.lessons()] == [one.id for one in after]


@given(lessons=LESSONS, completed=IDS)
def test_an_order_opens_what_is_done_and_the_next(
    lessons: list[Lesson], completed: set[str]
) -> None:
    waiting = locked(lessons, completed)
    assert not waiting & completed
    undone = [one.id for one in lessons if one.id not in completed]
    assert [one.id for one in lessons if one.id in waiting] == undone[1:]


async def test_the_order_is_kept_by_the_server(school: School) -> None:
    course = await school.course(
        "a", lesson("b", "text"), "c", lesson("d", is_preview=True), order_locked=True
    )
    for end in ("", "/playback"):
        assert await school.refused("learner", f"GET {at(course, 'c', end)}") == "lesson_locked"
    late = f"PUT {at(course, 'c', '/progress')}"
    assert await school.refused("learner", late, json=report(1, (0, 1))) == "lesson_locked"
    assert await school.refused("learner", f"PUT {at(course, 'b', '/read')}") == "lesson_locked"
    page = await page_of(school, course)
    (section,) = page["sections"]
    assert [one["is_locked"] for one in section["lessons"]] == [False, True, True, False]
    # Previews and authors need no turn.
    await school.get("learner", f"GET {at(course, 'd', '/playback')}")
    await school.get("instructor", f"GET {at(course, 'c', '/playback')}")
    await watch(school, course, "a", report(100, (0, 100)))
    await school.get("learner", f"PUT {at(course, 'b', '/read')}")
    await school.get("learner", f"GET {at(course, 'c', '/playback')}")


async def test_a_text_is_kept_as_it_is_and_two_editors_do_not_overwrite_each_other(
    school: School,
) -> None:
    course = await school.course(lesson("read", "text"))
    address = at(course, "read", "/text")
    text = "# Knots\n\n<script>alert(1)</script> *and* [rope](https://example.org)\n\n- ñandú"
    kept = await school.get("instructor", f"PUT {address}", json={"text": text, "version": 0})
    assert kept == {"text": text, "version": 1}
    again = await school.get("instructor", f"PUT {address}", json={"text": text, "version": 0})
    assert again == kept
    other = {"text": "Other", "version": 0}
    assert await school.refused("instructor", f"PUT {address}", json=other) == (
        "lesson_text_changed"
    )
    assert (await school.get("learner", f"GET {at(course, 'read')}"))["text"] == text
    assert await school.refused("learner", f"GET {address}") == "not_your_course"
    assert await school.refused("outsider", f"GET {at(course, 'read')}") == "not_enrolled"


async def test_a_quiz_gives_nothing_away_before_it_is_passed(school: School) -> None:
    course = await school.course(lesson("quiz", "quiz"))
    edit = at(course, "quiz", "/quiz")
    await school.get("instructor", f"PUT {edit}", json=QUIZ)
    reply = await school.ask("learner", f"GET {at(course, 'quiz')}")
    assert "is_right" not in reply.text
    assert "slips" not in reply.text
    assert reply.json()["quiz"]["questions"][0]["options"][0] == {
        "id": "a",
        "text": "The reef knot",
    }
    assert await school.refused("learner", f"GET {edit}") == "not_your_course"
    attempts = f"POST {edit}/attempts"
    half = {"version": 1, "answers": {"q1": ["a"], "q2": ["a"]}}
    failed = await school.get("learner", attempts, json=half)
    assert (failed["attempt"]["score_percent"], failed["attempt"]["passed"]) == (50, False)
    assert [one["is_right"] for one in failed["questions"]] == [True, False]
    assert {one["right_option_ids"] for one in failed["questions"]} == {None}
    assert not failed["standing"]["completed"]
    whole = {"version": 1, "answers": {"q1": ["a"], "q2": ["b", "a"]}}
    passed = await school.get("learner", attempts, json=whole)
    assert (passed["attempt"]["score_percent"], passed["attempt"]["passed"]) == (100, True)
    assert passed["questions"][0]["explanation"] == "The granny slips."
    assert passed["questions"][1]["right_option_ids"] == ["a", "b"]
    assert passed["standing"]["course"]["percent"] == 100
    # Who has passed has passed.
    worse = await school.get("learner", attempts, json={"version": 1, "answers": {}})
    assert (worse["attempt"]["passed"], worse["standing"]["completed"]) == (False, True)
    tried = await school.get("learner", f"GET {edit}/attempts?limit=2")
    assert [one["score_percent"] for one in tried["items"]] == [0, 100]
    assert tried["next_cursor"]


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"version": 0, "answers": {}}, "quiz_changed"),
        ({"version": 1, "answers": {"q9": ["a"]}}, "answers_invalid"),
        ({"version": 1, "answers": {"q1": ["z"]}}, "answers_invalid"),
        ({"version": 1, "answers": {"q9": []}}, "answers_invalid"),
        ({"version": 1, "answers": []}, "invalid"),
    ],
)
async def test_answers_to_another_quiz_are_refused(
    school: School, answers: dict[str, Any], code: str
) -> None:
    course = await school.course(lesson("quiz", "quiz"))
    await school.get("instructor", f"PUT {at(course, 'quiz', '/quiz')}", json=QUIZ)
    attempts = f"POST {at(course, 'quiz', '/quiz/attempts')}"
    assert await school.refused("learner", attempts, json=answers) == code
    assert await school.refused("outsider", attempts, json=answers) in {"not_enrolled", "invalid"}


async def test_nobody_tries_all_answers_one_after_another(school: School) -> None:
    course = await school.course(lesson("quiz", "quiz"))
    await school.get("instructor", f"PUT {at(course, 'quiz', '/quiz')}", json=QUIZ)
    attempts = f"POST {at(course, 'quiz', '/quiz/attempts')}"
    empty = {"version": 1, "answers": {}}
    replies = [(await school.ask("learner", attempts, json=empty)).status_code for _ in range(21)]
    assert replies == [201] * 20 + [429]


@pytest.mark.parametrize(
    "change",
    [
        {"pass_percent": 0},
        {"pass_percent": 101},
        {"questions": []},
        {"questions": QUIZ["questions"][:1] * 2},
        {"questions": [QUIZ["questions"][0] | {"options": []}]},
        {"questions": [QUIZ["questions"][1] | {"kind": "single"}]},
        {"questions": [QUIZ["questions"][0] | {"kind": "essay"}]},
        {
            "questions": [
                QUIZ["questions"][0]
                | {"options": [{"id": "a", "text": "x"}, {"id": "b", "text": "y"}]}
            ]
        },
        {
            "questions": [
                QUIZ["questions"][0] | {"options": [{"id": "a", "text": "x", "is_right": True}] * 2}
            ]
        },
    ],
)
async def test_a_quiz_that_can_not_be_answered_is_refused(
    school: School, change: dict[str, Any]
) -> None:
    course = await school.course(lesson("quiz", "quiz"), lesson("read", "text"))
    edit = f"PUT {at(course, 'quiz', '/quiz')}"
    assert await school.refused("instructor", edit, json=QUIZ | change) == "invalid"
    other = f"PUT {at(course, 'read', '/quiz')}"
    assert await school.refused("instructor", other, json=QUIZ) == "wrong_lesson_kind"


async def test_notes_are_their_authors_alone(school: School) -> None:
    course = await school.course("a", "b")
    note = {"text": "Look at the hands.", "moment_seconds": 12}
    made = await school.get("learner", f"POST {at(course, 'a', '/notes')}", json=note)
    await school.get("learner", f"POST {at(course, 'b', '/notes')}", json={"text": "Later"})
    listed = await school.get("learner", f"GET {COURSES}/{course.id}/notes")
    assert [one["text"] for one in listed["items"]] == ["Later", "Look at the hands."]
    of_a = await school.get("learner", f"GET {COURSES}/{course.id}/notes?lesson_id=a")
    assert of_a["items"] == [made]
    address = f"/api/lesson-notes/{made['id']}"
    for role in ("instructor", "admin", "outsider"):
        others = await school.get(role, f"GET {COURSES}/{course.id}/notes")
        assert others["items"] == []
        assert await school.refused(role, f"PATCH {address}", json={"text": "x"}) == "note_unknown"
        assert await school.refused(role, f"DELETE {address}") == "note_unknown"
    changed = await school.get("learner", f"PATCH {address}", json={"moment_seconds": None})
    assert (changed["text"], changed["moment_seconds"]) == ("Look at the hands.", None)
    await school.get("learner", f"DELETE {address}")
    assert await school.refused("outsider", f"POST {at(course, 'a', '/notes')}", json=note) == (
        "not_enrolled"
    )
