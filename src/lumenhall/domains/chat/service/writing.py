"""Saying something, saying it otherwise, reacting, and taking it back."""

import uuid

from sqlalchemy import delete
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.errors import (
    ClientIdUsed,
    MessageEmpty,
    MessageUnknown,
    MessageUnsent,
    ReplyUnknown,
    SharedVideoUnknown,
    TooManyAttachments,
    TooManyMessages,
)
from lumenhall.domains.chat.events import ConversationChanged, MessageChanged, MessageReacted
from lumenhall.domains.chat.models import (
    ConversationType,
    Message,
    MessageMedia,
    MessageReaction,
    MessageType,
    RequestStatus,
)
from lumenhall.domains.chat.policy import can_change, can_unsend, can_write
from lumenhall.domains.chat.schemas import NewMessage
from lumenhall.domains.chat.service.appending import append
from lumenhall.domains.chat.service.attaching import discard, find_attachments
from lumenhall.domains.chat.service.finding import forget_words, note_words
from lumenhall.domains.chat.service.mentioning import note_mentions
from lumenhall.domains.chat.service.starting import ask_first
from lumenhall.domains.chat.service.tidying import tidy_index_soon
from lumenhall.domains.chat.service.wording import is_bad
from lumenhall.domains.engagement.errors import MomentBeyondEnd
from lumenhall.domains.engagement.models import ReactionType
from lumenhall.domains.identity.policy import Actor
from lumenhall.platform.context import AppContext
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.events import announce
from lumenhall.platform.kit import clock
from lumenhall.platform.limits import Limit

PER_CONVERSATION = Limit("messages", 30, 60)


async def send_message(
    session: AsyncSession,
    app: AppContext,
    actor: Actor,
    conversation_id: uuid.UUID,
    new: NewMessage,
) -> uuid.UUID:
    """Say something and return the message's id; the same `client_id` again, the same id.

    Raises ConversationUnknown, RequestPending, MessageEmpty, ReplyUnknown,
    SharedVideoUnknown, MomentBeyondEnd, AttachmentUnknown, TooManyAttachments, ClientIdUsed or
    TooManyMessages.
    """
    # The conversation is locked until the commit: its numbers have no gaps, and the same
    # message sent twice at once is in once.
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    sent = await queries.find_sent(session, actor.user_id, new.client_id)
    if sent is not None:
        if sent.conversation_id != conversation_id:
            raise ClientIdUsed
        return sent.id
    await _open(session, actor, place)
    type_ = await _check(session, actor, conversation_id, new)
    attached: list[MessageMedia] = []
    if new.media_ids:
        attached, type_ = await find_attachments(session, actor, conversation_id, new.media_ids)
    if wait := await app.limiter.wait_for(PER_CONVERSATION, f"{actor.user_id}:{conversation_id}"):
        raise TooManyMessages(retry_after=wait)
    message = await append(
        session,
        place.conversation,
        actor,
        attached,
        flagged=await is_bad(session, new.text),
        client_id=new.client_id,
        type=type_,
        text=new.text,
        reply_to_id=new.reply_to_id,
        shared_video_id=new.shared_video_id,
        shared_moment_seconds=new.shared_moment_seconds if new.shared_video_id else None,
    )
    await note_mentions(session, message, is_new=True)
    return message.id


async def change_message(
    session: AsyncSession,
    actor: Actor,
    conversation_id: uuid.UUID,
    message_id: uuid.UUID,
    text: str,
) -> None:
    """Give one's own message another text.

    Raises ConversationUnknown, MessageUnknown, NotYourMessage, MessageTooOld or MessageUnsent.
    """
    await queries.get_place(session, actor, conversation_id, lock=True)
    message = await queries.get_message(session, actor, conversation_id, message_id)
    can_change(actor, message, clock.now()).demand()
    if message.text != text:
        message.text, message.edited_at = text, clock.now()
        message.flagged = await is_bad(session, text)
        await session.flush()
        await note_words(session, message)
        await tidy_index_soon(session)
        await _announce_change(session, message)
        await note_mentions(session, message)


