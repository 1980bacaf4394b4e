"""The HTTP interface of identity."""

from fastapi import APIRouter

from lumenhall.domains.identity.routes import (
    invitations,
    me,
    password_resets,
    people,
    relations,
    sessions,
    site,
    tokens,
)
from lumenhall.platform.web import PROBLEM_RESPONSES

router = APIRouter(prefix="/api", responses=PROBLEM_RESPONSES)
for part in (site, sessions, me, people, relations, password_resets, invitations, tokens):
    router.include_router(part.router)
