"""What is attached to messages, and to whom it may be shown."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.errors import MediaUnknown
from lumenhall.domains.chat.models import (
    Conversation,
    MediaType,
    Message,
    MessageMedia,
    MessageType,
    Participant,
)
from lumenhall.domains.chat.policy import blocked, open_to
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.models import Asset

MOST_AT_ONCE = 500
WITH_MEDIA = frozenset({MessageType.MEDIA, MessageType.VOICE})


@dataclass(slots=True)
class Attached:
    """How much is attached to a message; `voice_ms` is the length of a voice note."""

    images: int = 0
    videos: int = 0
    voice_ms: int | None = None


async def list_media(
    session: AsyncSession, message_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[tuple[MessageMedia, Asset | None]]]:
    """Return what is attached to each of these messages, in order, with the assets of videos."""
    found = await session.execute(
        select(MessageMedia, Asset)
        .outerjoin(Asset, Asset.id == MessageMedia.asset_id)
        .where(MessageMedia.message_id.in_(message_ids))
        .order_by(MessageMedia.message_id, MessageMedia.sort_order)
    )
    attached: defaultdict[uuid.UUID, list[tuple[MessageMedia, Asset | None]]] = defaultdict(list)
    for one, asset in found:
        if one.message_id is not None:
            attached[one.message_id].append((one, asset))
    return attached


async def count_media(
    session: AsyncSession, messages: Collection[Message]
) -> dict[uuid.UUID, Attached]:
    """Return how much is attached to each of these messages; those with nothing are left out."""
    ids = {one.id for one in messages if one.type in WITH_MEDIA}
    if not ids:
        return {}
    found = await session.execute(
        select(
            MessageMedia.message_id,
            MessageMedia.type,
            func.count(),
            func.max(MessageMedia.duration_ms),
        )
        .where(MessageMedia.message_id.in_(ids))
        .group_by(MessageMedia.message_id, MessageMedia.type)
    )
    counted: dict[uuid.UUID, Attached] = {}
    for message_id, type_, count, duration_ms in found:
        if message_id is None:
            continue
        attached = counted.setdefault(message_id, Attached())
        if type_ is MediaType.IMAGE:
            attached.images = count
        elif type_ is MediaType.VIDEO:
            attached.videos = count
        else:
            attached.voice_ms = duration_ms
    return counted


async def get_unsent(session: AsyncSession, actor: Actor, media_id: uuid.UUID) -> MessageMedia:
    """Return an attachment of the actor's that no message took along; raises MediaUnknown."""
    found = await session.scalar(
        select(MessageMedia)
        .where(
            MessageMedia.id == media_id,
            MessageMedia.owner_id == actor.user_id,
            MessageMedia.message_id.is_(None),
        )
        .with_for_update()
    )
    if found is None:
        raise MediaUnknown
    return found


async def get_media(session: AsyncSession, actor: Actor, media_id: uuid.UUID) -> MessageMedia:
    """Return an attachment that the actor is shown, or has not sent yet; raises MediaUnknown."""
    found = await session.scalar(
        select(MessageMedia)
        .join(Conversation, Conversation.id == MessageMedia.conversation_id)
        .join(Participant, Participant.conversation_id == Conversation.id)
        .where(
            MessageMedia.id == media_id,
            open_to(actor),
            (MessageMedia.owner_id == actor.user_id)
            | (
                MessageMedia.message_id.is_not(None)
                & ~blocked(actor.user_id, MessageMedia.owner_id)
            ),
        )
    )
    if found is None:
        raise MediaUnknown
    return found


async def is_attached_for(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    """Say whether an asset is attached to a message that a person is shown."""
    media_id = await session.scalar(
        select(MessageMedia.id).where(
            MessageMedia.asset_id == asset_id, MessageMedia.message_id.is_not(None)
        )
    )
    if media_id is None:
        return False
    try:
        await get_media(session, Actor(user_id, Role.MEMBER), media_id)
    except MediaUnknown:
        return False
    return True


async def find_message_of(session: AsyncSession, asset_id: uuid.UUID) -> Message | None:
    """Return the message that a video is attached to."""
    return await session.scalar(
        select(Message)
        .join(MessageMedia, MessageMedia.message_id == Message.id)
        .where(MessageMedia.asset_id == asset_id)
    )


async def list_unsent(
    session: AsyncSession,
    owner_id: uuid.UUID,
    conversation_id: uuid.UUID,
    ids: Collection[uuid.UUID],
) -> dict[uuid.UUID, MessageMedia]:
    """Return those of the attachments that a person has made for a conversation and not sent.

    Nobody else changes them before this work is done.
    """
    found = await session.scalars(
        select(MessageMedia)
        .where(
            MessageMedia.id.in_(ids),
            MessageMedia.owner_id == owner_id,
            MessageMedia.conversation_id == conversation_id,
            MessageMedia.message_id.is_(None),
        )
        .with_for_update()
    )
    return {one.id: one for one in found}


async def list_left(session: AsyncSession, before: datetime) -> Sequence[MessageMedia]:
    """Return some of what was made before a moment and never sent; nobody sends it now."""
    found = await session.scalars(
        select(MessageMedia)
        .where(MessageMedia.message_id.is_(None), MessageMedia.created_at < before)
        .limit(MOST_AT_ONCE)
        .with_for_update()
    )
    return found.all()


async def list_attached(session: AsyncSession, message_id: uuid.UUID) -> Sequence[MessageMedia]:
    """Return what is attached to one message."""
    found = await session.scalars(select(MessageMedia).where(MessageMedia.message_id == message_id))
    return found.all()
