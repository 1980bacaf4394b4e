"""Messages as their readers see them, a page with all that hangs on it in a few statements."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Row, Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.errors import MessageUnknown
from lumenhall.domains.chat.models import Message, MessageMedia, MessageReaction
from lumenhall.domains.chat.policy import blocked
from lumenhall.domains.chat.queries.attachments import (
    WITH_MEDIA,
    Attached,
    count_media,
    list_media,
)
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Video
from lumenhall.domains.library.policy import listed, visible_to
from lumenhall.domains.media.models import Asset
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.paging import decode_cursor, encode_cursor


@dataclass(frozen=True, slots=True)
class MessageShown:
    """A message and all that a reply shows of it."""

    message: Message
    sender: User
    reply_to: tuple[Message, User] | None
    reply_media: Attached | None
    video: tuple[Video, Asset] | None
    media: list[tuple[MessageMedia, Asset | None]]
    reaction_counts: dict[ReactionType, int]
    my_reaction: ReactionType | None


@dataclass(frozen=True, slots=True)
class Reactions:
    """How people reacted to a message, and how the asker did."""

    counts: dict[ReactionType, int]
    mine: ReactionType | None


@dataclass(frozen=True, slots=True)
class Window:
    """Which messages: those before a cursor, or after a number, or around one; else the newest."""

    cursor: str | None = None
    after: int | None = None
    around: int | None = None


async def page_messages(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, window: Window, limit: int
) -> tuple[list[MessageShown], str | None]:
    """Return messages, the newest first, and the cursor of older ones.

    Those after a number are the next ones after it.
    """
    wanted = _messages(actor, conversation_id)
    rows: list[Row[Message, User]] = []
    before = None
    if window.after is not None:
        rows = await _next(session, wanted, window.after, limit)
        return await _shown(session, actor, rows), None
    if window.around is not None:
        rows = await _next(session, wanted, window.around - 1, limit // 2 + 1)
        before = window.around
    elif window.cursor is not None:
        before = decode_cursor(window.cursor, int)[0]
    if before is not None:
        wanted = wanted.where(Message.number < before)
    room = limit - len(rows)
    newest_first = wanted.order_by(Message.number.desc())
    older = (await session.execute(newest_first.limit(room + 1))).all()
    shown = await _shown(session, actor, [*rows, *older[:room]])
    more = len(older) > room and shown
    return shown, encode_cursor(shown[-1].message.number) if more else None


async def get_message(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, message_id: uuid.UUID
) -> Message:
    """Return a message that the actor is shown; raises MessageUnknown."""
    found = await session.scalar(
        select(Message).where(
            Message.id == message_id,
            Message.conversation_id == conversation_id,
            ~blocked(actor.user_id, Message.sender_id),
        )
    )
    if found is None:
        raise MessageUnknown
    return found


async def shown_message(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, message_id: uuid.UUID
) -> MessageShown:
    """Return one message as the actor sees it; raises MessageUnknown."""
    wanted = _messages(actor, conversation_id).where(Message.id == message_id)
    rows = (await session.execute(wanted.execution_options(populate_existing=True))).all()
    if not rows:
        raise MessageUnknown
    return (await _shown(session, actor, rows))[0]


async def find_sent(
    session: AsyncSession, sender_id: uuid.UUID, client_id: uuid.UUID
) -> Message | None:
    """Return the message that somebody has sent under this id already."""
    return await session.scalar(
        select(Message).where(Message.sender_id == sender_id, Message.client_id == client_id)
    )


async def find_reaction(
    session: AsyncSession, user_id: uuid.UUID, message_id: uuid.UUID
) -> ReactionType | None:
    """Return what a person feels about a message."""
    return await session.scalar(
        select(MessageReaction.type).where(
            MessageReaction.user_id == user_id, MessageReaction.message_id == message_id
        )
    )


async def find_published_video(
    session: AsyncSession, actor: Actor, video_id: uuid.UUID
) -> tuple[Video, Asset] | None:
    """Return a video that is published and that the actor may see, with its asset."""
    now = clock.now()
    found = await session.execute(
        select(Video, Asset)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Video.id == video_id, listed(now), visible_to(actor, now))
    )
    row = found.one_or_none()
    return (row[0], row[1]) if row else None


async def list_senders(
    session: AsyncSession, conversation_id: uuid.UUID, after: int, up_to: int, most: int
) -> set[uuid.UUID]:
    """Return who sent the newest `most` messages between two numbers."""
    newest = (
        select(Message.sender_id)
        .where(
            Message.conversation_id == conversation_id,
            Message.number > after,
            Message.number <= up_to,
        )
        .order_by(Message.number.desc())
        .limit(most)
        .subquery()
    )
    return set(await session.scalars(select(newest.c.sender_id).distinct()))


async def count_reactions(
    session: AsyncSession, user_id: uuid.UUID, message_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Reactions]:
    """Return how people reacted to each of these messages; those without any are left out."""
    if not message_ids:
        return {}
    is_mine = func.max(case((MessageReaction.user_id == user_id, 1), else_=0))
    found = await session.execute(
        select(MessageReaction.message_id, MessageReaction.type, func.count(), is_mine)
        .where(MessageReaction.message_id.in_(message_ids))
        .group_by(MessageReaction.message_id, MessageReaction.type)
    )
    counts: defaultdict[uuid.UUID, dict[ReactionType, int]] = defaultdict(dict)
    mine: dict[uuid.UUID, ReactionType] = {}
    for message_id, type_, count, is_own in found:
        counts[message_id][type_] = count
        if is_own:
            mine[message_id] = type_
    return {
        message_id: Reactions(counted, mine.get(message_id))
        for message_id, counted in counts.items()
    }


def _messages(actor: Actor, conversation_id: uuid.UUID) -> Select[Message, User]:
    messages = select(Message, User).join(User, User.id == Message.sender_id)
    return messages.where(
        Message.conversation_id == conversation_id,
        ~blocked(actor.user_id, Message.sender_id),
    )


async def _next(
    session: AsyncSession, wanted: Select[Message, User], number: int, limit: int
) -> list[Row[Message, User]]:
    following = wanted.where(Message.number > number).order_by(Message.number)
    return list((await session.execute(following.limit(limit))).all())[::-1]


async def _shown(
    session: AsyncSession, actor: Actor, rows: Sequence[Row[Message, User]]
) -> list[MessageShown]:
    messages: list[Message] = [row[0] for row in rows]
    replies = await _replies(
        session, actor, {one.reply_to_id for one in messages if one.reply_to_id}
    )
    reply_media = await count_media(session, [answered for answered, _ in replies.values()])
    videos = await _videos(
        session, actor, {one.shared_video_id for one in messages if one.shared_video_id}
    )
    reactions = await count_reactions(session, actor.user_id, [one.id for one in messages])
    with_media = [one.id for one in messages if one.type in WITH_MEDIA]
    attached = await list_media(session, with_media) if with_media else {}
    none = Reactions({}, None)
    return [
        MessageShown(
            message=message,
            sender=sender,
            reply_to=replies.get(message.reply_to_id) if message.reply_to_id else None,
            reply_media=reply_media.get(message.reply_to_id) if message.reply_to_id else None,
            video=videos.get(message.shared_video_id) if message.shared_video_id else None,
            media=attached.get(message.id, []),
            reaction_counts=reactions.get(message.id, none).counts,
            my_reaction=reactions.get(message.id, none).mine,
        )
        for message, sender in rows
    ]


async def _replies(
    session: AsyncSession, actor: Actor, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Message, User]]:
    if not ids:
        return {}
    found = await session.execute(
        select(Message, User)
        .join(User, User.id == Message.sender_id)
        .where(Message.id.in_(ids), ~blocked(actor.user_id, Message.sender_id))
    )
    return {message.id: (message, sender) for message, sender in found}


async def _videos(
    session: AsyncSession, actor: Actor, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, tuple[Video, Asset]]:
    if not ids:
        return {}
    may_see: ColumnElement[bool] = visible_to(actor, clock.now())
    found = await session.execute(
        select(Video, Asset)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Video.id.in_(ids), may_see)
    )
    return {video.id: (video, asset) for video, asset in found}