async def unsend_message(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, message_id: uuid.UUID
) -> None:
    """Take one's own message back for everyone; its number stays. Safe to repeat.

    Raises ConversationUnknown, MessageUnknown or NotYourMessage.
    """
    await queries.get_place(session, actor, conversation_id, lock=True)
    message = await queries.get_message(session, actor, conversation_id, message_id)
    can_unsend(actor, message).demand()
    if message.unsent_at is None:
        await take_back(session, message)


async def take_back(session: AsyncSession, message: Message) -> None:
    """Leave nothing of a message but its number; the caller holds the lock of the conversation."""
    message.unsent_at = clock.now()
    message.text, message.edited_at, message.flagged = "", None, False
    message.reply_to_id = message.shared_video_id = message.shared_moment_seconds = None
    await session.execute(delete(MessageReaction).where(MessageReaction.message_id == message.id))
    await discard(session, await queries.list_attached(session, message.id))
    await session.flush()
    await forget_words(session, message)
    await tidy_index_soon(session)
    await _announce_change(session, message)
    await note_mentions(session, message)


async def react_to_message(
    session: AsyncSession,
    actor: Actor,
    conversation_id: uuid.UUID,
    message_id: uuid.UUID,
    type_: ReactionType | None,
) -> queries.Reactions:
    """Set the actor's reaction to a message, or take it back with None. Safe to repeat.

    Raises ConversationUnknown, MessageUnknown, RequestPending or MessageUnsent.
    """
    place = await queries.get_place(session, actor, conversation_id, lock=True)
    can_write(actor.user_id, place.request).demand()
    message = await queries.get_message(session, actor, conversation_id, message_id)
    if message.unsent_at is not None:
        raise MessageUnsent
    before = await queries.find_reaction(session, actor.user_id, message.id)
    if type_ is None:
        await session.execute(
            delete(MessageReaction).where(
                MessageReaction.message_id == message.id, MessageReaction.user_id == actor.user_id
            )
        )
    else:
        mine = {"user_id": actor.user_id, "message_id": message.id}
        values = {"type": type_, "created_at": clock.now()}
        await session.execute(
            insert_into(session, MessageReaction)
            .values(mine | values)
            .on_conflict_do_update(index_elements=list(mine), set_=values)
        )
    counted = await queries.count_reactions(session, actor.user_id, [message.id])
    now = counted.get(message.id, queries.Reactions({}, None))
    if before is not type_:
        counts = {kind.value: count for kind, count in now.counts.items()}
        await announce(
            session,
            MessageReacted(
                conversation_id,
                message.id,
                message.number,
                message.sender_id,
                actor.user_id,
                type_,
                counts,
            ),
        )
    return now


async def _open(session: AsyncSession, actor: Actor, place: queries.Place) -> None:
    """Make the first message a request where it has to be one, and an answer an acceptance."""
    conversation, request = place.conversation, place.request
    if conversation.type is ConversationType.GROUP:
        return
    if request is None:
        if conversation.last_number == 0:
            await ask_first(session, actor, conversation)
        return
    if request.status is RequestStatus.PENDING and conversation.last_number == 0:
        return
    can_write(actor.user_id, request).demand()
    if request.status is RequestStatus.PENDING:
        request.status, request.decided_at = RequestStatus.ACCEPTED, clock.now()
        await session.flush()
        both = frozenset({request.requester_id, request.recipient_id})
        await announce(session, ConversationChanged(conversation.id, both))


async def _check(
    session: AsyncSession, actor: Actor, conversation_id: uuid.UUID, new: NewMessage
) -> MessageType:
    if new.reply_to_id is not None:
        try:
            answered = await queries.get_message(session, actor, conversation_id, new.reply_to_id)
        except MessageUnknown as error:
            raise ReplyUnknown from error
        if answered.unsent_at is not None:
            raise ReplyUnknown
    if new.shared_video_id is not None:
        if new.media_ids:
            raise TooManyAttachments
        shared = await queries.find_published_video(session, actor, new.shared_video_id)
        if shared is None:
            raise SharedVideoUnknown
        if (new.shared_moment_seconds or 0) > (shared[1].duration_seconds or 0):
            raise MomentBeyondEnd
        return MessageType.SHARED_VIDEO
    if not new.text and not new.media_ids:
        raise MessageEmpty
    return MessageType.TEXT


async def _announce_change(session: AsyncSession, message: Message) -> None:
    await announce(
        session,
        MessageChanged(message.conversation_id, message.id, message.number, message.sender_id),
    )
