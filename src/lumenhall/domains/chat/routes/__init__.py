"""The HTTP interface of conversations."""

from fastapi import APIRouter

from lumenhall.domains.chat.routes import (
    attachments,
    conversations,
    finding,
    messages,
    moderation,
    parties,
)
from lumenhall.platform.web import PROBLEM_RESPONSES

router = APIRouter(responses=PROBLEM_RESPONSES)
talk = APIRouter(prefix="/api/chat", tags=["chat"])
for part in (conversations, messages, attachments, finding, parties):
    talk.include_router(part.router)
router.include_router(talk)
router.include_router(moderation.router)
