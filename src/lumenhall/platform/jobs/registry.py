"""Which function does which job, and when the scheduled ones are due."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec, TypeAlias
from uuid import UUID

from croniter import croniter
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.jobs.errors import JobNameTaken, UnknownJob
from lumenhall.platform.jobs.run import JobRun

P = ParamSpec("P")
JobFunction: TypeAlias = Callable[Concatenate[JobRun, P], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that will not be tried again, and the error that ended it."""

    id: UUID
    name: str
    args: dict[str, Any]
    attempts: int
    error: Exception


OnFailed: TypeAlias = Callable[[AsyncSession, FailedJob], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Handler:
    """A registered job: its function and how it is treated."""

    name: str
    function: Callable[..., Awaitable[None]]
    queue: str
    max_attempts: int
    max_crashes: int
    retry_seconds: float
    on_failed: OnFailed | None
    cron: str | None


_handlers: dict[str, Handler] = {}


def job(  # noqa: PLR0913 Each is one property of a job, given by name.
    name: str,
    *,
    queue: str = "default",
    max_attempts: int = 3,
    max_crashes: int = 3,
    retry_seconds: float = 10.0,
    on_failed: OnFailed | None = None,
    cron: str | None = None,
) -> Callable[[JobFunction[P]], JobFunction[P]]:
    """Register the decorated `async def work(run: JobRun, **args)` under `name`.

    An attempt that raises is followed by another after `retry_seconds`, then six times as
    long, and so on; finished steps are kept. After `max_attempts`, or at once for a
    permanent error, the job fails and `on_failed` runs in the transaction that says so.
    It also fails when the worker has died more than `max_crashes` times in the same step.
    """

    def register(function: JobFunction[P]) -> JobFunction[P]:
        if name in _handlers:
            message = f"Two handlers for the job {name!r}."
            raise JobNameTaken(message)
        _handlers[name] = Handler(
            name, function, queue, max_attempts, max_crashes, retry_seconds, on_failed, cron
        )
        return function

    return register


def scheduled(
    cron: str, name: str, *, queue: str = "default"
) -> Callable[[JobFunction[[]]], JobFunction[[]]]:
    """Register a job that runs by itself at every tick of `cron` (five fields, UTC).

    One run per tick, however many workers there are. Ticks missed while nothing was running
    are made good by a single run; a tick is skipped while the run before it is unfinished.
    """
    if not croniter.is_valid(cron):
        message = f"{cron!r} is not a cron expression."
        raise ValueError(message)
    return job(name, queue=queue, cron=cron)


def handler(name: str) -> Handler:
    """Return the handler of a job; raises UnknownJob when there is none."""
    try:
        return _handlers[name]
    except KeyError:
        message = f"No handler for the job {name!r}; is its module imported?"
        raise UnknownJob(message) from None


def names() -> list[str]:
    """Return the names of all jobs that have a handler."""
    return sorted(_handlers)


def schedules() -> list[Handler]:
    """Return the handlers that run by the clock."""
    return [handler for handler in _handlers.values() if handler.cron is not None]
