"""What an operator does once: `lumenhall cloudflare setup`."""

from lumenhall.domains.media.cloudflare.account import WEBHOOK_PATH, connect, read_credentials
from lumenhall.domains.media.errors import ProviderOff
from lumenhall.platform.settings import Settings


async def set_up_stream(settings: Settings) -> list[str]:
    """Make a signing key, have webhooks sent to us, and return the settings that follow.

    Raises ProviderOff without an account and a token, StreamUnavailable.
    """
    account = read_credentials(settings)
    if account is None:
        raise ProviderOff("Set LUMENHALL_CLOUDFLARE_ACCOUNT_ID and _API_TOKEN first.")
    made = await connect(account).register(f"{settings.base_url.rstrip('/')}{WEBHOOK_PATH}")
    return [
        f"LUMENHALL_CLOUDFLARE_SIGNING_KEY_ID={made.signing_key_id}",
        f"LUMENHALL_CLOUDFLARE_SIGNING_KEY={made.signing_key}",
        f"LUMENHALL_CLOUDFLARE_WEBHOOK_SECRET={made.webhook_secret}",
    ]
