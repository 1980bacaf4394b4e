"""Courses made over HTTP, with real videos, for the browser tests."""

import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from tests.factories.courses import curriculum
from tests.factories.site import PATIENCE_SECONDS, TUS, Site

QUIZ: dict[str, Any] = {
    "pass_percent": 100,
    "version": 0,
    "questions": [
        {
            "id": "paper",
            "text": "What does a lantern need?",
            "kind": "single",
            "options": [
                {"id": "a", "text": "Paper", "is_right": True},
                {"id": "b", "text": "Stone"},
            ],
        },
        {
            "id": "light",
            "text": "What gives light?",
            "kind": "multiple",
            "options": [
                {"id": "a", "text": "A candle", "is_right": True},
                {"id": "b", "text": "A lamp", "is_right": True},
                {"id": "c", "text": "A spoon"},
            ],
            "explanation": "Both of them shine.",
        },
    ],
}


def add_course(site: Site, title: str, *lessons: dict[str, Any], **fields: Any) -> tuple[str, str]:
    """Make a published course of these lessons; return its id and its slug."""
    made = site.ask("POST", "/api/courses", {"title": title} | fields)
    whole = curriculum(*lessons, per_section=10) | {"version": 0}
    site.ask("PUT", f"/api/courses/{made['id']}/curriculum", whole)
    site.ask("PATCH", f"/api/courses/{made['id']}", {"published": True})
    return made["id"], made["slug"]


def address_of(course_id: str, lesson_id: str) -> str:
    """Return the address of a lesson in the interface."""
    return f"/api/courses/{course_id}/lessons/{quote(lesson_id, safe='')}"


def add_lesson_video(site: Site, course_id: str, lesson_id: str, clip: Path) -> None:
    """Upload the video of a lesson and wait until it is ready."""
    address = f"{address_of(course_id, lesson_id)}/video"
    send(site, address, clip)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while site.ask("GET", address)["status"] != "ready":
        assert time.monotonic() < deadline, site.ask("GET", address)
        time.sleep(0.1)


def send(site: Site, address: str, clip: Path) -> None:
    """Upload a clip to where a course takes one."""
    content = clip.read_bytes()
    made = site.ask("POST", address, {"filename": clip.name, "size_bytes": len(content)})
    headers = TUS | {"Upload-Offset": "0"}
    site.admin.client.patch(
        made["upload"]["url"], content=content, headers=headers
    ).raise_for_status()


def write_text(site: Site, course_id: str, lesson_id: str, text: str) -> None:
    """Write the text of a lesson."""
    site.ask("PUT", f"{address_of(course_id, lesson_id)}/text", {"text": text, "version": 0})


def write_quiz(site: Site, course_id: str, lesson_id: str) -> None:
    """Write a quiz of two questions, both of which have to be answered right."""
    site.ask("PUT", f"{address_of(course_id, lesson_id)}/quiz", QUIZ)
