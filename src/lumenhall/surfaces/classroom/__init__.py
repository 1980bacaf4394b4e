"""Lessons and what stands around them in other domains: the conversation about a lesson."""

from fastapi import APIRouter

from lumenhall.platform.web import PROBLEM_RESPONSES
from lumenhall.surfaces.classroom import discussions

router = APIRouter(prefix="/api/courses", responses=PROBLEM_RESPONSES)
router.include_router(discussions.router)
