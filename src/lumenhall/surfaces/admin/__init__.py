"""What admins see and do, one file per page; every action is in the audit log."""

from fastapi import APIRouter

from lumenhall.platform.web import PROBLEM_RESPONSES
from lumenhall.surfaces.admin import audit_log, members, options, stream_videos

router = APIRouter(prefix="/api/admin", responses=PROBLEM_RESPONSES)
for part in (members, options, audit_log, stream_videos):
    router.include_router(part.router)
