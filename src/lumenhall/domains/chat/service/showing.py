"""Conversations and messages as replies show them to one person."""

import uuid

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.chat import queries
from lumenhall.domains.chat.models import (
    Message,
    MessageMedia,
    MessageReaction,
    Participant,
    RequestStatus,
)
from lumenhall.domains.chat.policy import is_begun, sees_marks
from lumenhall.domains.chat.schemas import (
    ConversationDetail,
    ConversationLook,
    LastMessage,
    MediaCounts,
    MediaLook,
    MessageLook,
    MessagePage,
    ParticipantLook,
    ReplyLook,
    SharedVideoLook,
)
from lumenhall.domains.chat.service.small import has_small
from lumenhall.domains.engagement.schemas import ReactionLook
from lumenhall.domains.identity.models import User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.queries import list_blocked
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import Asset
from lumenhall.platform.realtime import presence

PREVIEW_LETTERS = 160


async def conversation_looks(
    session: AsyncSession, actor: Actor, entries: list[queries.Entry]
) -> list[ConversationLook]:
    """Return conversations as the actor's list shows them."""
    partners = {entry.person.id for entry in entries if entry.person and _sees(actor, entry)}
    online = await presence.online(session, partners)
    return [ConversationLook(**_look(actor, entry, online)) for entry in entries]


async def conversation_detail(
    session: AsyncSession, actor: Actor, entry: queries.Entry
) -> ConversationDetail:
    """Return one conversation with everybody in it."""
    (look,) = await conversation_looks(session, actor, [entry])
    found = await queries.list_participants(session, entry.place.conversation.id)
    strangers = await list_blocked(session, actor.user_id)
    people = [
        _participant(place, person, sees=_sees(actor, entry) and person.id not in strangers)
        for place, person in found
    ]
    created_at = entry.place.conversation.created_at
    return ConversationDetail(**look.model_dump(), created_at=created_at, participants=people)


def message_look(shown: queries.MessageShown, actor: Actor, key: bytes) -> MessageLook:
    """Return a message as the actor sees it; `key` signs the address of a video's picture."""
    message = shown.message
    return MessageLook(
        id=message.id,
        conversation_id=message.conversation_id,
        number=message.number,
        client_id=message.client_id,
        type=message.type,
        sender=PersonLook.model_validate(shown.sender),
        text=message.text,
        system=message.system,
        reply_to=_reply(*shown.reply_to, shown.reply_media) if shown.reply_to else None,
        shared_video=_video(shown, actor, key),
        media=[media_look(one, asset, actor, key) for one, asset in shown.media],
        reaction_counts=shown.reaction_counts,
        my_reaction=shown.my_reaction,
        created_at=message.created_at,
        edited_at=message.edited_at,
        is_unsent=message.unsent_at is not None,
    )


def media_look(attached: MessageMedia, asset: Asset | None, actor: Actor, key: bytes) -> MediaLook:
    """Return an attachment as the actor sees it."""
    picture = media.Picture.of(asset.id, asset.thumbnail_key) if asset else None
    address = media.picture_addresses(actor, key)
    duration_ms = asset.duration_ms if asset else attached.duration_ms
    url = f"/api/chat/media/{attached.id}" if attached.file_key else None
    small = f"{url}?small=true" if url and has_small(attached) else None
    return MediaLook(
        id=attached.id,
        type=attached.type,
        url=url,
        thumbnail_url=address(picture).decode() if picture else small,
        width=asset.width if asset else attached.width,
        height=asset.height if asset else attached.height,
        duration_seconds=duration_ms / 1000 if duration_ms is not None else None,
        waveform=attached.waveform,
        status=asset.status if asset else None,
        asset_id=asset.id if asset else None,
        is_playable=asset.playable if asset else None,
        error_code=asset.error_code if asset else None,
        error_message=asset.error_message if asset else None,
    )


