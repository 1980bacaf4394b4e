"""Who reacted with what, and how often."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement.models import CommentReaction, ReactionType, VideoReaction
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import listed
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


async def count_video_reactions(
    session: AsyncSession, video_id: uuid.UUID
) -> dict[ReactionType, int]:
    """Return how many people reacted to a video with each type; types nobody chose are left out."""
    found = await session.execute(
        select(VideoReaction.type, func.count().label("number"))
        .where(VideoReaction.video_id == video_id)
        .group_by(VideoReaction.type)
    )
    return {row.type: row.number for row in found}


async def find_reaction(
    session: AsyncSession,
    model: type[VideoReaction | CommentReaction],
    *conditions: ColumnElement[bool],
) -> ReactionType | None:
    """Return the type of the one reaction that meets the conditions."""
    return await session.scalar(select(model.type).where(*conditions))


async def find_my_reaction(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID
) -> ReactionType | None:
    """Return what the actor feels about a video."""
    return await session.scalar(
        select(VideoReaction.type).where(
            VideoReaction.video_id == video_id, VideoReaction.user_id == actor.user_id
        )
    )


async def list_most_reacted(
    session: AsyncSession, since: datetime, limit: int
) -> Sequence[uuid.UUID]:
    """Return the videos, of those that everybody can see, with the most reactions since then."""
    # Grouped by an expression, or SQLite would walk the index of all reactions by video.
    video_id = func.coalesce(VideoReaction.video_id, VideoReaction.video_id)
    counted = (
        select(video_id.label("video_id"), func.count().label("number"))
        .where(VideoReaction.created_at >= since)
        .group_by(video_id)
        .subquery()
    )
    found = await session.scalars(
        select(Video.id)
        .join(counted, counted.c.video_id == Video.id)
        .join(Asset, Asset.id == Video.asset_id)
        .where(listed(clock.now()))
        .order_by(counted.c.number.desc(), Video.id.desc())
        .limit(limit)
    )
    return found.all()


async def count_comment_reactions(
    session: AsyncSession, comment_ids: Sequence[uuid.UUID]
) -> dict[uuid.UUID, dict[ReactionType, int]]:
    """Return the same for each of these comments; those without any reaction are left out."""
    counts: defaultdict[uuid.UUID, dict[ReactionType, int]] = defaultdict(dict)
    if not comment_ids:
        return counts
    found = await session.execute(
        select(CommentReaction.comment_id, CommentReaction.type, func.count())
        .where(CommentReaction.comment_id.in_(comment_ids))
        .group_by(CommentReaction.comment_id, CommentReaction.type)
    )
    for comment_id, type_, count in found:
        counts[comment_id][type_] = count
    return counts


async def page_reacted(
    session: AsyncSession,
    video_id: uuid.UUID,
    type_: ReactionType | None,
    cursor: str | None,
    limit: int,
) -> tuple[list[tuple[VideoReaction, User]], str | None]:
    """Return who reacted to a video, the newest first, and the next cursor."""
    key = tuple_(VideoReaction.created_at, VideoReaction.user_id)
    wanted = (
        select(VideoReaction, User)
        .join(User, User.id == VideoReaction.user_id)
        .where(VideoReaction.video_id == video_id)
        .order_by(VideoReaction.created_at.desc(), VideoReaction.user_id.desc())
        .limit(limit + 1)
    )
    if type_ is not None:
        wanted = wanted.where(VideoReaction.type == type_)
    if cursor is not None:
        wanted = wanted.where(key < decode_cursor(cursor, datetime, uuid.UUID))
    found = [(reaction, user) for reaction, user in await session.execute(wanted)]
    if len(found) <= limit:
        return found, None
    last = found[limit - 1][0]
    return found[:limit], encode_cursor(last.created_at, last.user_id)
