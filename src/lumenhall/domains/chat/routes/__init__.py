"""The HTTP interface of conversations."""

from fastapi import APIRouter

from lumenhall.domains.chat.routes import attachments, conversations, messages, parties
from lumenhall.platform.web import PROBLEM_RESPONSES

router = APIRouter(prefix="/api/chat", tags=["chat"], responses=PROBLEM_RESPONSES)
for part in (conversations, messages, attachments, parties):
    router.include_router(part.router)
