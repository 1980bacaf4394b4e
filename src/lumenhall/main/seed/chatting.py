"""Lets the neighbours follow and write to each other, each only once."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from itertools import permutations

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import service as chat
from lumenhall.domains.chat.models import Conversation
from lumenhall.domains.chat.schemas import NewMessage
from lumenhall.domains.identity import service as identity
from lumenhall.domains.identity.policy import Actor
from lumenhall.main.seed.chats import CHATS, CIRCLES, Chat, Line
from lumenhall.main.seed.talking import NAMESPACE, Stage, list_stages
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

PAUSE = timedelta(minutes=7)


async def chat_away(context: AppContext, actors: Mapping[str, Actor]) -> None:
    """Add the follows and conversations that are missing."""
    async with context.database.write() as session:
        for circle in CIRCLES:
            for follower, followed in permutations(circle, 2):
                await identity.follow(session, actors[follower], followed)
        videos = await list_stages(session)
    for number, talk in enumerate(CHATS):
        await _hold(context, actors, talk, number, videos)


async def _hold(
    context: AppContext,
    actors: Mapping[str, Actor],
    talk: Chat,
    number: int,
    videos: Mapping[str, Stage],
) -> None:
    said_at = clock.now() - timedelta(hours=talk.hours)
    async with context.database.write() as session:
        with clock.freeze(said_at):
            conversation_id = await _begin(session, actors, talk)
    for line, words in enumerate(talk.lines):
        said_at += PAUSE
        # The same line is the same message, however often this runs.
        client_id = uuid.uuid5(NAMESPACE, f"chat {number} {line}")
        new = _message(words, client_id, videos)
        if new is not None:
            async with context.database.write() as session:
                with clock.freeze(said_at):
                    actor = actors[words.by]
                    await chat.send_message(session, context, actor, conversation_id, new)


async def _begin(session: AsyncSession, actors: Mapping[str, Actor], talk: Chat) -> uuid.UUID:
    first, *others = talk.people
    if talk.name is None:
        return await chat.start_direct(session, actors[first], actors[others[0]].user_id)
    there = await session.scalar(select(Conversation.id).where(Conversation.name == talk.name))
    if there is not None:
        return there
    ids = [actors[name].user_id for name in others]
    return await chat.start_group(session, actors[first], talk.name, ids)


def _message(words: Line, client_id: uuid.UUID, videos: Mapping[str, Stage]) -> NewMessage | None:
    if words.video is None:
        return NewMessage(client_id=client_id, text=words.text)
    if words.video not in videos:
        return None
    stage = videos[words.video]
    moment = None if words.moment is None else min(words.moment, stage.duration_seconds)
    return NewMessage(
        client_id=client_id,
        text=words.text,
        shared_video_id=stage.video_id,
        shared_moment_seconds=moment,
    )
