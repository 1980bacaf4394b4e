"""Puts the parts together: which domains there are, and what a running process consists of."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib import import_module

from lumenhall.platform.context import AppContext
from lumenhall.platform.db import Database
from lumenhall.platform.limits import Limiter
from lumenhall.platform.mail import make_mailer
from lumenhall.platform.outbox import Relay
from lumenhall.platform.realtime import make_bus
from lumenhall.platform.settings import Settings
from lumenhall.platform.storage import make_storage

# Importing these registers models, subscribers, jobs and deliverers, bottom floor first.
REGISTERING = (
    "lumenhall.platform.jobs.models",
    "lumenhall.platform.options.models",
    "lumenhall.platform.outbox",
    "lumenhall.platform.realtime.models",
    "lumenhall.platform.realtime.jobs",
    "lumenhall.domains.identity.models",
    "lumenhall.domains.media.cloudflare.provider",
    "lumenhall.domains.media.jobs",
    "lumenhall.domains.media.subscribers",
    "lumenhall.domains.processing.jobs",
    "lumenhall.domains.processing.subscribers",
    "lumenhall.domains.uploads.jobs",
    "lumenhall.domains.library.jobs",
    "lumenhall.domains.library.subscribers",
    "lumenhall.domains.engagement.jobs",
    "lumenhall.domains.engagement.queries",
    "lumenhall.domains.engagement.subscribers",
    "lumenhall.domains.courses.jobs",
    "lumenhall.domains.courses.subscribers",
    "lumenhall.domains.chat.jobs",
    "lumenhall.domains.chat.subscribers",
    "lumenhall.surfaces.classroom.subscribers",
    "lumenhall.domains.stream.jobs",
    "lumenhall.domains.stream.subscribers",
)


def register_everything() -> None:
    """Make every table, subscriber, job and deliverer known."""
    for name in REGISTERING:
        import_module(name)


def make_context(settings: Settings) -> AppContext:
    """Return the parts of a process; nothing is connected or started yet."""
    register_everything()
    settings.data_path.mkdir(parents=True, exist_ok=True)
    settings.temp_folder.mkdir(parents=True, exist_ok=True)
    return AppContext(
        settings=settings,
        database=Database(settings.database_address),
        storage=make_storage(settings),
        bus=make_bus(settings),
        mail=make_mailer(settings),
        limiter=Limiter(settings.redis_url),
        signing_key=settings.signing_key(),
    )


@asynccontextmanager
async def running(context: AppContext, *, with_worker: bool) -> AsyncIterator[None]:
    """Run what works in the background of a process: the relay, the bus, and jobs if asked to."""
    async with AsyncExitStack() as stack:
        stack.push_async_callback(context.database.dispose)
        stack.push_async_callback(context.limiter.close)
        await stack.enter_async_context(context.bus)
        if with_worker:
            # Loaded only here: the job engine costs a process that does no jobs 25 MB.
            worker = import_module("lumenhall.platform.jobs.working")
            places = {"encode": context.settings.worker_concurrency, "preview": 1}
            await stack.enter_async_context(worker.working(context, concurrency=places))
        relay = asyncio.create_task(Relay(context).run(), name="outbox-relay")
        stack.push_async_callback(_end, relay)
        yield


async def _end(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
