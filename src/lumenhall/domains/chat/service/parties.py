"""Watching a video together: one state for all, on the server, which players keep in step with.

A command names the version that it changes. Of two that are given at once the first counts, and
both callers are answered with what holds for everybody; the same holds for one that is repeated.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import (
    AlreadyWatching,
    PartyOver,
    SharedVideoUnknown,
    TooManyCommands,
    TooManyMessages,
)
from lumenhall.domains.chat.events import (
    MessageChanged,
    PartyEnded,
    PartyPeopleChanged,
    PartySteered,
)
from lumenhall.domains.chat.models import Message, PartyPerson, WatchParty
from lumenhall.domains.chat.policy import can_end_watching, can_start_watching, can_write
from lumenhall.domains.chat.schemas import NewParty, PartyCommand, PartyLook
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.chat.service.playing import Playing, deed, position_at
from lumenhall.domains.chat.service.writing import PER_CONVERSATION
from lumenhall.domains.engagement.errors import MomentBeyondEnd
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import list_blocked
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.platform.context import AppContext
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.limits import Limit

# Pages say every five seconds that they are there; one that has missed two of them is gone.
HERE_FOR = timedelta(seconds=12)
DESERTED_FOR = timedelta(minutes=5)
COMMANDS = Limit("watching", 120, 60)


async def start_party(
    session: AsyncSession,
    app: AppContext,
    actor: Actor,
    conversation_id: uuid.UUID,
    new: NewParty,
) -> PartyLook:
    """Begin to watch a video together, and say so in a message.

    Where that video is being watched already, the actor joins. Raises ConversationUnknown,
    RequestPending, NotTalkingYet, SharedVideoUnknown, MomentBeyondEnd, AlreadyWatching or
    TooManyMessages.
    """
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    can_start_watching(actor.user_id, place.conversation, place.request).demand()
    found = await queries.find_published_video(session, actor, new.video_id)
    if found is None:
        raise SharedVideoUnknown
    video, asset = found
    running = await queries.find_party(session, conversation_id, lock=True)
    if running is not None and running.seen_at < clock.now() - DESERTED_FOR:
        await _end(session, running, "nobody", running.started_by_id)
        running = None
    if running is not None and running.video_id != video.id:
        raise AlreadyWatching
    if running is not None:
        return await keep_here(session, actor, conversation_id, running.id)
    if new.position_seconds > (asset.duration_seconds or 0):
        raise MomentBeyondEnd
    if wait := await app.limiter.wait_for(PER_CONVERSATION, f"{actor.user_id}:{conversation_id}"):
        raise TooManyMessages(retry_after=wait)
    party_id = new_id()
    message = await append(
        session,
        place.conversation,
        actor,
        system=note("watching", party_id=str(party_id)),
        shared_video_id=video.id,
    )
    party = WatchParty(
        id=party_id,
        conversation_id=conversation_id,
        message_id=message.id,
        video_id=video.id,
        started_by_id=actor.user_id,
        position_ms=round(new.position_seconds * 1000),
        version=1,
    )
    session.add(party)
    await session.flush()
    await _tell_steered(session, actor, party, "started")
    return await keep_here(session, actor, conversation_id, party_id)


async def show_party(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID
) -> PartyLook | None:
    """Return what the conversation watches; raises ConversationUnknown or RequestPending."""
    place = await queries.get_place(session, actor, conversation_id)
    can_write(actor.user_id, place.request).demand()
    party = await queries.find_party(session, conversation_id)
    if party is None or party.video_id is None:
        return None
    return await _look(session, actor, place, party)


async def steer_party(
    session: AsyncSession,
    app: AppContext,
    actor: Actor,
    conversation_id: uuid.UUID,
    party_id: uuid.UUID,
    command: PartyCommand,
) -> PartyLook:
    """Play, pause or go on elsewhere, for everyone; return what holds for everyone now.

    Raises ConversationUnknown, RequestPending, PartyOver or TooManyCommands.
    """
    place, party = await _at_party(session, actor, conversation_id, party_id)
    if wait := await app.limiter.wait_for(COMMANDS, f"{actor.user_id}:{party_id}"):
        raise TooManyCommands(retry_after=wait)
    if command.version == party.version:
        length = await queries.find_length(session, party.video_id)
        before = _playing(party)
        asked = Playing(
            command.state, round(command.position_seconds * 1000), command.rate, clock.now()
        )
        party.state, party.rate, party.changed_at = asked.state, asked.rate, asked.at
        party.position_ms = position_at(asked, asked.at, length)
        party.version += 1
        await session.flush()
        await _tell_steered(session, actor, party, deed(before, asked))
    return await _look(session, actor, place, party)


async def end_party(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, party_id: uuid.UUID
) -> None:
    """End it for everyone; raises ConversationUnknown, RequestPending, PartyOver, NotYourParty."""
    place, party = await _at_party(session, actor, conversation_id, party_id)
    can_end_watching(place.participant, party).demand()
    await _end(session, party, "ended", actor.user_id)


async def keep_here(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, party_id: uuid.UUID
) -> PartyLook:
    """Watch along, or say again that one does; it counts for a few seconds.

    Whoever has not said so again is gone by now. Raises as `steer_party` does.
    """
    place, party = await _at_party(session, actor, conversation_id, party_id)
    now = clock.now()
    before = await queries.find_person_here(session, party_id, actor.user_id)
    is_new = before is None or before.until <= now
    until = now + HERE_FOR
    mine = {"party_id": party_id, "user_id": actor.user_id, "until": until}
    await session.execute(
        insert_into(session, PartyPerson)
        .values(mine)
        .on_conflict_do_update(index_elements=["party_id", "user_id"], set_={"until": until})
    )
    party.seen_at = now
    await session.flush()
    if await _forget_gone(session, party_id, now) or is_new:
        await announce(session, PartyPeopleChanged(conversation_id, party_id))
    return await _look(session, actor, place, party)


async def leave_party(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, party_id: uuid.UUID
) -> None:
    """Watch along no more; the others go on. Safe to repeat, also when it is over.

    Raises ConversationUnknown or RequestPending.
    """
    place = await queries.get_place(session, actor, conversation_id)
    can_write(actor.user_id, place.request).demand()
    is_mine = (PartyPerson.party_id == party_id, PartyPerson.user_id == actor.user_id)
    gone = await session.execute(
        delete(PartyPerson).where(*is_mine).returning(PartyPerson.user_id),
        execution_options={"synchronize_session": False},
    )
    if gone.scalars().all():
        await announce(session, PartyPeopleChanged(conversation_id, party_id))


async def end_blind_parties(app: AppContext, video_id: uuid.UUID | None) -> None:
    """End what is watched of a video that not everybody can see any more; None: of deleted ones."""
    async with app.database.read() as session:
        blind = await queries.list_blind_parties(session, video_id)
    await _end_each(app, blind, "video")


async def end_deserted(app: AppContext) -> int:
    """End what nobody has watched for some minutes; return how many."""
    async with app.database.read() as session:
        deserted = await queries.list_deserted(session, clock.now() - DESERTED_FOR)
    await _end_each(app, deserted, "nobody")
    return len(deserted)


async def _end_each(app: AppContext, party_ids: Sequence[uuid.UUID], reason: str) -> None:
    # One at a time: whoever tells people of two things at once may wait for who does the same.
    for party_id in party_ids:
        async with app.database.write() as session:
            party = await queries.find_party_by_id(session, party_id)
            if party is not None:
                await _end(session, party, reason, party.started_by_id)


async def _at_party(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, party_id: uuid.UUID
) -> tuple[queries.Place, WatchParty]:
    place = await queries.get_place(session, actor, conversation_id)
    can_write(actor.user_id, place.request).demand()
    return place, await queries.get_party(session, conversation_id, party_id)


async def _look(
    session: AsyncSession, actor: Actor, place: queries.Place, party: WatchParty
) -> PartyLook:
    if party.video_id is None:
        raise PartyOver
    now = clock.now()
    length = await queries.find_length(session, party.video_id)
    strangers = await list_blocked(session, actor.user_id)
    people = await queries.list_here(session, party)
    starter = await queries.find_starter(session, party)
    return PartyLook(
        id=party.id,
        conversation_id=party.conversation_id,
        message_id=party.message_id,
        video_id=party.video_id,
        started_by=None if starter.id in strangers else PersonLook.model_validate(starter),
        can_end=bool(can_end_watching(place.participant, party)),
        state=party.state,
        position_seconds=position_at(_playing(party), now, length) / 1000,
        at=now,
        rate=party.rate,
        version=party.version,
        here=[PersonLook.model_validate(one) for one in people if one.id not in strangers],
    )


def _playing(party: WatchParty) -> Playing:
    return Playing(party.state, party.position_ms, party.rate, party.changed_at)


async def _forget_gone(session: AsyncSession, party_id: uuid.UUID, now: datetime) -> bool:
    gone = await session.execute(
        delete(PartyPerson)
        .where(PartyPerson.party_id == party_id, PartyPerson.until <= now)
        .returning(PartyPerson.user_id),
        execution_options={"synchronize_session": False},
    )
    return bool(gone.scalars().all())


async def _end(session: AsyncSession, party: WatchParty, reason: str, user_id: uuid.UUID) -> None:
    message = await session.get_one(Message, party.message_id)
    message.system = (message.system or {}) | {"ended": reason}
    ended = PartyEnded(party.conversation_id, party.id, reason, user_id)
    await session.execute(delete(PartyPerson).where(PartyPerson.party_id == party.id))
    await session.delete(party)
    await session.flush()
    await announce(
        session,
        MessageChanged(message.conversation_id, message.id, message.number, message.sender_id),
    )
    await announce(session, ended)


async def _tell_steered(session: AsyncSession, actor: Actor, party: WatchParty, did: str) -> None:
    await announce(
        session,
        PartySteered(
            party.conversation_id,
            party.id,
            party.version,
            party.state,
            party.position_ms / 1000,
            party.changed_at,
            party.rate,
            actor.user_id,
            did,
        ),
    )
