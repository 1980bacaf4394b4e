"""Watching together over HTTP."""

from uuid import UUID

from fastapi import APIRouter

from lumenhall.domains.chat import service
from lumenhall.domains.chat.schemas import NewParty, PartyCommand, PartyLook
from lumenhall.domains.identity.deps import CurrentActor
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter(prefix="/conversations/{conversation_id}/watching")


@router.get("")
async def get_party(conversation_id: UUID, actor: CurrentActor, session: Reads) -> PartyLook | None:
    """What the conversation watches together at the moment, if anything."""
    return await service.show_party(session, actor, conversation_id)


@router.post("", status_code=201)
async def start_party(
    conversation_id: UUID, actor: CurrentActor, context: Context, session: Writes, new: NewParty
) -> PartyLook:
    """Begin to watch a video together."""
    return await service.start_party(session, context, actor, conversation_id, new)


@router.put("/{party_id}")
async def steer_party(
    conversation_id: UUID,
    party_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    command: PartyCommand,
) -> PartyLook:
    """Play, pause, seek or change the speed for everyone; the answer says what holds now.

    A command for another version than the newest changes nothing.
    """
    return await service.steer_party(session, context, actor, conversation_id, party_id, command)


@router.delete("/{party_id}", status_code=204)
async def end_party(
    conversation_id: UUID, party_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """End it for everyone; whoever started it may, and the admins of the group."""
    await service.end_party(session, actor, conversation_id, party_id)


@router.put("/{party_id}/here")
async def keep_here(
    conversation_id: UUID, party_id: UUID, actor: CurrentActor, session: Writes
) -> PartyLook:
    """Watch along; say so again every five seconds."""
    return await service.keep_here(session, actor, conversation_id, party_id)


@router.delete("/{party_id}/here", status_code=204)
async def leave_party(
    conversation_id: UUID, party_id: UUID, actor: CurrentActor, session: Writes
) -> None:
    """Watch along no more."""
    await service.leave_party(session, actor, conversation_id, party_id)
