"""Groups about one thing, which people join by themselves."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import GroupFull, RemovedFromGroup
from lumenhall.domains.chat.models import (
    NAME_LENGTH,
    Conversation,
    ConversationType,
    ParticipantRole,
)
from lumenhall.domains.chat.policy import MOST_PARTICIPANTS
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.chat.service.groups import let_in, remove_participant, tell_changed
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit.ids import new_id


async def join_topic(
    session: AsyncSession, actor: Actor, topic: str, name: str, *, leads: bool
) -> uuid.UUID:
    """Return the one group about `topic`, in which the actor takes part from now on.

    Whoever comes first makes it; at the same instant, too, there is one. `leads` makes the
    actor an admin of it. The caller has made sure that the actor may know of the topic. Raises
    RemovedFromGroup, or GroupFull.
    """
    row = {
        "id": new_id(),
        "type": ConversationType.GROUP,
        "topic": topic,
        "name": name[:NAME_LENGTH],
        "creator_id": actor.user_id,
        "last_number": 0,
    }
    insert = insert_into(session, Conversation).values(row)
    await session.execute(insert.on_conflict_do_nothing(index_elements=["topic"]))
    conversation = await queries.lock_topic(session, topic)
    place = await queries.find_participant(session, conversation.id, actor.user_id)
    if place is None or place.left_at is not None:
        if place is not None and place.is_removed:
            raise RemovedFromGroup
        here = await queries.list_participants(session, conversation.id)
        if len(here) >= MOST_PARTICIPANTS:
            raise GroupFull
        place = await let_in(session, conversation, actor.user_id)
        leads = leads or not here
    elif place.role is ParticipantRole.ADMIN or not leads:
        return conversation.id
    if leads:
        place.role = ParticipantRole.ADMIN
    await session.flush()
    if conversation.last_number == 0:
        await append(session, conversation, actor, system=note("opened", name=name))
    await tell_changed(session, conversation.id)
    return conversation.id


async def leave_topics(session: AsyncSession, user_id: uuid.UUID, beginning: str) -> None:
    """Let somebody leave all groups whose topic begins so; they may join them again."""
    themselves = Actor(user_id, Role.MEMBER)
    for conversation_id in await queries.list_topics(session, user_id, beginning):
        await remove_participant(session, themselves, conversation_id, user_id)
