"""Files to save, in the words of the Stream API: `default` is the video, `audio` its sound."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.media import service as media
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import service as processing
from lumenhall.domains.stream import queries
from lumenhall.domains.stream.admission import screenings
from lumenhall.domains.stream.errors import StreamVideoNotReady
from lumenhall.domains.stream.schemas import Shown
from lumenhall.platform.db import on_commit

VIDEO, SOUND = "default", "audio"
_ENDINGS = {VIDEO: "default.mp4", SOUND: "audio.m4a"}


async def offer_download(
    session: AsyncSession, actor: Actor, place: tuple[str, str], kind: str
) -> Shown:
    """Let a video, or its sound, be saved; `place` is account and uid.

    Raises StreamVideoUnknown or StreamVideoNotReady.
    """
    shown = await queries.get_shown(session, actor, *place)
    if shown.asset.status is not AssetStatus.READY:
        raise StreamVideoNotReady
    if kind == SOUND:
        if not shown.asset.meta.get("audio_codec"):
            raise StreamVideoNotReady("It has no sound.")
        shown.video.offers_audio = True
        await session.flush()
    elif not shown.asset.allow_download:
        await media.set_allow_download(session, shown.asset.id, allowed=True)
        await processing.offer_download(session, shown.asset.id)
    on_commit(session, lambda: screenings.forget_video(shown.video.uid))
    return shown


async def list_downloads(session: AsyncSession, actor: Actor, place: tuple[str, str]) -> Shown:
    """Return a video with what there is to save of it."""
    return await queries.get_shown(session, actor, *place)


async def delete_downloads(
    session: AsyncSession, actor: Actor, place: tuple[str, str], kinds: set[str]
) -> None:
    """Let nobody save a video, or its sound, any more."""
    shown = await queries.get_shown(session, actor, *place)
    if VIDEO in kinds and shown.asset.allow_download:
        await media.set_allow_download(session, shown.asset.id, allowed=False)
    if SOUND in kinds:
        shown.video.offers_audio = False
        await session.flush()
    on_commit(session, lambda: screenings.forget_video(shown.video.uid))


def downloads_object(shown: Shown, delivery: str) -> dict[str, Any]:
    """Return what there is to save of a video, as the API shows it."""
    asset = shown.asset
    found: dict[str, Any] = {}
    if asset.allow_download:
        found[VIDEO] = _download(shown, delivery, VIDEO, is_there=asset.has_download)
    if shown.video.offers_audio:
        found[SOUND] = _download(shown, delivery, SOUND, is_there=True)
    return found


def _download(shown: Shown, delivery: str, kind: str, *, is_there: bool) -> dict[str, Any]:
    return {
        "status": "ready" if is_there else "inprogress",
        "url": f"{delivery}/{shown.video.uid}/downloads/{_ENDINGS[kind]}",
        "percentComplete": 100.0 if is_there else 0.0,
    }
