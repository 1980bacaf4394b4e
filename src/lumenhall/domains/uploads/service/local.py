"""The local provider: our uploads, our encoder, our storage."""

import uuid
from collections.abc import Iterable, Mapping

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import LOCAL, Asset, Track
from lumenhall.domains.media.provider import (
    LastingAddresses,
    UploadPlace,
    WantedFile,
    register,
)
from lumenhall.domains.media.schemas import Playback
from lumenhall.domains.processing import service as processing
from lumenhall.domains.uploads.schemas import NewUpload, upload_url
from lumenhall.domains.uploads.service.ending import cancel_uploads_of_asset
from lumenhall.domains.uploads.service.making import create_upload
from lumenhall.platform.context import AppContext


class LocalProvider:
    """Keeps videos on this machine, or in the store that the operator named."""

    name = LOCAL

    async def prepare(self, app: AppContext, actor: Actor, wanted: WantedFile) -> Mapping[str, str]:
        return {}

    async def create_upload(
        self,
        session: AsyncSession,
        app: AppContext,
        actor: Actor,
        wanted: WantedFile,
        prepared: Mapping[str, str],
    ) -> tuple[Asset, UploadPlace]:
        """Make the asset and reserve its upload; raises what `create_upload` refuses."""
        asset = await media.create_asset(
            session,
            actor.user_id,
            original_filename=wanted.filename,
            file_size_bytes=wanted.size_bytes,
        )
        new = NewUpload(asset.id, wanted.filename, wanted.size_bytes, purpose=wanted.purpose)
        upload = await create_upload(session, app, actor, new)
        return asset, UploadPlace(upload_url(upload.id), upload.id)

    async def note_sent(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        """Do nothing: whoever took the last byte has noted it."""

    def playback(self, asset: Asset, tracks: Iterable[Track], actor: Actor, key: bytes) -> Playback:
        return media.playback(asset, tracks, actor, key)

    def lasting_addresses(self, asset: Asset) -> LastingAddresses:
        """Return none: our addresses are made for one viewer, and end."""
        return LastingAddresses()

    async def retry(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        await processing.retry(session, asset_id)

    async def delete(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        await cancel_uploads_of_asset(session, asset_id)
        await media.delete_asset(session, asset_id)


register(LocalProvider())
