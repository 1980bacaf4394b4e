"""Who writes and who is here: told at once, not kept, and only to whom it concerns."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.policy import can_write, is_begun, sees_marks
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.realtime import live


async def tell_typing(session: AsyncSession, actor: Actor, conversation_id: uuid.UUID) -> None:
    """Tell the others of a conversation that the actor writes; raises ConversationUnknown.

    Not before there is a conversation. Who has asked and waits is not told: they would see that
    the other is here.
    """
    place = await queries.get_place(session, actor, conversation_id)
    if not is_begun(place.conversation) or not can_write(actor.user_id, place.request):
        return
    data = {"conversation_id": str(conversation_id), "user_id": str(actor.user_id)}
    hearers = await queries.list_hearers(session, conversation_id, actor.user_id)
    for user_id in hearers:
        if user_id != actor.user_id and sees_marks(user_id, place.request):
            await live.publish(live.topic_of(user_id), "chat.typing", data)


async def tell_presence(session: AsyncSession, user_id: uuid.UUID, is_online: bool) -> None:
    """Tell those who talk with a person directly whether the person is here, after the commit."""
    data = {"user_id": str(user_id), "is_online": is_online}
    for partner_id in await queries.list_partners_here(session, user_id):
        live.publish_after_commit(session, live.topic_of(partner_id), "chat.presence", data)
