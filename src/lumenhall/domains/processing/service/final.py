"""The steps that make what stays: the ladder and all that is made from it."""

import asyncio
import shutil
from typing import Any

import structlog
from pydantic import BaseModel

from lumenhall.domains.media import service as media
from lumenhall.domains.media.errors import CaptionsInvalid, CaptionsTooLarge, LanguageInvalid
from lumenhall.domains.media.models import TrackSource
from lumenhall.domains.media.schemas import NewTrack
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.ladder import (
    AUDIO_FILE,
    LadderPlan,
    choose_rungs,
    encode_ladder,
)
from lumenhall.domains.processing.encoder.packaging import package_ladder
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.encoder.progressive import make_progressive
from lumenhall.domains.processing.encoder.storyboard import make_storyboard
from lumenhall.domains.processing.encoder.subtitles import extract_subtitles
from lumenhall.domains.processing.service.telling import tell_waiting
from lumenhall.domains.processing.service.work import Reporter, Work, place_for, report, sync
from lumenhall.platform import options

DOWNLOAD_FILE = "download.mp4"
# What else the machine does goes before an encoding of minutes.
_LADDER_NICE = 10
_ENCODING = "encoding"
_LADDER_SHARE = (0.0, 95.0)

log = structlog.get_logger()


class Ladder(BaseModel):
    """A finished ladder: names of the files below `prefix`, largest picture first."""

    prefix: str
    pictures: list[str]
    sound: str | None
    seconds: float


async def encode_outputs(work: Work, probe: Probe) -> dict[str, Any]:
    """Encode and package every rung; raise EncodingFailed when not all of it came out."""
    async with work.app.database.write() as session:
        await media.mark_in_progress(session, work.asset_id, _ENCODING)
        await tell_waiting(session)
        chosen = await options.get(session)
        rungs = tuple(choose_rungs(probe.video, chosen.ladder_heights))
        plan = LadderPlan(probe, rungs, chosen.encoder_preset)
    async with place_for(work, work.prefix) as place:
        reporter = Reporter(work, _ENCODING, share=_LADDER_SHARE)
        limits = work.limits(probe, nice=_LADDER_NICE)
        await encode_ladder(work.tools, await work.source(), plan, place.folder, limits, reporter)
        tracks = await asyncio.to_thread(package_ladder, place.folder, plan)
        if place.live:
            await sync(place.folder)
    names = [track.name for track in tracks]
    return Ladder(
        prefix=work.prefix,
        pictures=[rung.file_name for rung in rungs],
        sound=AUDIO_FILE if AUDIO_FILE in names else None,
        seconds=float(max(track.seconds for track in tracks)),
    ).model_dump()


async def make_sprites(work: Work, ladder: Ladder) -> bool:
    """Draw the storyboard from the smallest rung; False when that does not work."""
    await report(work, "storyboard", 95)
    smallest = await work.local(f"{ladder.prefix}/{ladder.pictures[-1]}")
    try:
        async with place_for(work, ladder.prefix) as place:
            await make_storyboard(work.tools, smallest, ladder.seconds, place.folder)
            if place.live:
                await sync(place.folder)
    except EncodingFailed as failed:
        return _do_without("storyboard", work, failed)
    return True


async def extract_tracks(work: Work, probe: Probe) -> None:
    """Make captions of the subtitles that are embedded in the source."""
    if not any(stream.is_text for stream in probe.subtitles):
        return
    await report(work, "subtitles", 96)
    await asyncio.to_thread(work.scratch.mkdir, parents=True, exist_ok=True)
    try:
        found = await extract_subtitles(
            work.tools, await work.source(), probe, work.scratch, work.limits(probe)
        )
        for track in found:
            data = await asyncio.to_thread((work.scratch / track.file_name).read_bytes)
            about = NewTrack(
                language=track.language,
                label=track.label,
                is_default=track.forced,
                source=TrackSource.EMBEDDED,
            )
            await _keep_track(work, data, about)
    except EncodingFailed as failed:
        _do_without("subtitles", work, failed)
    finally:
        await asyncio.to_thread(shutil.rmtree, work.scratch, ignore_errors=True)


async def _keep_track(work: Work, data: bytes, about: NewTrack) -> None:
    try:
        cues = await media.parse_captions(data)
        async with work.app.database.write() as session:
            await media.add_track(session, work.asset_id, cues, about)
    except (CaptionsInvalid, CaptionsTooLarge, LanguageInvalid) as error:
        log.warning("subtitles_unusable", asset_id=str(work.asset_id), error=repr(error))


async def make_download(work: Work, ladder: Ladder) -> bool:
    """Make the file for downloading where the owner allows it; False when there is none."""
    if not (await work.asset()).allow_download:
        return False
    await report(work, "download", 97)
    picture = await work.local(f"{ladder.prefix}/{ladder.pictures[0]}")
    sound = await work.local(f"{ladder.prefix}/{ladder.sound}") if ladder.sound else None
    least = work.app.settings.video_processing_timeout
    target = work.scratch / DOWNLOAD_FILE
    await asyncio.to_thread(work.scratch.mkdir, parents=True, exist_ok=True)
    try:
        await make_progressive(work.tools, picture, sound, target, least_seconds=least)
        await work.app.storage.move_in(target, f"{ladder.prefix}/{DOWNLOAD_FILE}")
    except EncodingFailed as failed:
        return _do_without("download", work, failed)
    finally:
        await asyncio.to_thread(shutil.rmtree, work.scratch, ignore_errors=True)
    return True


async def add_download(work: Work) -> None:
    """Make the file for downloading beside the outputs that are published."""
    asset = await work.asset()
    if asset.published_prefix is None or asset.has_download:
        return
    ladder = Ladder.model_validate(asset.meta["ladder"])
    if await make_download(work, ladder):
        async with work.app.database.write() as session:
            await media.note_download(session, work.asset_id, ladder.prefix)


async def publish(work: Work, ladder: Ladder, *, has_storyboard: bool, has_download: bool) -> None:
    """Let players have all of it, in one transaction; drop the source if the site wants that."""
    async with work.app.database.write() as session:
        await media.publish_outputs(
            session,
            work.asset_id,
            ladder.prefix,
            has_download=has_download,
            has_storyboard=has_storyboard,
            meta={"ladder": ladder.model_dump()},
        )
        if not (await options.get(session)).keep_originals:
            await media.drop_source(session, work.asset_id)


def _do_without(what: str, work: Work, failed: EncodingFailed) -> bool:
    """Go on when an extra can't be made; a reason that may pass is worth another attempt."""
    if not failed.permanent and failed.code != "encoder_failed":
        raise failed
    log.warning("extra_failed", extra=what, asset_id=str(work.asset_id), said=failed.log)
    return False
