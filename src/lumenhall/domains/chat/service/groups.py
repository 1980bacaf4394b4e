"""Who is in a group, and what they are to it."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import GroupFull, NotAGroup, ParticipantUnknown
from lumenhall.domains.chat.events import ConversationChanged
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Participant,
    ParticipantRole,
)
from lumenhall.domains.chat.policy import MOST_PARTICIPANTS, can_manage
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.chat.service.starting import addable_people
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_user
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def add_participants(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> None:
    """Add people to a group; who is in it already stays as they are.

    Raises ConversationUnknown, NotAGroup, NotGroupAdmin, PersonUnknown, PersonBlocked,
    RequestPending or GroupFull, and then nobody was added.
    """
    place = await get_group(session, actor, conversation_id)
    can_manage(place.participant).demand()
    here = {person.id for _, person in await queries.list_participants(session, conversation_id)}
    new = [person for person in await addable_people(session, actor, ids) if person.id not in here]
    if not new:
        return
    if len(here) + len(new) > MOST_PARTICIPANTS:
        raise GroupFull
    for person in new:
        await let_in(session, place.conversation, person.id)
    await session.flush()
    await append(session, place.conversation, actor, system=note("added", new))
    await tell_changed(session, conversation_id)


async def remove_participant(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, user_id: uuid.UUID
) -> None:
    """Take somebody out of a group, or leave it oneself.

    A group is never without an admin: when the last one leaves, whoever has been there longest
    becomes one. Raises ConversationUnknown, NotAGroup, NotGroupAdmin or ParticipantUnknown.
    """
    place = await get_group(session, actor, conversation_id)
    if user_id != actor.user_id:
        can_manage(place.participant).demand()
    leaving = await _participant(session, conversation_id, user_id)
    person = await get_user(session, user_id)
    leaves = user_id == actor.user_id
    said = note("left") if leaves else note("removed", [person])
    # Said while the person is still there, so that it stands in everybody's numbers alike.
    await append(session, place.conversation, actor, system=said)
    leaving.left_at = clock.now()
    leaving.is_removed = not leaves
    leaving.role = ParticipantRole.MEMBER
    leaving.is_pinned = False
    await session.flush()
    await _keep_an_admin(session, conversation_id)
    await announce(session, ConversationChanged(conversation_id, frozenset({user_id})))
    await tell_changed(session, conversation_id)


async def change_participant(
    session: AsyncSession,
    actor: Actor,
    conversation_id: uuid.UUID,
    user_id: uuid.UUID,
    role: ParticipantRole,
) -> None:
    """Make somebody an admin of a group, or a member again.

    Raises ConversationUnknown, NotAGroup, NotGroupAdmin or ParticipantUnknown.
    """
    place = await get_group(session, actor, conversation_id)
    can_manage(place.participant).demand()
    changed = await _participant(session, conversation_id, user_id)
    if changed.role is role:
        return
    changed.role = role
    await session.flush()
    await _keep_an_admin(session, conversation_id)
    if changed.role is not role:
        return
    person = await get_user(session, user_id)
    await append(session, place.conversation, actor, system=note(f"made_{role}", [person]))
    await tell_changed(session, conversation_id)


async def get_group(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID
) -> queries.Place:
    """Return the actor's place in a group and lock it; raises ConversationUnknown, NotAGroup."""
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    if place.conversation.type is not ConversationType.GROUP:
        raise NotAGroup
    return place


async def _participant(
    session: AsyncSession, conversation_id: uuid.UUID, user_id: uuid.UUID
) -> Participant:
    found = await queries.find_participant(session, conversation_id, user_id)
    if found is None or found.left_at is not None:
        raise ParticipantUnknown
    return found


async def let_in(
    session: AsyncSession, conversation: Conversation, user_id: uuid.UUID
) -> Participant:
    """Give somebody a place in a group, their old one if there is; nobody is told of it.

    What was said before is there to be read, but is not news.
    """
    place = await queries.find_participant(session, conversation.id, user_id)
    if place is None:
        place = Participant(conversation_id=conversation.id, user_id=user_id)
        session.add(place)
    place.left_at = None
    place.is_removed = place.is_hidden = False
    place.role = ParticipantRole.MEMBER
    place.joined_at = clock.now()
    place.last_message_at = conversation.last_message_at
    last = conversation.last_number
    place.read_number = place.delivered_number = place.last_number = last
    return place


async def _keep_an_admin(session: AsyncSession, conversation_id: uuid.UUID) -> None:
    places = [row[0] for row in await queries.list_participants(session, conversation_id)]
    if places and not any(place.role is ParticipantRole.ADMIN for place in places):
        places[0].role = ParticipantRole.ADMIN
        await session.flush()


async def tell_changed(session: AsyncSession, conversation_id: uuid.UUID) -> None:
    """Announce to everybody in a conversation that it looks otherwise."""
    here = {person.id for _, person in await queries.list_participants(session, conversation_id)}
    await announce(session, ConversationChanged(conversation_id, frozenset(here)))
