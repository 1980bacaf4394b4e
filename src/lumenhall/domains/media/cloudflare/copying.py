"""What `lumenhall cloudflare copy` does: all videos of one account, made anew in another.

The new account fetches each video from its download address at the old one, so no byte passes
us. A copy says in its `meta` what it was copied from: doing it again goes on where it stopped,
and tries again what failed.
"""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Any

from cloudflare import AsyncCloudflare, NotFoundError, RateLimitError
from cloudflare.types.stream import Video
from pydantic import SecretStr

from lumenhall.domains.media.cloudflare.delivery import make_http

COPIED_FROM = "copied-from"
_READY, _ERROR = "ready", "error"
_PAUSE_SECONDS = 2.0
_PAGE = 1000
# Long enough for the new account to get to the last video in its queue.
_TOKEN_SECONDS = 23 * 3600


@dataclass(frozen=True, slots=True)
class Place:
    """An account, and the server that has it."""

    account_id: str
    api_token: SecretStr
    base_url: str


class CopyRefused(Exception):
    """One of the accounts did not do what a copy takes."""


class Side:
    """The videos of one account."""

    def __init__(self, client: AsyncCloudflare, account_id: str) -> None:
        self.stream = client.stream
        self.account_id = account_id

    async def videos(self) -> AsyncIterator[Video]:
        """Yield all videos, oldest first; the SDK itself never asks for a second page."""
        seen: set[str] = set()
        more: dict[str, Any] = {}
        while True:
            page = self.stream.list(account_id=self.account_id, asc=True, limit=_PAGE, **more)
            fresh = [video async for video in page if video.uid and video.uid not in seen]
            if not fresh:
                return
            for video in fresh:
                seen.add(_uid(video))
                yield video
            more = {"start": fresh[-1].created}


async def copy_videos(old: Place, new: Place, say: Callable[[str], None]) -> dict[str, str]:
    """Copy what is ready and not copied yet, and wait for it; return the new uids by the old.

    `say` is told what is under way and what was left out.
    """
    async with make_http() as http:
        source, target = _side(old, http), _side(new, http)
        there = await _copied(target)
        async for video in source.videos():
            if _uid(video) in there:
                continue
            if _state(video) != _READY:
                say(f"{_uid(video)} is {_state(video)} and was left out.")
                continue
            try:
                there[_uid(video)] = await _copy(source, target, video)
            except CopyRefused as error:
                say(f"{_uid(video)} was left out: {error}")
        return await _wait(target, there, say)


async def _copied(target: Side) -> dict[str, str]:
    """Return what was copied before; what failed is deleted, so that it is copied again."""
    found: dict[str, str] = {}
    async for video in target.videos():
        source = _meta(video).get(COPIED_FROM)
        if source and _state(video) == _ERROR:
            await target.stream.delete(_uid(video), account_id=target.account_id)
        elif source:
            found[source] = _uid(video)
    return found


async def _copy(source: Side, target: Side, video: Video) -> str:
    given: dict[str, Any] = {
        "input": await _download_address(source, video),
        "meta": {**_meta(video), COPIED_FROM: _uid(video)},
        "require_signed_urls": bool(video.require_signed_urls),
        "allowed_origins": video.allowed_origins or [],
    }
    for name in ("creator", "thumbnail_timestamp_pct", "scheduled_deletion"):
        if (value := getattr(video, name)) is not None:
            given[name] = value
    made = await _create(target, given)
    await _copy_captions(source, target, _uid(video), _uid(made))
    return _uid(made)


async def _create(target: Side, given: dict[str, Any]) -> Video:
    while True:
        try:
            made = await target.stream.copy.create(account_id=target.account_id, **given)
        except RateLimitError:
            # Its queue is full.
            await asyncio.sleep(_PAUSE_SECONDS)
            continue
        if made is None:
            raise CopyRefused("the new account made no video.")
        return made


async def _download_address(source: Side, video: Video) -> str:
    """Return where the whole file lies; for a private video with a token that may fetch it."""
    uid, account_id = _uid(video), source.account_id
    await source.stream.downloads.create(uid, account_id=account_id)
    while True:
        made = await source.stream.downloads.get(uid, account_id=account_id)
        file = made and made.default
        if file and file.status == _READY and file.url:
            break
        if file and file.status == _ERROR:
            raise CopyRefused("the old account can't make a file of it.")
        await asyncio.sleep(_PAUSE_SECONDS)
    if not video.require_signed_urls:
        return file.url
    signed = await source.stream.token.create(
        uid, account_id=account_id, downloadable=True, exp=int(time.time()) + _TOKEN_SECONDS
    )
    if signed is None or signed.token is None:
        raise CopyRefused("the old account gave no token for it.")
    return file.url.replace(f"/{uid}/", f"/{signed.token}/")


async def _copy_captions(source: Side, target: Side, old_uid: str, new_uid: str) -> None:
    captions = source.stream.captions
    async for each in captions.get(old_uid, account_id=source.account_id):
        if not each.language:
            continue
        try:
            text = await captions.language.vtt.get(
                each.language, account_id=source.account_id, identifier=old_uid
            )
        except NotFoundError:
            continue
        await target.stream.captions.language.update(
            each.language, account_id=target.account_id, identifier=new_uid, file=text
        )


async def _wait(target: Side, made: dict[str, str], say: Callable[[str], None]) -> dict[str, str]:
    while True:
        states = {_uid(video): _state(video) async for video in target.videos()}
        ends = {_READY, _ERROR, None}
        if all(states.get(uid) in ends for uid in made.values()):
            break
        await asyncio.sleep(_PAUSE_SECONDS)
    for old_uid, uid in made.items():
        if states.get(uid) != _READY:
            say(f"{old_uid} could not be copied; run this again.")
    return {old_uid: uid for old_uid, uid in made.items() if states.get(uid) == _READY}


def _side(place: Place, http: Any) -> Side:
    client = AsyncCloudflare(
        api_token=place.api_token.get_secret_value(),
        base_url=place.base_url.rstrip("/"),
        http_client=http,
    )
    return Side(client, place.account_id)


def _uid(video: Video) -> str:
    return video.uid or ""


def _state(video: Video) -> str:
    return (video.status and video.status.state) or "unknown"


def _meta(video: Video) -> dict[str, Any]:
    return dict(video.meta) if isinstance(video.meta, dict) else {}
