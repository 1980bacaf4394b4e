"""The steps that make a video playable: done within a second of its last byte where possible."""

from typing import Any

import structlog

from lumenhall.domains.media import queries as media_queries
from lumenhall.domains.media import service as media
from lumenhall.domains.media.manifests import MASTER
from lumenhall.domains.media.models import AssetStatus
from lumenhall.domains.processing import queries
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.hls import PICTURE_FILE, Growing, OnPlayable
from lumenhall.domains.processing.encoder.instant import (
    can_copy,
    publish_copy,
    publish_preview,
)
from lumenhall.domains.processing.encoder.probe import Probe, measure_duration, probe_file
from lumenhall.domains.processing.service.work import Work, place_for, report
from lumenhall.platform import jobs, options

# The server answers before ffmpeg gets its turn; a copy waits less than an encoding.
_PREVIEW_NICE = 5
_PREPARING = "preparing"

log = structlog.get_logger()


async def begin(work: Work) -> None:
    """Note that the asset's turn has come."""
    async with work.app.database.write() as session:
        asset = await media_queries.get_asset(session, work.asset_id)
        # A job that died between its last step and its end finds everything done.
        if asset.status is AssetStatus.QUEUED:
            await media.mark_in_progress(session, work.asset_id, _PREPARING)


async def probe_source(work: Work) -> dict[str, Any]:
    """Find out what the source is; raise EncodingFailed when it is no video that is accepted."""
    async with work.app.database.read() as session:
        accepted = (await options.get(session)).accepted_video_formats
    probe = await probe_file(work.tools, await work.source(), accepted)
    if probe.duration:
        await _record_facts(work, probe)
    return probe.model_dump(mode="json")


async def publish_copied(work: Work, probe: Probe) -> bool:
    """Make the source playable as it is; False when only encoding can make it playable."""
    asset = await work.asset()
    if asset.published_prefix or await _is_whole(work, asset.preview_prefix):
        return True
    if not can_copy(probe):
        return False
    try:
        async with place_for(work, work.prefix) as place:
            growing = Growing(place.folder, probe, _when_playable(work, place.live))
            await publish_copy(work.tools, await work.source(), growing, work.limits(probe), None)
    except EncodingFailed as failed:
        if not failed.permanent and failed.code != "encoder_failed":
            raise
        # What can't be copied may well be decoded: the ladder has the last word.
        log.warning("copy_failed", asset_id=str(work.asset_id), code=failed.code, said=failed.log)
        return False
    await _mark_playable(work)
    return True


async def publish_encoded_ahead(work: Work, probe: Probe) -> None:
    """Make the video playable by one small rung that is encoded ahead of the ladder."""
    asset = await work.asset()
    if asset.published_prefix or await _is_whole(work, asset.preview_prefix):
        return
    await report(work, _PREPARING, 0)
    async with place_for(work, work.prefix) as place:
        growing = Growing(place.folder, probe, _when_playable(work, place.live))
        limits = work.limits(probe, nice=_PREVIEW_NICE)
        await publish_preview(work.tools, await work.source(), growing, limits, None)
    await _mark_playable(work)


async def measure(work: Work, probe: Probe) -> None:
    """Read the whole source where its length is written nowhere."""
    if probe.duration is None:
        limits = work.limits(probe)
        seconds = await measure_duration(work.tools, await work.source(), limits)
        await _record_facts(work, probe.model_copy(update={"duration": seconds or None}))


async def known_probe(work: Work) -> Probe:
    """Return what an earlier job has found out about the source."""
    return Probe.model_validate((await work.asset()).meta["probe"])


async def has_ended(work: Work) -> bool:
    """Say whether there is nothing left to do for the asset."""
    return (await work.asset()).status in {AssetStatus.READY, AssetStatus.ERROR}


async def hand_over(work: Work, *, playable: bool) -> None:
    """Queue what follows: the ladder, or first something to play until the ladder is there."""
    name = queries.ENCODE if playable else queries.PREVIEW
    key = str(work.asset_id)
    async with work.app.database.write() as session:
        await jobs.enqueue(session, name, key=key, asset_id=key)
        await media.record_progress(session, work.asset_id, 0, step=queries.WAITING)


async def _record_facts(work: Work, probe: Probe) -> None:
    video, audio = probe.video, probe.audio
    meta = {
        "probe": probe.model_dump(mode="json"),
        "container": probe.container,
        "video_codec": video.codec,
        "audio_codec": audio.codec if audio else None,
        "frame_rate": video.fps,
        "bit_rate": round(probe.size * 8 / probe.duration) if probe.duration else None,
    }
    milliseconds = round((probe.duration or 0) * 1000)
    facts = media.Facts(milliseconds, video.width, video.height, meta)
    async with work.app.database.write() as session:
        await media.record_facts(session, work.asset_id, facts)
        most = (await media_queries.get_asset(session, work.asset_id)).max_duration_seconds
    if most is not None and milliseconds > most * 1000:
        raise EncodingFailed("longer_than_agreed")


def _when_playable(work: Work, live: bool) -> OnPlayable:
    async def tell(master: str) -> None:
        # Elsewhere the files are only stored when all are made.
        if live:
            await _mark_playable(work)

    return tell


async def _mark_playable(work: Work) -> None:
    async with work.app.database.write() as session:
        await media.mark_playable(session, work.asset_id, work.prefix)


async def _is_whole(work: Work, prefix: str | None) -> bool:
    """Say whether an earlier attempt has left something that plays to its end."""
    if prefix is None or not await work.app.storage.exists(f"{prefix}/{MASTER}"):
        return False
    playlist = await work.app.storage.read_bytes(f"{prefix}/{PICTURE_FILE}")
    return b"#EXT-X-ENDLIST" in playlist
