"""The account at Stream that the operator named, and the doors to it.

Without an account id, an API token and a signing key there is none, and courses use `local`.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast
from urllib.parse import urlsplit

from pydantic import SecretStr

from lumenhall.domains.media.cloudflare.states import Report
from lumenhall.platform.settings import Settings

if TYPE_CHECKING:
    from lumenhall.domains.media.cloudflare.delivery import Delivery

PROVIDER = "cloudflare"
WEBHOOK_PATH = "/api/webhooks/cloudflare"
# Unfinished uploads end after a day, as those to this program do.
EXPIRES_AFTER = timedelta(hours=24)
_OFFICIAL_HOST = "api.cloudflare.com"
_OFFICIAL_ORIGINS = ("https://*.cloudflarestream.com", "https://*.videodelivery.net")


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach an account; secrets don't show when it is printed."""

    account_id: str
    api_token: SecretStr
    signing_key_id: str
    signing_key: SecretStr
    base_url: str
    delivery_url: str
    longest_seconds: int

    @property
    def origins(self) -> tuple[str, ...]:
        """The other origins that browsers reach: where videos are sent to and played from."""
        if urlsplit(self.base_url).hostname == _OFFICIAL_HOST:
            return _OFFICIAL_ORIGINS
        return tuple(sorted({_origin(self.base_url), _origin(self.delivery_url or self.base_url)}))

    def delivers(self, url: str) -> bool:
        """Say whether an address lies where this account's videos are played from."""
        origin = _origin(url)
        return any(
            origin.startswith("https://") and origin.endswith(allowed.removeprefix("https://*"))
            if "*" in allowed
            else origin == allowed
            for allowed in self.origins
        )


@dataclass(frozen=True, slots=True)
class NewRemote:
    """What Stream is told of a video that a browser is about to send; `about` is ours."""

    name: str
    size_bytes: int
    creator: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """Where a browser sends the bytes by tus, without credentials, and what will come of them."""

    uid: str
    upload_url: str


@dataclass(frozen=True, slots=True)
class Registration:
    """What `lumenhall cloudflare setup` got; both are shown only once."""

    webhook_secret: str
    signing_key_id: str
    signing_key: str


class Stream(Protocol):
    """What is asked of an account at Stream; tests have a twin in memory.

    Every method may raise StreamUnavailable: Stream is away, busy, or refuses our token.
    """

    async def create_upload(self, new: NewRemote) -> Ticket:
        """Make a private video that waits for a browser's bytes. Not safe to repeat."""
        ...

    async def find(self, uid: str) -> Report | None:
        """Return what is known of a video, None when there is no such video."""
        ...

    async def delete(self, uid: str) -> None:
        """Delete a video; one that is not there counts as deleted."""
        ...

    async def set_captions(self, uid: str, texts: dict[str, str]) -> None:
        """Make these WebVTT files, by language, the captions of a video, and no others.

        Captions that Stream generated itself stay. Safe to repeat.
        """
        ...

    async def register(self, webhook_url: str) -> Registration:
        """Have webhooks sent to this address, which ends the secret before; make a signing key."""
        ...


@lru_cache
def read_account(settings: Settings) -> Account | None:
    """Return the account of these settings, None when the provider is off."""
    account = read_credentials(settings)
    return account if account and account.signing_key_id and _secret(account.signing_key) else None


def read_credentials(settings: Settings) -> Account | None:
    """Return what is set of an account, also before its signing key is; None without a token."""
    if not settings.cloudflare_account_id or not _secret(settings.cloudflare_api_token):
        return None
    return Account(
        account_id=settings.cloudflare_account_id,
        api_token=settings.cloudflare_api_token,
        signing_key_id=settings.cloudflare_signing_key_id,
        signing_key=settings.cloudflare_signing_key,
        base_url=settings.cloudflare_base_url.rstrip("/"),
        delivery_url=settings.cloudflare_delivery_url.rstrip("/"),
        longest_seconds=settings.cloudflare_max_duration_seconds,
    )


def connect(account: Account) -> Stream:
    """Return the account's API; this loads the SDK."""
    module = import_module("lumenhall.domains.media.cloudflare.api")
    return cast("Stream", module.StreamApi(account))


@lru_cache
def delivery(account: Account) -> "Delivery":
    """Return what lets viewers in; this loads what signs and the HTTP client."""
    module = import_module("lumenhall.domains.media.cloudflare.delivery")
    return cast("Delivery", module.Delivery(account))


def check_account(settings: Settings) -> None:
    """Raise ValueError, which names the setting, if the account's signing key is none."""
    account = read_account(settings)
    if account is not None:
        delivery(account)


def _secret(value: SecretStr) -> str:
    return value.get_secret_value()


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()
