"""The provider port: who takes the bytes of a video, processes them and plays them.

An asset says which provider holds it. What a provider reports goes through `service.life`, so
states never go backwards, whoever reports them. Providers register themselves: the local one
is made by uploads, the other is `cloudflare.provider`.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media.cloudflare.account import PROVIDER as CLOUDFLARE
from lumenhall.domains.media.cloudflare.account import read_account
from lumenhall.domains.media.models import LOCAL, Asset, Track
from lumenhall.domains.media.schemas import Playback
from lumenhall.platform.context import AppContext
from lumenhall.platform.settings import Settings


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file that somebody wants to send; `purpose` says what it is for."""

    filename: str
    size_bytes: int | None
    purpose: str


@dataclass(frozen=True, slots=True)
class UploadPlace:
    """Where the bytes of a new asset go, by tus 1.0.0: a path of ours or another's address.

    `upload_id` names one of our own uploads.
    """

    url: str
    upload_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class LastingAddresses:
    """Addresses of an asset that are the same for all viewers and do not expire."""

    hls_url: str | None = None
    dash_url: str | None = None
    thumbnail_url: str | None = None


class Provider(Protocol):
    """What a provider does. All but `prepare` work in the caller's transaction."""

    name: str

    async def prepare(self, app: AppContext, actor: Actor, wanted: WantedFile) -> Mapping[str, str]:
        """Get ready for a file, over the network if need be; no session is open meanwhile.

        Returns what `create_upload` needs to know of it.
        """
        ...

    async def create_upload(
        self,
        session: AsyncSession,
        app: AppContext,
        actor: Actor,
        wanted: WantedFile,
        prepared: Mapping[str, str],
    ) -> tuple[Asset, UploadPlace]:
        """Make an asset that waits for its bytes, and say where they go."""
        ...

    async def note_sent(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        """Note that a browser says to have sent all bytes. Safe to repeat; it may never come."""
        ...

    def playback(self, asset: Asset, tracks: Iterable[Track], actor: Actor, key: bytes) -> Playback:
        """Return where one viewer plays the asset; raises PlaybackNotFound while they can't."""
        ...

    def lasting_addresses(self, asset: Asset) -> LastingAddresses:
        """Return the addresses that may be stored, and whose uid is `uid_of`."""
        ...

    async def retry(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        """Process a failed asset again; raises AssetStateConflict or SourceGone."""
        ...

    async def delete(self, session: AsyncSession, asset_id: uuid.UUID) -> None:
        """Delete the asset and every copy of it; files and remote copies follow the commit."""
        ...


_providers: dict[str, Provider] = {}


def register(provider: Provider) -> None:
    """Make a provider known by its name."""
    _providers[provider.name] = provider


def provider_of(asset: Asset) -> Provider:
    """Return the provider that holds an asset."""
    return _providers[asset.provider]


def provider_for_uploads(settings: Settings) -> Provider:
    """Return the provider that takes new videos of lessons: Stream where it is set up."""
    return _providers[CLOUDFLARE if read_account(settings) else LOCAL]


def uid_of(asset: Asset) -> str:
    """Return the name of an asset at its provider, unique over all of them."""
    return asset.provider_uid or asset.id.hex
