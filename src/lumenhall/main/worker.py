"""A process that only works on jobs, for communities with more than one machine."""

import asyncio
import signal

import structlog

from lumenhall.main.wiring import make_context, running
from lumenhall.platform.settings import Settings
from lumenhall.platform.web.logs import configure_logging

log = structlog.get_logger()


async def run_worker(settings: Settings) -> None:
    """Work on jobs until the process is asked to stop."""
    configure_logging(settings)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with running(make_context(settings), with_worker=True):
        log.info("worker_started")
        await stop.wait()
    log.info("worker_stopped")
