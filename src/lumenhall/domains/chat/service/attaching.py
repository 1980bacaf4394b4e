"""Pictures, videos and voice notes: they come before the message that takes them along."""

import io
import uuid
from collections.abc import Sequence
from datetime import timedelta

from PIL import Image
from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import (
    AttachmentUnknown,
    TooManyAttachments,
    TooManyMessages,
    VoiceNotReadable,
    VoiceTooLong,
)
from lumenhall.domains.chat.models import MediaType, MessageMedia, MessageType
from lumenhall.domains.chat.policy import can_write
from lumenhall.domains.chat.schemas import NewChatVideo
from lumenhall.domains.chat.service.small import SMALL_SIDE, has_small, small_key
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.service.removal import remove_file
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.service.voices import LONGEST_SECONDS, encode_voice
from lumenhall.domains.uploads import service as uploads
from lumenhall.domains.uploads.models import Upload
from lumenhall.domains.uploads.schemas import NewUpload
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id
from lumenhall.platform.kit.pictures import make_webp
from lumenhall.platform.limits import Limit

PICTURE_SIDE = 2048
MOST_ATTACHMENTS = 10
UPLOAD_PURPOSE = "chat_video"
KEPT_UNSENT = timedelta(days=1)
# Each costs a moment of work, before any message is counted.
PER_PERSON = Limit("attachments", 60, 60)


async def add_picture(
    app: AppContext, actor: Actor, conversation_id: uuid.UUID, data: bytes
) -> MessageMedia:
    """Keep a picture for a message: known by its content, made smaller, without metadata.

    Raises ConversationUnknown, RequestPending, TooManyMessages, PictureTooLarge or
    PictureNotReadable.
    """
    await _demand_writing(app, actor, conversation_id)
    webp = await make_webp(data, PICTURE_SIDE, square=False)
    with Image.open(io.BytesIO(webp)) as image:
        width, height = image.size
    attached = _attached(actor, conversation_id, MediaType.IMAGE, width=width, height=height)
    if has_small(attached):
        small = await make_webp(webp, SMALL_SIDE, square=False)
        await app.storage.put_bytes(small_key(_file_key(attached, "webp")), small)
    return await _keep(app, attached, "webp", webp)


async def add_voice(
    app: AppContext, actor: Actor, conversation_id: uuid.UUID, data: bytes
) -> MessageMedia:
    """Keep a voice note for a message; raises VoiceNotReadable or VoiceTooLong, or as above."""
    await _demand_writing(app, actor, conversation_id)
    try:
        voice = await encode_voice(app, data)
    except EncodingFailed as error:
        raise VoiceNotReadable from error
    if voice.duration_ms > (LONGEST_SECONDS + 1) * 1000:
        raise VoiceTooLong
    attached = _attached(
        actor,
        conversation_id,
        MediaType.VOICE,
        duration_ms=voice.duration_ms,
        waveform=voice.waveform,
    )
    return await _keep(app, attached, "m4a", voice.data)


async def add_video(
    session: AsyncSession,
    app: AppContext,
    actor: Actor,
    conversation_id: uuid.UUID,
    new: NewChatVideo,
) -> tuple[MessageMedia, Upload]:
    """Make a video for a message, and reserve the upload of its bytes.

    It plays as soon as one of the library would. Raises ConversationUnknown, RequestPending
    and whatever `uploads.create_upload` refuses.
    """
    place = await queries.get_place(session, actor, conversation_id)
    can_write(actor.user_id, place.request).demand()
    asset = await media.create_asset(
        session,
        actor.user_id,
        original_filename=new.filename,
        file_size_bytes=new.size_bytes,
    )
    wanted = NewUpload(asset.id, new.filename, new.size_bytes, purpose=UPLOAD_PURPOSE)
    upload = await uploads.create_upload(session, app, actor, wanted)
    attached = _attached(actor, conversation_id, MediaType.VIDEO, asset_id=asset.id)
    session.add(attached)
    await session.flush()
    return attached, upload


async def find_attachments(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, ids: Sequence[uuid.UUID]
) -> tuple[list[MessageMedia], MessageType]:
    """Return what a new message takes along, in order, and the type that this makes it.

    Raises TooManyAttachments or AttachmentUnknown.
    """
    found = await queries.list_unsent(session, actor.user_id, conversation_id, ids)
    if len(found) < len(ids) or len(set(ids)) < len(ids):
        raise AttachmentUnknown
    attached = [found[media_id] for media_id in ids]
    is_voice = any(one.type is MediaType.VOICE for one in attached)
    if len(attached) > (1 if is_voice else MOST_ATTACHMENTS):
        raise TooManyAttachments
    return attached, MessageType.VOICE if is_voice else MessageType.MEDIA


async def discard(session: AsyncSession, attached: Sequence[MessageMedia]) -> None:
    """Delete attachments; their files follow after the commit."""
    for one in attached:
        if one.file_key is not None:
            await remove_file(session, one.file_key)
            if has_small(one):
                await remove_file(session, small_key(one.file_key))
        if one.asset_id is not None:
            await uploads.cancel_uploads_of_asset(session, one.asset_id)
            await media.delete_asset(session, one.asset_id)
    gone = [one.id for one in attached]
    await session.execute(delete(MessageMedia).where(MessageMedia.id.in_(gone)))


async def discard_own(session: AsyncSession, actor: Actor, media_id: uuid.UUID) -> None:
    """Delete what the actor attached and has not sent, with its upload; raises MediaUnknown."""
    await discard(session, [await queries.get_unsent(session, actor, media_id)])


async def discard_unsent(app: AppContext) -> int:
    """Delete what was attached a day ago and never sent; return how many."""
    async with app.database.write() as session:
        left = await queries.list_left(session, clock.now() - KEPT_UNSENT)
        await discard(session, left)
        return len(left)


def _attached(
    actor: Actor, conversation_id: uuid.UUID, type_: MediaType, **values: object
) -> MessageMedia:
    return MessageMedia(
        id=new_id(),
        conversation_id=conversation_id,
        owner_id=actor.user_id,
        type=type_,
        **values,
    )


async def _demand_writing(app: AppContext, actor: Actor, conversation_id: uuid.UUID) -> None:
    async with app.database.read() as session:
        place = await queries.get_place(session, actor, conversation_id)
    can_write(actor.user_id, place.request).demand()
    if wait := await app.limiter.wait_for(PER_PERSON, str(actor.user_id)):
        raise TooManyMessages(retry_after=wait)


async def _keep(app: AppContext, attached: MessageMedia, suffix: str, data: bytes) -> MessageMedia:
    attached.file_key = _file_key(attached, suffix)
    await app.storage.put_bytes(attached.file_key, data)
    async with app.database.write() as session:
        session.add(attached)
    return attached


def _file_key(attached: MessageMedia, suffix: str) -> str:
    return f"chat/{attached.conversation_id}/{attached.id}.{suffix}"
