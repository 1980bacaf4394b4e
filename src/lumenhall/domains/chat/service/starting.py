"""Starting conversations, and how the first message to somebody may become a request."""

import uuid
from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import GroupFull, RequestDeclined, RequestPending
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    MessageRequest,
    Participant,
    ParticipantRole,
    RequestStatus,
)
from lumenhall.domains.chat.policy import MOST_PARTICIPANTS
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.identity.errors import NotWithYourself, PersonBlocked, PersonUnknown
from lumenhall.domains.identity.models import MayWrite, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import find_people, get_relation, list_blocked
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id


async def start_direct(session: AsyncSession, actor: Actor, person_id: uuid.UUID) -> uuid.UUID:
    """Return the one conversation of the actor and another person, made if there is none yet.

    Two who start at the same instant get the same. Raises PersonUnknown, NotWithYourself,
    PersonBlocked, or RequestDeclined where the actor has declined to talk with them.
    """
    if person_id == actor.user_id:
        raise NotWithYourself
    await reachable_people(session, actor, [person_id])
    pair = ":".join(sorted((str(actor.user_id), str(person_id))))
    now = clock.now()
    row = {
        "id": new_id(),
        "type": ConversationType.DIRECT,
        "pair": pair,
        "creator_id": actor.user_id,
        "last_number": 0,
    }
    insert = insert_into(session, Conversation).values(row)
    await session.execute(insert.on_conflict_do_nothing(index_elements=["pair"]))
    conversation = await queries.find_direct(session, pair)
    if conversation is None:  # The other's transaction made it and was then rolled back.
        raise PersonUnknown
    request = await queries.find_request(session, conversation.id)
    if (
        request is not None
        and request.recipient_id == actor.user_id
        and request.status is RequestStatus.DECLINED
    ):
        raise RequestDeclined
    for user_id in (actor.user_id, person_id):
        place = {
            "conversation_id": conversation.id,
            "user_id": user_id,
            "role": ParticipantRole.MEMBER,
            "joined_at": now,
            "is_hidden": False,
            "is_muted": False,
            "is_pinned": False,
            "delivered_number": 0,
            "read_number": 0,
            "last_number": 0,
        }
        await session.execute(
            insert_into(session, Participant).values(place).on_conflict_do_nothing()
        )
    return conversation.id


async def start_group(
    session: AsyncSession, actor: Actor, name: str, person_ids: Sequence[uuid.UUID]
) -> uuid.UUID:
    """Make a group of which the actor is admin.

    Raises PersonUnknown, PersonBlocked, RequestPending or GroupFull.
    """
    people = await addable_people(
        session, actor, [id_ for id_ in person_ids if id_ != actor.user_id]
    )
    if len(people) >= MOST_PARTICIPANTS:
        raise GroupFull
    conversation = Conversation(
        type=ConversationType.GROUP, name=name, creator_id=actor.user_id, last_number=0
    )
    session.add(conversation)
    await session.flush()
    session.add(
        Participant(
            conversation_id=conversation.id, user_id=actor.user_id, role=ParticipantRole.ADMIN
        )
    )
    session.add_all(
        Participant(conversation_id=conversation.id, user_id=person.id) for person in people
    )
    await session.flush()
    await append(session, conversation, actor, system=note("created", people, name=name))
    return conversation.id


async def needs_request(session: AsyncSession, actor: Actor, other: User) -> bool:
    """Say whether the other has to be asked before the actor may write (PRODUCT 7)."""
    if actor.is_admin or other.may_write is MayWrite.EVERYONE:
        return False
    relation = await get_relation(session, other.id, actor.user_id)
    allowed = {
        MayWrite.FOLLOWERS: relation.follows_back,
        MayWrite.MUTUAL: relation.follows_back and relation.is_followed,
    }
    return not allowed.get(other.may_write, False)


async def ask_first(session: AsyncSession, actor: Actor, conversation: Conversation) -> None:
    """Make the first message of a direct conversation a request where the other wants that."""
    found = await queries.list_participants(session, conversation.id)
    other = next(person for _, person in found if person.id != actor.user_id)
    if await needs_request(session, actor, other):
        session.add(
            MessageRequest(
                requester_id=actor.user_id,
                recipient_id=other.id,
                conversation_id=conversation.id,
            )
        )
        await session.flush()


async def reachable_people(
    session: AsyncSession, actor: Actor, ids: Sequence[uuid.UUID]
) -> list[User]:
    """Return people whom the actor may have contact with; raises PersonUnknown, PersonBlocked."""
    found = await find_people(session, set(ids))
    if len(found) < len(set(ids)) or any(person.disabled_at for person in found.values()):
        raise PersonUnknown
    if await list_blocked(session, actor.user_id) & found.keys():
        raise PersonBlocked
    return sorted(found.values(), key=lambda person: person.username)


async def addable_people(
    session: AsyncSession, actor: Actor, ids: Sequence[uuid.UUID]
) -> list[User]:
    """Return people whom the actor may bring into a group, which is a way to write to them.

    Raises PersonUnknown, PersonBlocked, or RequestPending where one of them was asked and has
    not accepted.
    """
    people = await reachable_people(session, actor, ids)
    if await queries.has_unaccepted(session, actor.user_id, ids):
        raise RequestPending
    return people
