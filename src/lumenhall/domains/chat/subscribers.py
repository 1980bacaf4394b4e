"""What open pages hear of conversations, at once and, if they were away, later.

Each event goes to those who may know: who takes part, has not blocked the other, and did not
decline. A message comes whole where nothing of it depends on who reads it; otherwise its
readers fetch it.
"""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.events import (
    ConversationChanged,
    MentionsChanged,
    MessageChanged,
    MessageReacted,
    MessageSent,
    MessagesRead,
    PartyEnded,
    PartyPeopleChanged,
    PartySteered,
)
from lumenhall.domains.chat.policy import sees_marks
from lumenhall.domains.identity.events import BlockChanged
from lumenhall.domains.identity.models import Role
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.events import VideoChanged, VideoDeleted
from lumenhall.domains.media.access import allow
from lumenhall.domains.media.events import AssetFailed, AssetPlayable, AssetReady
from lumenhall.platform.context import AppContext
from lumenhall.platform.events import announce, subscribe
from lumenhall.platform.outbox import after_commit_send, deliverer
from lumenhall.platform.realtime import live

MOST_SENDERS_TOLD = 50
BLIND_PARTIES = "chat.blind_parties"


@subscribe(MessageSent)
async def on_message_sent(session: AsyncSession, event: MessageSent) -> None:
    await _tell_of_message(session, event, "chat.message")


@subscribe(MessageChanged)
async def on_message_changed(session: AsyncSession, event: MessageChanged) -> None:
    await _tell_of_message(session, event, "chat.message_changed")


@subscribe(MentionsChanged)
async def on_mentions_changed(session: AsyncSession, event: MentionsChanged) -> None:
    """Tell whom a message names, or named, also where the conversation is muted."""
    data = {
        "conversation_id": str(event.conversation_id),
        "message_id": str(event.message_id),
        "number": event.number,
        "by": str(event.sender_id),
    }
    for people, is_mentioned in ((event.came, True), (event.went, False)):
        await live.send(session, people, "chat.mentioned", data | {"is_mentioned": is_mentioned})


@subscribe(MessageReacted)
async def on_message_reacted(session: AsyncSession, event: MessageReacted) -> None:
    """Tell everybody who is shown the message how often; who it was, unless one is blocked."""
    data = {
        "conversation_id": str(event.conversation_id),
        "message_id": str(event.message_id),
        "number": event.number,
        "user_id": str(event.user_id),
        "type": event.type,
        "reaction_counts": event.reaction_counts,
    }
    readers = set(await queries.list_hearers(session, event.conversation_id, event.sender_id))
    hearers = set(await queries.list_hearers(session, event.conversation_id, event.user_id))
    await live.send(session, readers & hearers, "chat.reacted", data)
    await live.send(
        session, readers - hearers, "chat.reacted", data | {"user_id": None, "type": None}
    )


@subscribe(MessagesRead)
async def on_messages_read(session: AsyncSession, event: MessagesRead) -> None:
    """Tell the person's other pages and, of the messages in between, who sent them."""
    data = {
        "conversation_id": str(event.conversation_id),
        "user_id": str(event.user_id),
        "read_number": event.read_number,
        "delivered_number": event.delivered_number,
    }
    senders = await queries.list_senders(
        session,
        event.conversation_id,
        event.read_before,
        event.delivered_number,
        MOST_SENDERS_TOLD,
    )
    hearers = await queries.list_hearers(session, event.conversation_id, event.user_id)
    request = await queries.find_request(session, event.conversation_id)
    told = {one for one in senders & set(hearers) if sees_marks(one, request)}
    await live.send(session, told | {event.user_id}, "chat.read", data)


@subscribe(ConversationChanged)
async def on_conversation_changed(session: AsyncSession, event: ConversationChanged) -> None:
    await _tell_changed(session, event.conversation_id, event.user_ids)


@subscribe(BlockChanged)
async def on_block_changed(session: AsyncSession, event: BlockChanged) -> None:
    """Make the pages of both fetch what they still may see of each other, messages included."""
    both = (event.blocker_id, event.blocked_id)
    for conversation_id in await queries.list_shared(session, *both):
        await _tell_changed(session, conversation_id, both, has_other_messages=True)


@subscribe(PartySteered)
async def on_party_steered(session: AsyncSession, event: PartySteered) -> None:
    data = {
        "party_id": str(event.party_id),
        "version": event.version,
        "state": event.state,
        "position_seconds": event.position_seconds,
        "at": event.at.isoformat(),
        "rate": event.rate,
        "did": event.did,
    }
    await _tell_those_in_step(session, event, "chat.watching", data)


@subscribe(PartyEnded)
async def on_party_ended(session: AsyncSession, event: PartyEnded) -> None:
    data = {"party_id": str(event.party_id), "reason": event.reason}
    await _tell_those_in_step(session, event, "chat.watching_ended", data)


