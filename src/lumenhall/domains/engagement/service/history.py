"""Taking what one has watched out of one's history; views that were counted stay."""

import uuid

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.identity.policy import Actor


async def forget_video(session: AsyncSession, actor: Actor, video_id: uuid.UUID) -> None:
    """Forget how far the actor is with a video, if they are anywhere; raises VideoUnknown."""
    await queries.get_standing(session, actor, video_id)
    await session.execute(
        delete(WatchProgress).where(
            WatchProgress.user_id == actor.user_id, WatchProgress.video_id == video_id
        )
    )


async def forget_all(session: AsyncSession, actor: Actor) -> None:
    """Forget all that the actor has ever watched."""
    await session.execute(delete(WatchProgress).where(WatchProgress.user_id == actor.user_id))
