"""Noting whom a message names, and telling them."""

from sqlalchemy import delete, insert
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.events import MentionsChanged
from lumenhall.domains.chat.models import Message, MessageMention
from lumenhall.domains.engagement.service.comments import names_in
from lumenhall.platform.events import announce


async def note_mentions(session: AsyncSession, message: Message, *, is_new: bool = False) -> None:
    """Note whom the text of a message names now, and announce who came or went.

    Only who hears the sender in this conversation can be named, and nobody names themselves.
    """
    before = set() if is_new else await queries.list_mentioned(session, message.id)
    names = names_in(message.text)
    if not names and not before:
        return
    hearers = set(
        await queries.list_hearers(session, message.conversation_id, message.sender_id)
    ) - {message.sender_id}
    named = await queries.list_named_here(session, message.conversation_id, names) & hearers
    came, went = named - before, before - named
    if went:
        await session.execute(
            delete(MessageMention).where(
                MessageMention.message_id == message.id, MessageMention.user_id.in_(went)
            )
        )
    if came:
        rows = [
            {
                "message_id": message.id,
                "user_id": user_id,
                "conversation_id": message.conversation_id,
                "number": message.number,
            }
            for user_id in came
        ]
        await session.execute(insert(MessageMention), rows)
    if came or went:
        await announce(
            session,
            MentionsChanged(
                message.conversation_id,
                message.id,
                message.number,
                message.sender_id,
                frozenset(came),
                frozenset(went & hearers),
            ),
        )
