"""Following and blocking. Each call is safe to repeat."""

from sqlalchemy import and_, delete, or_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.errors import NotWithYourself, PersonBlocked
from lumenhall.domains.identity.events import BlockChanged, PersonFollowed
from lumenhall.domains.identity.models import Block, Follow, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import get_person, get_relation
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def follow(session: AsyncSession, actor: Actor, username: str) -> None:
    """Follow somebody; raises PersonUnknown, NotWithYourself or PersonBlocked."""
    other = await _other(session, actor, username)
    relation = await get_relation(session, actor.user_id, other.id)
    if relation.is_closed:
        raise PersonBlocked
    row = {"follower_id": actor.user_id, "followed_id": other.id, "created_at": clock.now()}
    await session.execute(insert_into(session, Follow).values(row).on_conflict_do_nothing())
    if not relation.is_followed:
        await announce(session, PersonFollowed(actor.user_id, other.id))


async def unfollow(session: AsyncSession, actor: Actor, username: str) -> None:
    """Follow somebody no longer; raises PersonUnknown or NotWithYourself."""
    other = await _other(session, actor, username)
    await session.execute(
        delete(Follow).where(Follow.follower_id == actor.user_id, Follow.followed_id == other.id)
    )


async def block(session: AsyncSession, actor: Actor, username: str) -> None:
    """End every contact with somebody, both follows included.

    Raises PersonUnknown or NotWithYourself.
    """
    other = await _other(session, actor, username)
    await session.execute(
        delete(Follow).where(
            or_(
                and_(Follow.follower_id == actor.user_id, Follow.followed_id == other.id),
                and_(Follow.follower_id == other.id, Follow.followed_id == actor.user_id),
            )
        )
    )
    row = {"blocker_id": actor.user_id, "blocked_id": other.id, "created_at": clock.now()}
    await session.execute(insert_into(session, Block).values(row).on_conflict_do_nothing())
    await announce(session, BlockChanged(actor.user_id, other.id, blocked=True))


async def unblock(session: AsyncSession, actor: Actor, username: str) -> None:
    """Allow contact again; raises PersonUnknown or NotWithYourself."""
    other = await _other(session, actor, username)
    await session.execute(
        delete(Block).where(Block.blocker_id == actor.user_id, Block.blocked_id == other.id)
    )
    await announce(session, BlockChanged(actor.user_id, other.id, blocked=False))


async def _other(session: AsyncSession, actor: Actor, username: str) -> User:
    other = await get_person(session, username)
    if other.id == actor.user_id:
        raise NotWithYourself
    return other
