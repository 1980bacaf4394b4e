"""Who follows whom, and who wants nothing to do with whom."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Exists, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.models import Block, Follow, User


@dataclass(frozen=True, slots=True)
class Relation:
    """What another person is to somebody."""

    is_followed: bool
    follows_back: bool
    is_blocked: bool
    blocks_back: bool

    @property
    def is_closed(self) -> bool:
        """Whether there is no contact between the two."""
        return self.is_blocked or self.blocks_back


async def get_relation(session: AsyncSession, person_id: uuid.UUID, other: uuid.UUID) -> Relation:
    """Return what `other` is to a person."""
    row = await session.execute(
        select(
            _follows(person_id, other),
            _follows(other, person_id),
            _blocks(person_id, other),
            _blocks(other, person_id),
        )
    )
    return Relation(*(bool(found) for found in row.one()))


async def list_blocked(session: AsyncSession, person_id: uuid.UUID) -> set[uuid.UUID]:
    """Return everybody with whom a person has no contact, whoever wanted that."""
    found = await session.scalars(
        union_all(
            select(Block.blocked_id).where(Block.blocker_id == person_id),
            select(Block.blocker_id).where(Block.blocked_id == person_id),
        )
    )
    return set(found)


async def list_blocks(session: AsyncSession, person_id: uuid.UUID) -> Sequence[User]:
    """Return whom a person has blocked, by name."""
    found = await session.scalars(
        select(User)
        .join(Block, Block.blocked_id == User.id)
        .where(Block.blocker_id == person_id)
        .order_by(User.username)
    )
    return found.all()


def _follows(who: uuid.UUID, whom: uuid.UUID) -> Exists:
    return select(1).where(Follow.follower_id == who, Follow.followed_id == whom).exists()


def _blocks(who: uuid.UUID, whom: uuid.UUID) -> Exists:
    return select(1).where(Block.blocker_id == who, Block.blocked_id == whom).exists()
