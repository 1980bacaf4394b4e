"""Who may play a stream video: by its uid, or by a token in its place, from where, how.

A player asks several times a second, so what was read and verified is remembered for five
seconds in this process; what changes in this process is forgotten at once.
"""

import time
from dataclasses import dataclass
from urllib.parse import urlsplit

from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.stream import queries, tokens
from lumenhall.domains.stream.errors import (
    PlaceRefused,
    StreamTokenRefused,
    StreamVideoUnknown,
)
from lumenhall.domains.stream.schemas import Shown
from lumenhall.domains.stream.tokens import Token
from lumenhall.platform.context import AppContext

REMEMBERED_SECONDS = 5.0
_MOST_REMEMBERED = 20_000
_HOUR = 3600
_OWN_PORTS = {"http": ":80", "https": ":443"}


@dataclass(frozen=True, slots=True)
class Viewer:
    """Where a request comes from: the network address, and the page that it is for."""

    address: str | None
    page: str | None


@dataclass(frozen=True, slots=True)
class Screening:
    """A video that a viewer may play; `token` is None for one that is open to everybody."""

    shown: Shown
    token: Token | None


class Screenings:
    """Videos and tokens as they were when last looked at."""

    def __init__(self) -> None:
        self._tokens: dict[str, tuple[float, Token, str]] = {}
        self._videos: dict[str, tuple[float, Shown]] = {}

    async def admit(
        self, app: AppContext, name: str, viewer: Viewer, *, by_page: bool, fresh: bool
    ) -> Screening:
        """Return the video that a uid or a token opens; `by_page` also asks for whose page.

        `fresh` reads the video anew. Raises StreamTokenRefused, PlaceRefused, or
        StreamVideoUnknown for what is not there or can't be played.
        """
        token, account_id, uid = None, None, name
        if "." in name:
            token, account_id = await self._token(app, name)
            uid = token.uid
        shown = await self._video(app, uid, fresh=fresh)
        video, asset = shown
        if token is None and video.require_signed_urls:
            raise StreamTokenRefused
        if token is not None and (
            account_id != video.account_id or not token.counts_at(time.time())
        ):
            raise StreamTokenRefused
        if not asset.playable or asset.status is AssetStatus.ERROR:
            raise StreamVideoUnknown
        if token is not None and not token.lets_in(viewer.address):
            raise PlaceRefused
        if by_page and not allows_page(app, video.allowed_origins, viewer.page):
            raise PlaceRefused
        return Screening(shown, token)

    def forget_key(self, key_id: str) -> None:
        """Ask anew for everything that was signed with a key."""
        self._tokens = {
            text: held for text, held in self._tokens.items() if held[1].key_id != key_id
        }

    def forget_video(self, uid: str) -> None:
        """Read a video anew."""
        self._videos.pop(uid, None)

    async def _token(self, app: AppContext, text: str) -> tuple[Token, str]:
        now = time.monotonic()
        if (held := self._tokens.get(text)) and held[0] > now:
            return held[1], held[2]
        key_id = tokens.key_named_in(text)
        async with app.database.glance() as session:
            key = await queries.find_key(session, key_id)
        if key is None:
            raise StreamTokenRefused
        longest = app.settings.stream_token_hours * _HOUR
        token = tokens.verify(text, key_id, key.public_pem, longest)
        self._make_room()
        self._tokens[text] = (now + REMEMBERED_SECONDS, token, key.account_id)
        return token, key.account_id

    async def _video(self, app: AppContext, uid: str, *, fresh: bool) -> Shown:
        now = time.monotonic()
        if not fresh and (held := self._videos.get(uid)) and held[0] > now:
            return held[1]
        async with app.database.glance() as session:
            shown = await queries.get_by_uid(session, uid)
        self._make_room()
        self._videos[uid] = (now + REMEMBERED_SECONDS, shown)
        return shown

    def _make_room(self) -> None:
        for held in (self._tokens, self._videos):
            if len(held) >= _MOST_REMEMBERED:
                held.clear()


screenings = Screenings()


def allows_page(app: AppContext, allowed: list[str], page: str | None) -> bool:
    """Say whether a page may play a video: ours always may, others if the video lists them.

    `*.example.com` means every depth below and not `example.com` itself.
    """
    if not allowed:
        return True
    asking = _host(page or "")
    own = {_host(app.settings.delivery_origin), _host(app.settings.base_url)}
    return bool(asking) and (asking in own or any(_covers(one.lower(), asking) for one in allowed))


def _covers(allowed: str, asking: str) -> bool:
    if allowed == "*":
        return True
    if allowed.startswith("*."):
        return asking.endswith(allowed[1:]) and len(asking) > len(allowed) - 1
    return asking == allowed


def _host(page: str) -> str:
    try:
        parts = urlsplit(page)
    except ValueError:
        return ""
    return parts.netloc.lower().removesuffix(_OWN_PORTS.get(parts.scheme, ":"))
