"""Durable work: queued in the caller's transaction, done step by step, surviving any crash.

`enqueue` a registered `@job` with JSON arguments (ids); a worker starts it right after the
commit. What it does inside `run.step(…)` is done once: neither a crash nor another attempt
repeats a finished step. A job whose worker died goes on elsewhere, or here at the next start.
The worker and the engine behind it are imported by `main` only.
"""

from lumenhall.platform.jobs.errors import PermanentJobError, UnknownJob
from lumenhall.platform.jobs.models import JobState
from lumenhall.platform.jobs.queue import cancel, enqueue, get, queue_position
from lumenhall.platform.jobs.registry import FailedJob, job, scheduled
from lumenhall.platform.jobs.run import JobRun

__all__ = [
    "FailedJob",
    "JobRun",
    "JobState",
    "PermanentJobError",
    "UnknownJob",
    "cancel",
    "enqueue",
    "get",
    "job",
    "queue_position",
    "scheduled",
]
