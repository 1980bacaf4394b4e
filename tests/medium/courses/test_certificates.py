"""Certificates: earned once, checked by anybody, printed in the letters of many alphabets."""

from typing import Any

import pytest

from lumenhall.domains.courses.models import Certificate
from lumenhall.domains.courses.queries import get_certificate
from lumenhall.domains.courses.service.printing import printable
from tests.factories.courses import lesson
from tests.medium.courses.conftest import COURSES, School


async def earn(school: School, **values: Any) -> str:
    course = await school.course(lesson("read", "text"), **values)
    claim = f"PUT {COURSES}/{course.id}/certificate"
    assert await school.refused("learner", claim) == "course_not_finished"
    assert await school.refused("outsider", claim) == "not_enrolled"
    standing = await school.get("learner", f"PUT {COURSES}/{course.id}/lessons/read/read")
    code: str = standing["course"]["certificate_code"]
    assert (await school.get("learner", claim))["code"] == code
    page = await school.get("learner", f"GET {COURSES}/{course.slug}")
    assert (page["certificate_code"], page["percent"]) == (code, 100)
    assert page["completed_at"]
    return code


async def test_anybody_can_check_a_certificate_that_they_have_the_code_of(school: School) -> None:
    code = await earn(school)
    for role in ("stranger", "outsider"):
        seen = await school.get(role, f"GET /api/certificates/{code}")
        assert (seen["person_name"], seen["course_title"]) == ("Learner", "Lanterns")
    for wrong in (code[:-1], code.swapcase(), "x", "%00"):
        refused = await school.refused("stranger", f"GET /api/certificates/{wrong}")
        assert refused in {"certificate_unknown", "not_found", "invalid"}


async def test_a_certificate_says_what_was_true_and_outlives_the_course(school: School) -> None:
    code = await earn(school)
    (card,) = (await school.get("learner", f"GET {COURSES}?scope=enrolled"))["items"]
    await school.get("instructor", f"PATCH {COURSES}/{card['id']}", json={"title": "Other"})
    await school.get("admin", f"DELETE {COURSES}/{card['id']}")
    seen = await school.get("stranger", f"GET /api/certificates/{code}")
    assert seen["course_title"] == "Lanterns"


async def test_taking_the_last_undone_lesson_out_lets_a_learner_claim(school: School) -> None:
    course = await school.course(lesson("a", "text"), lesson("b", "text"))
    await school.get("learner", f"PUT {COURSES}/{course.id}/lessons/a/read")
    sections = course.curriculum["sections"]
    sections[0]["lessons"] = sections[0]["lessons"][:1]
    change = {"sections": sections, "version": 0}
    await school.get("instructor", f"PUT {COURSES}/{course.id}/curriculum", json=change)
    assert (await school.get("learner", f"PUT {COURSES}/{course.id}/certificate"))["code"]


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("Inés Núñez", "¿Faroles de papel? ¡Sí!"),
        ("Ελένη Жанна", "עברית, العربية"),
        ("田中雪", "🏮 " * 60),
        ("W" * 60, "W" * 200),
    ],
)
async def test_the_sheet_can_be_printed_in_any_letters(
    school: School, name: str, title: str
) -> None:
    code = await earn(school, title=title)
    async with school.app.database.write() as session:
        certificate = await session.get_one(Certificate, await _id_of(school, code))
        certificate.person_name = name
    reply = await school.ask("learner", f"GET /api/certificates/{code}/pdf")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/pdf"
    assert reply.content.startswith(b"%PDF-")
    assert await school.refused("outsider", f"GET /api/certificates/{code}/pdf") == (
        "certificate_unknown"
    )
    assert await school.refused("stranger", f"GET /api/certificates/{code}/pdf") == (
        "sign_in_required"
    )


async def _id_of(school: School, code: str) -> object:
    async with school.app.database.read() as session:
        certificate, _ = await get_certificate(session, code)
        return certificate.id


def test_letters_that_no_font_has_give_way_to_some_that_it_has() -> None:
    assert printable("Инес", "ines") == "Инес"
    assert printable("أحمد", "ahmed") == "أحمد"
    assert printable("田中", "yuki") == "yuki"
    assert printable("Inés 🏮", "ines") == "ines"
