"""Mails leave through the outbox, after the commit of the work that caused them."""

from typing import TYPE_CHECKING, Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.mail.mailer import Message
from lumenhall.platform.outbox import after_commit_send, deliverer

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext


async def send(session: AsyncSession, *, to: str, subject: str, text: str) -> None:
    """Send a mail once the session's work is committed."""
    await after_commit_send(session, "mail", {"to": to, "subject": subject, "text": text})


@deliverer("mail")
async def _deliver(app: "AppContext", payload: dict[str, Any]) -> None:
    await app.mail.deliver(Message(**payload))
