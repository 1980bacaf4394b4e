"""How viewers get a remote video: playlists through us, everything else by a redirect to Stream."""

import ssl
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import httpx
import structlog

from lumenhall.domains.media.cloudflare.account import Account
from lumenhall.domains.media.cloudflare.playlists import rewrite
from lumenhall.domains.media.cloudflare.tokens import load_key, sign_token
from lumenhall.domains.media.errors import StreamUnavailable
from lumenhall.platform.kit import clock

# A redirect is remembered for 30 seconds; what it leads to must work as long as that.
_REDIRECT_SECONDS = 40
_SAME_TOKEN_SECONDS = 10
# The token with which playlists are read may be woven into the segments they name.
_PLAYLIST_LIFE = timedelta(hours=12)
_PLAYLISTS_KEPT = 500
_KEEP = timedelta(minutes=10)
_LARGEST_PLAYLIST = 4 * 1024 * 1024
_TIMEOUT = httpx.Timeout(10)

log = structlog.get_logger()


class Delivery:
    """The way to the videos of one account for those whom we have let in."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._key = load_key(account.signing_key.get_secret_value())
        self._playlists: dict[tuple[str, str], tuple[float, str]] = {}
        self._sign = lru_cache(maxsize=1000)(self._sign_until)

    def address(self, prefix: str, uid: str, file: str) -> str:
        """Return where Stream sends a file of a video for the next half minute."""
        now = int(clock.now().timestamp())
        expiry = now - now % _SAME_TOKEN_SECONDS + _REDIRECT_SECONDS
        return f"{prefix}/{self._sign(uid, expiry)}/{file}"

    async def playlist(self, prefix: str, uid: str, file: str, folder: str) -> str | None:
        """Return a playlist whose files are led below `folder`, None when there is none.

        Raises StreamUnavailable when Stream can't be asked.
        """
        if not self._account.delivers(prefix):
            return None
        now = clock.now()
        until, text = self._playlists.get((uid, file), (0.0, ""))
        url = f"{prefix}/{uid}/{file}"
        if until < now.timestamp():
            token = self._sign(uid, int((now + _PLAYLIST_LIFE).timestamp()))
            found = await _read(f"{prefix}/{token}/{file}")
            if found is None:
                return None
            text = found
            if len(self._playlists) >= _PLAYLISTS_KEPT:
                self._playlists.clear()
            self._playlists[uid, file] = ((now + _KEEP).timestamp(), text)
        return rewrite(text, url, prefix, folder)

    def _sign_until(self, uid: str, expiry: int) -> str:
        until = datetime.fromtimestamp(expiry, UTC)
        return sign_token(self._key, self._account.signing_key_id, uid, until)


def make_http() -> httpx.AsyncClient:
    """Return an HTTP client to use and close; redirects are not followed."""
    return httpx.AsyncClient(verify=_tls(), timeout=_TIMEOUT)


async def _read(url: str) -> str | None:
    try:
        async with make_http() as client:
            reply = await client.get(url)
    except httpx.HTTPError as error:
        log.warning("stream_playlist_failed", error=type(error).__name__)
        raise StreamUnavailable from error
    if reply.is_server_error:
        raise StreamUnavailable
    if not reply.is_success or len(reply.content) > _LARGEST_PLAYLIST:
        log.warning("stream_playlist_refused", status=reply.status_code)
        return None
    return reply.text


@lru_cache
def _tls() -> ssl.SSLContext:
    # It takes 30 ms to make and may be shared.
    return httpx.create_ssl_context()
