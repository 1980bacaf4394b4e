"""What the address of a video shows of it where it is pasted: Open Graph, for those who may see.

Everybody else gets the name of the site, whether there is such a video or not.
"""

import re
from collections.abc import Iterator
from html import escape
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import HTTPConnection

from lumenhall.domains.identity.deps import authenticate
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.errors import VideoUnknown
from lumenhall.domains.library.queries import Shown, get_by_short_id, get_visible
from lumenhall.domains.library.schemas import Video
from lumenhall.domains.library.service import detail
from lumenhall.platform import options
from lumenhall.platform.context import AppContext

LONGEST_DESCRIPTION = 200
_OF_VIDEOS = re.compile(r"/(?:watch|v)/.*", re.DOTALL)
_WATCH = re.compile(r"/watch/([0-9a-fA-F-]{36})/?")
_SHORT = re.compile(r"/v/([A-Za-z0-9_-]{1,20})/?")


class Previews:
    """Writes the head of a page: its title and what it shows of a video."""

    def __init__(self, context: AppContext) -> None:
        self._context = context

    async def head(self, connection: HTTPConnection) -> str | None:
        """Return the head of a page of a video for whoever asks, None for any other page."""
        if not _OF_VIDEOS.fullmatch(connection.scope["path"]):
            return None
        actor = await authenticate(self._context, connection)
        async with self._context.database.read() as session:
            site_name = (await options.get(session)).site_name
            # A token may be for other things than looking at the library; a browser has none.
            if actor is None or actor.session_id is None:
                return _head(site_name)
            video = await self._find(session, actor, connection.scope["path"])
        return _head(site_name, video, self._context.settings.base_url.rstrip("/"))

    async def _find(self, session: AsyncSession, actor: Actor, path: str) -> Video | None:
        try:
            shown = await _find_shown(session, actor, path)
        except VideoUnknown:
            return None
        if shown is None:
            return None
        return await detail(session, shown, actor, self._context.signing_key)


async def _find_shown(session: AsyncSession, actor: Actor, path: str) -> Shown | None:
    if found := _SHORT.fullmatch(path):
        return await get_by_short_id(session, actor, found[1])
    if found := _WATCH.fullmatch(path):
        try:
            return await get_visible(session, actor, UUID(found[1]))
        except ValueError:
            return None
    return None


def _head(site_name: str, video: Video | None = None, base_url: str = "") -> str:
    title = f"{video.title} · {site_name}" if video else site_name
    lines = [f"<title>{escape(title)}</title>", _meta("property", "og:site_name", site_name)]
    if video is None:
        lines.append(_meta("property", "og:title", site_name))
    else:
        lines.extend(_card(video, base_url))
    return "\n    ".join(lines)


def _card(video: Video, base_url: str) -> Iterator[str]:
    picture = video.asset.thumbnail_url
    yield _meta("property", "og:type", "video.other")
    yield _meta("property", "og:title", video.title)
    yield _meta("property", "og:url", f"{base_url}/v/{video.short_id}")
    if description := " ".join(video.description.split()):
        if len(description) > LONGEST_DESCRIPTION:
            description = description[: LONGEST_DESCRIPTION - 1].rstrip() + "…"
        yield _meta("property", "og:description", description)
    if picture:
        yield _meta("property", "og:image", f"{base_url}{picture}")
    if video.asset.duration_seconds is not None:
        yield _meta("property", "og:video:duration", str(video.asset.duration_seconds))
    yield _meta("name", "twitter:card", "summary_large_image" if picture else "summary")


def _meta(attribute: str, name: str, content: str) -> str:
    return f'<meta {attribute}="{name}" content="{escape(content)}" />'
