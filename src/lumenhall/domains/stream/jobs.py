"""What stream videos do in the background: copy, cut, tell webhooks, tidy by the clock."""

from uuid import UUID

from lumenhall.domains.stream import service
from lumenhall.platform.jobs import JobRun, job, scheduled

# Ten seconds, a minute, six, thirty-six, then every hour: for most of a day.
_WEBHOOK_ATTEMPTS = 20
_COPY_ATTEMPTS = 6
# A worker that dies does so for other reasons than what it copies.
_MAX_CRASHES = 20


@job(service.WEBHOOK, queue="webhooks", max_attempts=_WEBHOOK_ATTEMPTS)
async def tell_webhook(run: JobRun, message_id: str) -> None:
    """Send a message to the webhook of its account until that takes it."""
    await run.step("send", service.deliver_message, run.app, UUID(message_id))


@job(
    service.COPY,
    queue="copies",
    max_attempts=_COPY_ATTEMPTS,
    max_crashes=_MAX_CRASHES,
    on_failed=service.give_up_copying,
)
async def copy_video(run: JobRun, uid: str) -> None:
    """Fetch a video from where it lies."""
    await run.step("fetch", service.fetch, run.app, uid)


@job(service.CLIP, queue="copies", max_crashes=_MAX_CRASHES, on_failed=service.give_up_copying)
async def clip_video(run: JobRun, uid: str, start: int, end: int) -> None:
    """Cut a piece out of a video."""
    await run.step("cut", service.cut, run.app, uid, start, end)


@scheduled("*/10 * * * *", "stream.tidy")
async def tidy(run: JobRun) -> None:
    """Delete what was to be deleted by now, and end what nobody sent anything for."""
    await run.step("delete", service.delete_due, run.app)
    await run.step("expire", service.expire_never_sent, run.app)
    await run.step("forget", service.forget_messages, run.app)