def message_page(
    shown: list[queries.MessageShown],
    next_cursor: str | None,
    place: queries.Place,
    actor: Actor,
    key: bytes,
) -> MessagePage:
    """Return messages of a conversation, which know whether there are newer ones."""
    last_number = place.conversation.last_number
    return MessagePage(
        items=[message_look(one, actor, key) for one in shown],
        next_cursor=next_cursor,
        has_newer=bool(shown) and shown[0].message.number < last_number,
        last_number=last_number,
    )


def reaction_looks(found: list[tuple[MessageReaction, User]]) -> list[ReactionLook]:
    """Return who reacted and with what."""
    return [
        ReactionLook(
            person=PersonLook.model_validate(person),
            type=reaction.type,
            created_at=reaction.created_at,
        )
        for reaction, person in found
    ]


def _look(actor: Actor, entry: queries.Entry, online: set[uuid.UUID]) -> dict[str, object]:
    conversation, mine = entry.place.conversation, entry.place.participant
    person = entry.person
    return {
        "id": conversation.id,
        "type": conversation.type,
        "name": conversation.name,
        "picture_url": conversation.picture_url,
        "person": PersonLook.model_validate(person) if person else None,
        "is_online": person.id in online if person and _sees(actor, entry) else None,
        "participant_count": entry.participant_count,
        "my_role": mine.role,
        "is_muted": mine.is_muted,
        "is_pinned": mine.is_pinned,
        "request": _request(actor, entry),
        "last_number": conversation.last_number,
        "read_number": mine.read_number,
        "unread_count": entry.unread_count,
        "last_message_at": conversation.last_message_at,
        "last_message": _last(entry.last_message, entry.last_sender, entry.last_media),
        "mentions": entry.mentions,
    }


def _request(actor: Actor, entry: queries.Entry) -> str | None:
    """Name the request as long as it is open; who asked is not told of a decline."""
    request = entry.place.request
    if request is None or request.status is RequestStatus.ACCEPTED:
        return None
    return "outgoing" if request.requester_id == actor.user_id else "incoming"


def _sees(actor: Actor, entry: queries.Entry) -> bool:
    """Say whether the actor sees presence and marks of the others: not of who never heard them."""
    place = entry.place
    return is_begun(place.conversation) and sees_marks(actor.user_id, place.request)


def _participant(place: Participant, person: User, *, sees: bool) -> ParticipantLook:
    return ParticipantLook(
        person=PersonLook.model_validate(person),
        role=place.role,
        joined_at=place.joined_at,
        delivered_number=place.delivered_number if sees else None,
        read_number=place.read_number if sees else None,
    )


def _last(
    message: Message | None, sender: User | None, attached: queries.Attached | None
) -> LastMessage | None:
    if message is None or sender is None:
        return None
    return LastMessage(
        number=message.number,
        type=message.type,
        sender=PersonLook.model_validate(sender),
        text=message.text[:PREVIEW_LETTERS],
        media=_counts(attached),
        system=message.system,
        is_unsent=message.unsent_at is not None,
    )


def _reply(message: Message, sender: User, attached: queries.Attached | None) -> ReplyLook:
    return ReplyLook(
        id=message.id,
        number=message.number,
        type=message.type,
        sender=PersonLook.model_validate(sender),
        text=message.text[:PREVIEW_LETTERS],
        media=_counts(attached),
        is_unsent=message.unsent_at is not None,
    )


def _counts(attached: queries.Attached | None) -> MediaCounts | None:
    if attached is None:
        return None
    voice_ms = attached.voice_ms
    voice_seconds = None if voice_ms is None else voice_ms / 1000
    return MediaCounts(images=attached.images, videos=attached.videos, voice_seconds=voice_seconds)


def _video(shown: queries.MessageShown, actor: Actor, key: bytes) -> SharedVideoLook | None:
    if shown.video is None:
        return None
    video, asset = shown.video
    picture = media.Picture.of(asset.id, asset.thumbnail_key)
    address = media.picture_addresses(actor, key)
    return SharedVideoLook(
        id=video.id,
        title=video.title,
        thumbnail_url=address(picture).decode() if picture else None,
        duration_seconds=asset.duration_seconds,
        moment_seconds=shown.message.shared_moment_seconds,
    )
