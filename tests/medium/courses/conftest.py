"""A school: an admin, an instructor, a learner and somebody who only looks."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
import pytest

from lumenhall.domains.courses.models import Course
from lumenhall.domains.identity.models import Role, User
from lumenhall.platform.context import AppContext
from tests.factories.courses import add_course, add_enrolment, add_lesson_videos
from tests.factories.people import People

COURSES = "/api/courses"
TUS = {"Tus-Resumable": "1.0.0"}


@dataclass
class School:
    """People around courses, each with a browser."""

    app: AppContext
    users: dict[str, User]
    browsers: dict[str, httpx.AsyncClient]

    async def course(
        self, *lessons: dict[str, Any] | str, videos: bool = True, **values: Any
    ) -> Course:
        """Add a course of the instructor's that the learner takes."""
        async with self.app.database.write() as session:
            course = await add_course(session, self.users["instructor"], *lessons, **values)
            await add_enrolment(session, course, self.users["learner"])
            if videos:
                await add_lesson_videos(session, course, self.users["admin"])
            return course

    async def ask(self, role: str, request: str, **body: Any) -> httpx.Response:
        """Send a request such as `GET /api/courses` in a role."""
        method, path = request.split(" ", 1)
        return await self.browsers[role].request(method, path, **body)

    async def get(self, role: str, request: str, **body: Any) -> Any:
        """Send a request that must succeed and return what it answers."""
        reply = await self.ask(role, request, **body)
        assert reply.is_success, f"{role}: {request}: {reply.status_code} {reply.text}"
        return reply.json() if reply.content else None

    async def refused(self, role: str, request: str, **body: Any) -> str:
        """Send a request that must be refused and return why."""
        reply = await self.ask(role, request, **body)
        assert reply.is_client_error, f"{role}: {request}: {reply.status_code} {reply.text}"
        code: str = reply.json()["code"]
        return code

    async def upload(self, role: str, course_id: UUID, lesson_id: str) -> dict[str, Any]:
        """Begin a file for a lesson and return what is answered."""
        address = f"POST {COURSES}/{course_id}/lessons/{lesson_id}/video"
        made: dict[str, Any] = await self.get(
            role, address, json={"filename": "a.mp4", "size_bytes": 3}
        )
        return made


@pytest.fixture
async def school(people: People, app_context: AppContext) -> School:
    roles = {"admin": Role.ADMIN, "instructor": Role.MEMBER, "assistant": Role.MEMBER}
    roles |= {"learner": Role.MEMBER, "outsider": Role.MEMBER, "moderator": Role.MODERATOR}
    users, browsers = {}, {"stranger": people.browser()}
    for name, role in roles.items():
        users[name], browsers[name] = await people.add(name, role)
    return School(app_context, users, browsers)
