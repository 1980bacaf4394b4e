"""Attachments over HTTP: a picture or voice note in one request, a video by tus."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, File, Request, Response, UploadFile

from lumenhall.domains.chat import queries, service
from lumenhall.domains.chat.errors import MediaUnknown
from lumenhall.domains.chat.models import MessageMedia
from lumenhall.domains.chat.schemas import ChatVideoMade, MediaLook, NewChatVideo
from lumenhall.domains.identity.deps import Actor, CurrentActor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.delivery import FOREVER, send_file
from lumenhall.domains.media.queries import get_asset, list_tracks
from lumenhall.domains.media.schemas import Playback
from lumenhall.domains.uploads.schemas import upload_url
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit.pictures import MAX_BYTES
from lumenhall.platform.web import Context, Reads, Writes

router = APIRouter()


@dataclass(frozen=True, slots=True)
class Brought:
    """A whole file that somebody brings to a conversation."""

    actor: Actor
    app: AppContext
    data: bytes

    async def keep(
        self,
        add: Callable[[AppContext, Actor, UUID, bytes], Awaitable[MessageMedia]],
        conversation_id: UUID,
    ) -> MediaLook:
        """Hand the file to the service and show what became of it."""
        attached = await add(self.app, self.actor, conversation_id, self.data)
        return service.media_look(attached, None, self.actor, self.app.signing_key)


async def _brought(
    actor: CurrentActor, context: Context, file: Annotated[UploadFile, File()]
) -> Brought:
    return Brought(actor, context, await file.read(MAX_BYTES + 1))


BroughtFile = Annotated[Brought, Depends(_brought)]


@router.post("/conversations/{conversation_id}/pictures", status_code=201)
async def add_picture(conversation_id: UUID, brought: BroughtFile) -> MediaLook:
    """Bring a picture; name it in `media_ids` of the message that takes it along."""
    return await brought.keep(service.add_picture, conversation_id)


@router.post("/conversations/{conversation_id}/voices", status_code=201)
async def add_voice(conversation_id: UUID, brought: BroughtFile) -> MediaLook:
    """Bring a recording of at most 60 seconds, likewise."""
    return await brought.keep(service.add_voice, conversation_id)


@router.post("/conversations/{conversation_id}/videos", status_code=201)
async def add_video(
    conversation_id: UUID,
    actor: CurrentActor,
    context: Context,
    session: Writes,
    new: NewChatVideo,
) -> ChatVideoMade:
    """Make a video for a message; send its bytes to `upload_url` by tus 1.0.0."""
    attached, upload = await service.add_video(session, context, actor, conversation_id, new)
    asset = await get_asset(session, upload.asset_id) if upload.asset_id else None
    look = service.media_look(attached, asset, actor, context.signing_key)
    return ChatVideoMade(media=look, upload_id=upload.id, upload_url=upload_url(upload.id))


@router.put("/conversations/{conversation_id}/picture", status_code=204)
async def set_group_picture(conversation_id: UUID, brought: BroughtFile) -> None:
    """Give a group another picture; its admins may."""
    await service.set_group_picture(brought.app, brought.actor, conversation_id, brought.data)


@router.delete("/conversations/{conversation_id}/picture", status_code=204)
async def remove_group_picture(conversation_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Take a group's picture away; its admins may."""
    await service.remove_group_picture(session, actor, conversation_id)


@router.get("/conversations/{conversation_id}/picture", response_class=Response)
async def send_group_picture(
    conversation_id: UUID, request: Request, actor: CurrentActor, context: Context
) -> Response:
    """The picture of a group, for those in it."""
    async with context.database.read() as session:
        place = await queries.get_place(session, actor, conversation_id)
    picture_hash = place.conversation.picture_hash
    if picture_hash is None:
        raise MediaUnknown
    key = service.picture_key(conversation_id, picture_hash)
    return await send_file(request, context.storage, key, {"Cache-Control": FOREVER})


@router.get("/media/{media_id}", response_class=Response)
async def send_media(
    media_id: UUID, request: Request, actor: CurrentActor, context: Context, *, small: bool = False
) -> Response:
    """The file of a picture or voice note; with `small`, a picture that fills a bubble."""
    async with context.database.read() as session:
        attached = await queries.get_media(session, actor, media_id)
    if attached.file_key is None:
        raise MediaUnknown
    storage, key = context.storage, attached.file_key
    if small:
        key = await service.key_for_bubble(storage, attached, key)
    return await send_file(request, storage, key, {"Cache-Control": FOREVER})


@router.delete("/media/{media_id}", status_code=204)
async def discard_media(media_id: UUID, actor: CurrentActor, session: Writes) -> None:
    """Throw away what one has attached and not sent."""
    await service.discard_own(session, actor, media_id)


@router.get("/media/{media_id}/playback")
async def get_chat_playback(
    media_id: UUID, actor: CurrentActor, context: Context, session: Reads
) -> Playback:
    """Where a video in a conversation plays."""
    attached = await queries.get_media(session, actor, media_id)
    if attached.asset_id is None:
        raise MediaUnknown
    asset = await get_asset(session, attached.asset_id)
    tracks = await list_tracks(session, asset.id)
    return media.playback(asset, tracks, actor, context.signing_key)
