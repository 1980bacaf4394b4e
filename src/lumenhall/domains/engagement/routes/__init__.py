"""Engagement over HTTP."""

from fastapi import APIRouter

from lumenhall.domains.engagement.routes.comments import router as comments
from lumenhall.domains.engagement.routes.reactions import router as reactions
from lumenhall.domains.engagement.routes.watching import router as watching

router = APIRouter()
router.include_router(watching)
router.include_router(reactions)
router.include_router(comments)
