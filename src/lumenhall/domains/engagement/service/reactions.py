"""Reacting to videos and comments: the same again takes it back, another one replaces it."""

import uuid
from typing import Any

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import queries
from lumenhall.domains.engagement.events import CommentReacted, VideoReacted
from lumenhall.domains.engagement.models import CommentReaction, ReactionType, VideoReaction
from lumenhall.domains.engagement.schemas import ReactionAction, ReactionReply
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import queries as library
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock


async def react_to_video(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID, type_: ReactionType
) -> ReactionReply:
    """Add, change or take back the actor's reaction; raises VideoUnknown.

    The video is locked until the commit, so the counts are exact whoever else reacts.
    """
    video, asset = await library.get_video(session, actor, video_id)
    mine = {"user_id": actor.user_id, "video_id": video.id}
    action = await _toggle(session, VideoReaction, mine, type_)
    counts = await queries.count_video_reactions(session, video.id)
    await announce(session, VideoReacted(video.id, asset.id, actor.user_id, _by_name(counts)))
    return _reply(action, type_, counts)


async def react_to_comment(
    session: AsyncSession, actor: Actor, comment_id: uuid.UUID, type_: ReactionType
) -> ReactionReply:
    """Do the same to a comment; raises CommentUnknown."""
    comment, video = await queries.get_comment(session, actor, comment_id)
    mine = {"user_id": actor.user_id, "comment_id": comment.id}
    action = await _toggle(session, CommentReaction, mine, type_)
    counted = await queries.count_comment_reactions(session, [comment.id])
    counts = counted.get(comment.id, {})
    await announce(
        session,
        CommentReacted(comment.id, video.id, video.asset_id, actor.user_id, _by_name(counts)),
    )
    return _reply(action, type_, counts)


async def _toggle(
    session: AsyncSession,
    model: type[VideoReaction | CommentReaction],
    mine: dict[str, uuid.UUID],
    type_: ReactionType,
) -> ReactionAction:
    table: Any = model.__table__
    is_mine = [table.c[name] == value for name, value in mine.items()]
    before = await queries.find_reaction(session, model, *is_mine)
    values = {"type": type_, "created_at": clock.now()}
    if before is None:
        await session.execute(insert(table).values(**mine, **values))
        return ReactionAction.ADDED
    if before is type_:
        await session.execute(delete(table).where(*is_mine))
        return ReactionAction.REMOVED
    await session.execute(update(table).where(*is_mine).values(**values))
    return ReactionAction.CHANGED


def _by_name(counts: dict[ReactionType, int]) -> dict[str, int]:
    return {type_.value: count for type_, count in counts.items()}


def _reply(
    action: ReactionAction, type_: ReactionType, counts: dict[ReactionType, int]
) -> ReactionReply:
    reply = ReactionReply(action=action, reaction_counts=counts)
    if action is not ReactionAction.REMOVED:
        reply.type = type_
    return reply
