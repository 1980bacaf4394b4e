"""The HTTP interface of courses."""

from fastapi import APIRouter

from lumenhall.domains.courses.routes import (
    certificates,
    courses,
    enrolments,
    lessons,
    videos,
)
from lumenhall.platform.web import PROBLEM_RESPONSES

router = APIRouter(prefix="/api", tags=["courses"], responses=PROBLEM_RESPONSES)
router.include_router(videos.unfinished, prefix="/course-videos")
router.include_router(lessons.notes, prefix="/lesson-notes")
router.include_router(certificates.router, prefix="/certificates")
router.include_router(certificates.claiming, prefix="/courses")
for part in (courses, videos, lessons, enrolments):
    router.include_router(part.router, prefix="/courses")
