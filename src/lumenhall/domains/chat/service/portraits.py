"""The picture of a group: read by its content, cut square, made small, without metadata."""

import hashlib
import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat.policy import can_manage
from lumenhall.domains.chat.service.appending import append, note
from lumenhall.domains.chat.service.groups import get_group, tell_changed
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.service.removal import remove_file
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.pictures import make_webp

PICTURE_SIDE = 512


async def set_group_picture(
    app: AppContext, actor: Actor, conversation_id: uuid.UUID, data: bytes
) -> None:
    """Give a group another picture.

    Raises ConversationUnknown, NotAGroup, NotGroupAdmin, PictureTooLarge or PictureNotReadable.
    """
    async with app.database.read() as session:
        place = await get_group(session, actor, conversation_id)
        can_manage(place.participant).demand()
    webp = await make_webp(data, PICTURE_SIDE, square=True)
    picture_hash = hashlib.sha256(webp).hexdigest()
    key = picture_key(conversation_id, picture_hash)
    await app.storage.put_bytes(key, webp)
    async with app.database.write() as session:
        await _change(session, actor, conversation_id, picture_hash)


async def remove_group_picture(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID
) -> None:
    """Take a group's picture away; safe to repeat. Raises as `set_group_picture` does."""
    await _change(session, actor, conversation_id, None)


def picture_key(conversation_id: uuid.UUID, picture_hash: str) -> str:
    """Return where the picture of a group lies in the storage."""
    return f"chat/{conversation_id}/picture-{picture_hash}.webp"


async def _change(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, picture_hash: str | None
) -> None:
    place = await get_group(session, actor, conversation_id)
    can_manage(place.participant).demand()
    conversation = place.conversation
    before, conversation.picture_hash = conversation.picture_hash, picture_hash
    if before == picture_hash:
        return
    await session.flush()
    if before is not None:
        await remove_file(session, picture_key(conversation_id, before))
    action = "pictured" if picture_hash else "unpictured"
    await append(session, conversation, actor, system=note(action))
    await tell_changed(session, conversation_id)
