"""One attempt at a job, from its claim to the row that says how it ended."""

import asyncio
import math
from collections.abc import Awaitable, Callable
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

import structlog
from prometheus_client import Counter
from sqlalchemy.exc import InterfaceError, OperationalError

from lumenhall.platform.db import WriteSession
from lumenhall.platform.jobs import claims, registry
from lumenhall.platform.jobs.claims import Claim
from lumenhall.platform.jobs.engine import Engine
from lumenhall.platform.jobs.errors import JobCrashed
from lumenhall.platform.jobs.models import JobState
from lumenhall.platform.jobs.registry import FailedJob
from lumenhall.platform.jobs.run import JobRun, Steps

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

DELAY_GROWTH = 6
LONGEST_DELAY = timedelta(hours=1)
FIRST_PAUSE_SECONDS = 0.1
LONGEST_PAUSE_SECONDS = 5.0
# Of an owner that can't be told: about a minute.
TRIES_TO_TELL = 20

log = structlog.get_logger()
ATTEMPTS = Counter("lumenhall_job_attempts_total", "Attempts by outcome.", ["job", "outcome"])


class Attempt:
    """A claimed job while it is being done, in a task of its own."""

    def __init__(self, app: "AppContext", engine: Engine, worker: UUID, claim: Claim) -> None:
        self.claim = claim
        self._app = app
        self._engine = engine
        self._worker = worker
        self._handler = registry.handler(claim.name)
        self._stopped: JobState | None = None
        self.task = asyncio.create_task(self._run(), name=f"job {claim.name} {claim.id}")

    def stop(self, because: JobState) -> None:
        """Interrupt the step under way: `CANCELLED` ends the job, `QUEUED` leaves it to others."""
        if self._stopped is None:
            self._stopped = because
            self.task.cancel()

    async def _run(self) -> None:
        structlog.contextvars.bind_contextvars(job=self.claim.name, job_id=str(self.claim.id))
        try:
            if self.claim.crashes > self._handler.max_crashes:
                message = f"The worker died {self.claim.crashes} times in the same step."
                raise JobCrashed(message)  # noqa: TRY301 It ends like every other failure.
            await self._engine.run(self.claim.id, self.claim.attempt, self._work)
        except asyncio.CancelledError:
            await self._interrupted()
        except Exception as error:  # noqa: BLE001 Whatever a job raises ends this attempt only.
            await self._failed(error)
        else:
            await self._ended(JobState.DONE)

    async def _work(self, steps: Steps) -> None:
        claim = self.claim
        run = JobRun(claim.id, claim.name, claim.attempt, self._app, steps, claim.crashes)
        await self._handler.function(run, **claim.args)

    async def _interrupted(self) -> None:
        if self._stopped is JobState.CANCELLED:
            await self._ended(JobState.CANCELLED)
        elif self._stopped is None:
            await self._failed(RuntimeError("The job cancelled itself."))
        # Otherwise the worker gives back all that it was running, or has already lost it.

    async def _failed(self, error: Exception) -> None:
        claim, handler = self.claim, self._handler
        permanent = getattr(error, "permanent", False)
        if not permanent and claim.failures + 1 < handler.max_attempts:
            delay = _delay(handler.retry_seconds, claim.failures)
            ours = await self._store(
                partial(
                    claims.retry_later, worker=self._worker, failed=claim, error=error, delay=delay
                )
            )
            if ours:
                log.warning("job_attempt_failed", error=repr(error), retry_seconds=delay.seconds)
                ATTEMPTS.labels(claim.name, "retried").inc()
            return
        log.error("job_failed", exc_info=None if permanent else error, error=repr(error))
        try:
            await self._store(partial(self._fail_for_good, error=error), tries=TRIES_TO_TELL)
        except Exception:  # The job has failed all the same.
            log.exception("on_failed_raised")
            await self._ended(JobState.FAILED, error)
        else:
            ATTEMPTS.labels(claim.name, JobState.FAILED.value).inc()

    async def _fail_for_good(self, session: WriteSession, error: Exception) -> bool:
        claim = self.claim
        ours = await claims.finish(session, self._worker, claim, JobState.FAILED, error)
        if ours and self._handler.on_failed is not None:
            await self._handler.on_failed(
                session, FailedJob(claim.id, claim.name, claim.args, claim.attempt, error)
            )
        return ours

    async def _ended(self, state: JobState, error: Exception | None = None) -> None:
        await self._store(
            partial(claims.finish, worker=self._worker, done=self.claim, state=state, error=error)
        )
        ATTEMPTS.labels(self.claim.name, state.value).inc()

    async def _store(
        self, write: Callable[[WriteSession], Awaitable[bool]], tries: float = math.inf
    ) -> bool:
        """Write how the attempt ended, also when the database is away for a while.

        False when the job is no longer this worker's, so that nothing was written.
        """
        pause = FIRST_PAUSE_SECONDS
        while True:
            try:
                async with self._app.database.write() as session:
                    return await write(session)
            except (OperationalError, InterfaceError) as error:
                tries -= 1
                if tries <= 0:
                    raise
                log.warning("job_outcome_not_stored", error=str(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


def _delay(first_seconds: float, failures: int) -> timedelta:
    return min(timedelta(seconds=first_seconds * DELAY_GROWTH**failures), LONGEST_DELAY)
