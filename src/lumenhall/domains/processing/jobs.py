"""The durable work: each step is done once, whatever dies in between.

An upload starts `prepare`, which makes the video playable and queues `encode`. A video that
can't be copied goes through `preview` in between, a queue of its own so that a long one holds
up neither the copies nor the ladders of others.
"""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from lumenhall.domains.processing import queries, service
from lumenhall.domains.processing.encoder.probe import Probe
from lumenhall.domains.processing.service import Ladder, Work
from lumenhall.platform.jobs import JobRun, job

# What a hostile file can bring down is ffmpeg, in a process with limits of its own. A worker
# that dies does so for other reasons, and the video must not suffer from them.
_MAX_CRASHES = 20


@job(queries.PREPARE, queue="prepare", max_crashes=_MAX_CRASHES, on_failed=service.give_up)
async def prepare(run: JobRun, asset_id: str) -> None:
    """Find out what the source is and make it playable where that needs no encoding."""
    async with _work(run, asset_id) as work:
        await service.begin(work)
        probe = Probe.model_validate(await run.step("probe", service.probe_source, work))
        playable = await run.step("publish_copied", service.publish_copied, work, probe)
        await run.step("thumbnail", service.make_thumbnail, work, probe)
        await run.step("measure", service.measure, work, probe)
        await run.step("hand_over", service.hand_over, work, playable=playable)


@job(queries.PREVIEW, queue="preview", max_crashes=_MAX_CRASHES, on_failed=service.give_up)
async def preview(run: JobRun, asset_id: str) -> None:
    """Make a video playable by encoding one small rung ahead of the ladder."""
    async with _work(run, asset_id) as work:
        probe = await service.known_probe(work)
        await run.step("publish_ahead", service.publish_encoded_ahead, work, probe)
        await run.step("hand_over", service.hand_over, work, playable=True)


@job(
    queries.ENCODE, queue=queries.ENCODE_QUEUE, max_crashes=_MAX_CRASHES, on_failed=service.give_up
)
async def encode(run: JobRun, asset_id: str) -> None:
    """Make everything that stays, and publish it as the last step."""
    async with _work(run, asset_id) as work:
        if not run.steps.finished and await service.has_ended(work):
            return
        probe = await service.known_probe(work)
        made = await run.step("ladder", service.encode_outputs, work, probe)
        ladder = Ladder.model_validate(made)
        has_storyboard = await run.step("storyboard", service.make_sprites, work, ladder)
        await run.step("subtitles", service.extract_tracks, work, probe)
        has_download = await run.step("download", service.make_download, work, ladder)
        await run.step(
            "publish",
            service.publish,
            work,
            ladder,
            has_storyboard=has_storyboard,
            has_download=has_download,
        )
        await run.step("tidy", service.tidy, run.app, work.asset_id, own_job=run.job_id)


@job(queries.FRAME, queue="prepare", max_crashes=_MAX_CRASHES, on_failed=service.forget_frame)
async def frame(run: JobRun, asset_id: str, at_ms: int) -> None:
    """Make the chosen frame the picture of the video."""
    async with _work(run, asset_id) as work:
        await run.step("frame", service.make_frame, work, at_ms)


@job(queries.DOWNLOAD, queue="prepare")
async def download(run: JobRun, asset_id: str) -> None:
    """Make the file for downloading of a video that is ready."""
    async with _work(run, asset_id) as work:
        await run.step("download", service.add_download, work)


@job(queries.TIDY, queue="prepare")
async def tidy(run: JobRun, asset_id: str) -> None:
    """Remove what failed attempts have left."""
    await run.step("tidy", service.tidy, run.app, uuid.UUID(asset_id))


@asynccontextmanager
async def _work(run: JobRun, asset_id: str) -> AsyncIterator[Work]:
    name = f"{run.job_id}-{run.attempt}"
    async with service.working(run.app, uuid.UUID(asset_id), name) as work:
        yield work
