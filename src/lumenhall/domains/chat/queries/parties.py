"""Videos that are watched together."""

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.errors import PartyOver
from lumenhall.domains.chat.models import (
    Conversation,
    ConversationType,
    Participant,
    PartyPerson,
    WatchParty,
)
from lumenhall.domains.chat.policy import blocked
from lumenhall.domains.identity.models import Block, User
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import listed
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock


async def find_party(
    session: AsyncSession, conversation_id: uuid.UUID, *, lock: bool = False
) -> WatchParty | None:
    """Return what a conversation watches; with `lock` nobody else steers it for now."""
    return await session.scalar(_party(WatchParty.conversation_id == conversation_id, lock=lock))


async def get_party(
    session: AsyncSession, conversation_id: uuid.UUID, party_id: uuid.UUID
) -> WatchParty:
    """Return a party that nobody else steers for now; raises PartyOver."""
    party = await find_party_by_id(session, party_id)
    if party is None or party.conversation_id != conversation_id or party.video_id is None:
        raise PartyOver
    return party


async def find_party_by_id(session: AsyncSession, party_id: uuid.UUID) -> WatchParty | None:
    """Return a party that nobody else steers for now."""
    return await session.scalar(_party(WatchParty.id == party_id, lock=True))


async def find_length(session: AsyncSession, video_id: uuid.UUID | None) -> int | None:
    """Return the duration of a video in milliseconds, None as long as it is not known."""
    return await session.scalar(
        select(Asset.duration_ms)
        .join(Video, Video.asset_id == Asset.id)
        .where(Video.id == video_id)
    )


async def find_starter(session: AsyncSession, party: WatchParty) -> User:
    """Return who began to watch."""
    return await session.get_one(User, party.started_by_id)


async def find_person_here(
    session: AsyncSession, party_id: uuid.UUID, user_id: uuid.UUID
) -> PartyPerson | None:
    """Return whether and until when somebody watches along."""
    return await session.get(PartyPerson, (party_id, user_id), populate_existing=True)


async def list_here(session: AsyncSession, party: WatchParty) -> Sequence[User]:
    """Return who watches along and still takes part in the conversation, by name."""
    found = await session.scalars(
        select(User)
        .join(PartyPerson, PartyPerson.user_id == User.id)
        .join(Participant, Participant.user_id == User.id)
        .where(
            PartyPerson.party_id == party.id,
            PartyPerson.until > clock.now(),
            Participant.conversation_id == party.conversation_id,
            Participant.left_at.is_(None),
        )
        .order_by(User.display_name, User.id)
    )
    return found.all()


async def list_blocks_among(
    session: AsyncSession, people: Collection[uuid.UUID]
) -> set[tuple[uuid.UUID, uuid.UUID]]:
    """Return those pairs, both ways round, of which one has blocked the other."""
    found = await session.execute(
        select(Block.blocker_id, Block.blocked_id).where(
            Block.blocker_id.in_(people), Block.blocked_id.in_(people)
        )
    )
    pairs = {(row.blocker_id, row.blocked_id) for row in found}
    return pairs | {(other, one) for one, other in pairs}


async def list_those_in_step(
    session: AsyncSession, conversation_id: uuid.UUID, speaker_id: uuid.UUID
) -> dict[uuid.UUID, bool]:
    """Return who is told how a party goes on, and whether also who has made it so.

    In a group that is everybody; those who have blocked the speaker are not told who it was.
    """
    is_blocked = blocked(speaker_id, Participant.user_id)
    found = await session.execute(
        select(Participant.user_id, is_blocked)
        .join(Conversation, Conversation.id == Participant.conversation_id)
        .where(
            Participant.conversation_id == conversation_id,
            Participant.left_at.is_(None),
            or_(Conversation.type == ConversationType.GROUP, ~is_blocked),
        )
    )
    return {user_id: not is_hidden for user_id, is_hidden in found}


async def list_blind_parties(
    session: AsyncSession, video_id: uuid.UUID | None
) -> Sequence[uuid.UUID]:
    """Return the parties of a video that not everybody can see any more; None: of deleted ones."""
    wanted = select(WatchParty.id).where(WatchParty.video_id == video_id)
    if video_id is not None:
        is_listed = (
            select(1)
            .select_from(Video)
            .join(Asset, Asset.id == Video.asset_id)
            .where(Video.id == video_id, listed(clock.now()))
        )
        wanted = wanted.where(~is_listed.exists())
    return (await session.scalars(wanted)).all()


async def list_deserted(session: AsyncSession, before: datetime) -> Sequence[uuid.UUID]:
    """Return the parties at which nobody has been seen since."""
    return (await session.scalars(select(WatchParty.id).where(WatchParty.seen_at < before))).all()


def _party(condition: ColumnElement[bool], *, lock: bool) -> Select[WatchParty]:
    wanted = select(WatchParty).where(condition)
    wanted = wanted.execution_options(populate_existing=True)
    return wanted.with_for_update() if lock else wanted
