"""The provider `cloudflare`, as the domains above ask for it (see `media.provider`)."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service
from lumenhall.domains.media.cloudflare.account import PROVIDER, NewRemote
from lumenhall.domains.media.errors import SizeUnknown, VideoTooLarge
from lumenhall.domains.media.models import Asset, Track
from lumenhall.domains.media.provider import (
    LastingAddresses,
    UploadPlace,
    WantedFile,
    register,
)
from lumenhall.domains.media.schemas import Playback
from lumenhall.platform import options
from lumenhall.platform.context import AppContext

_UID, _URL = "uid", "url"


class CloudflareProvider:
    """Keeps videos at Cloudflare Stream; bytes go there and come from there without us."""

    name = PROVIDER

    async def prepare(self, app: AppContext, actor: Actor, wanted: WantedFile) -> Mapping[str, str]:
        """Have Stream make a video that waits for the bytes.

        Raises SizeUnknown, VideoTooLarge, StreamUnavailable or StreamFull.
        """
        if wanted.size_bytes is None:
            raise SizeUnknown
        async with app.database.read() as session:
            largest = (await options.get(session)).max_file_size_bytes
        if wanted.size_bytes > largest:
            raise VideoTooLarge(max_file_size_bytes=largest)
        new = NewRemote(wanted.filename, wanted.size_bytes, creator=str(actor.user_id))
        ticket = await service.ask_for_upload(app, new)
        return {_UID: ticket.uid, _URL: ticket.upload_url}

    async def create_upload(
        self,
        session: AsyncSession,
        app: AppContext,
        actor: Actor,
        wanted: WantedFile,
        prepared: Mapping[str, str],
    ) -> tuple[Asset, UploadPlace]:
        asset = await service.adopt_remote(
            session,
            actor.user_id,
            prepared[_UID],
            filename=wanted.filename,
            size_bytes=wanted.size_bytes,
        )
        return asset, UploadPlace(prepared[_URL])

    async def note_sent(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        await service.look_soon(session, asset_id)

    def playback(self, asset: Asset, tracks: Iterable[Track], actor: Actor, key: bytes) -> Playback:
        return service.playback(asset, tracks, actor, key)

    def lasting_addresses(self, asset: Asset) -> LastingAddresses:
        """Return none: the videos are private, so no address of Stream's works by itself."""
        return LastingAddresses()

    async def retry(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        """Ask Stream again; raises AssetStateConflict or RetriesUsedUp."""
        await service.retry_remote(session, asset_id)

    async def delete(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        await service.delete_asset(session, asset_id)


register(CloudflareProvider())