@subscribe(PartyPeopleChanged)
async def on_party_people_changed(session: AsyncSession, event: PartyPeopleChanged) -> None:
    """Tell everybody who watches along now; of those with a block between, nothing."""
    party = await queries.find_party(session, event.conversation_id)
    if party is None:
        return
    here = [one.id for one in await queries.list_here(session, party)]
    told = [
        person.id for _, person in await queries.list_participants(session, party.conversation_id)
    ]
    apart = await queries.list_blocks_among(session, told)
    for user_id in told:
        data = {
            "conversation_id": str(event.conversation_id),
            "party_id": str(event.party_id),
            "people": [str(one) for one in here if (user_id, one) not in apart],
        }
        live.publish_after_commit(session, live.topic_of(user_id), "chat.watching_people", data)


@subscribe(VideoChanged)
async def on_video_changed(session: AsyncSession, event: VideoChanged) -> None:
    if await queries.list_blind_parties(session, event.video_id):
        await after_commit_send(session, BLIND_PARTIES, {"video_id": str(event.video_id)})


@subscribe(VideoDeleted)
async def on_video_deleted(session: AsyncSession, _event: VideoDeleted) -> None:
    if await queries.list_blind_parties(session, None):
        await after_commit_send(session, BLIND_PARTIES, {"video_id": None})


@deliverer(BLIND_PARTIES)
async def end_blind_parties(app: AppContext, payload: dict[str, str | None]) -> None:
    """By itself, since it would wait here for people who are waiting for this work to end."""
    video_id = payload["video_id"]
    await service.end_blind_parties(app, uuid.UUID(video_id) if video_id else None)


@allow
async def may_play(session: AsyncSession, asset_id: uuid.UUID, user_id: uuid.UUID) -> bool:
    return await queries.is_attached_for(session, asset_id, user_id)


@subscribe(AssetPlayable)
async def on_asset_playable(session: AsyncSession, event: AssetPlayable) -> None:
    await _tell_of_video(session, event.asset_id)


@subscribe(AssetReady)
async def on_asset_ready(session: AsyncSession, event: AssetReady) -> None:
    await _tell_of_video(session, event.asset_id)


@subscribe(AssetFailed)
async def on_asset_failed(session: AsyncSession, event: AssetFailed) -> None:
    await _tell_of_video(session, event.asset_id)


async def _tell_of_video(session: AsyncSession, asset_id: uuid.UUID) -> None:
    message = await queries.find_message_of(session, asset_id)
    if message is not None:
        await announce(
            session,
            MessageChanged(message.conversation_id, message.id, message.number, message.sender_id),
        )


async def _tell_of_message(
    session: AsyncSession, event: MessageSent | MessageChanged, kind: str
) -> None:
    sender = Actor(event.sender_id, Role.MEMBER)
    shown = await queries.shown_message(session, sender, event.conversation_id, event.message_id)
    # The address of a picture is signed for one reader, and some may not see the video, or
    # the message that this one answers.
    is_same_for_all = (
        shown.message.shared_video_id is None
        and shown.reply_to is None
        and not any(asset for _, asset in shown.media)
    )
    look = service.message_look(shown, sender, b"") if is_same_for_all else None
    if look is not None:
        look.my_reaction = None
    data = {
        "conversation_id": str(event.conversation_id),
        "message_id": str(event.message_id),
        "number": event.number,
        "sender_id": str(event.sender_id),
        "message": look.model_dump(mode="json") if look else None,
    }
    hearers = await queries.list_hearers(session, event.conversation_id, event.sender_id)
    if shown.message.unsent_at is not None:
        # Whoever was away must not hear afterwards what it said.
        await live.rewrite(session, event.message_id, data | {"message": None})
    await live.send(session, hearers, kind, data, about=event.message_id)


async def _tell_those_in_step(
    session: AsyncSession, event: PartySteered | PartyEnded, kind: str, data: Mapping[str, object]
) -> None:
    told = await queries.list_those_in_step(session, event.conversation_id, event.user_id)
    data = {"conversation_id": str(event.conversation_id), **data}
    for knows_who in (True, False):
        people = [user_id for user_id, knows in told.items() if knows is knows_who]
        by = str(event.user_id) if knows_who else None
        await live.send(session, people, kind, data | {"user_id": by})


async def _tell_changed(
    session: AsyncSession,
    conversation_id: uuid.UUID,
    user_ids: Iterable[uuid.UUID],
    *,
    has_other_messages: bool = False,
) -> None:
    data = {
        "conversation_id": str(conversation_id),
        "has_other_messages": has_other_messages,
    }
    await live.send(session, user_ids, "chat.conversation", data)
