"""The HTTP interface of courses."""

from fastapi import APIRouter

from lumenhall.domains.courses.routes import courses, enrolments, videos
from lumenhall.platform.web import PROBLEM_RESPONSES

router = APIRouter(prefix="/api", tags=["courses"], responses=PROBLEM_RESPONSES)
router.include_router(videos.unfinished, prefix="/course-videos")
for part in (courses, videos, enrolments):
    router.include_router(part.router, prefix="/courses")
