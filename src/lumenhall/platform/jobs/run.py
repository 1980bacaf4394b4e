"""What a job's function is given: its steps, its identity and the parts of the process."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, ParamSpec, Protocol, TypeVar
from uuid import UUID

import orjson
from sqlalchemy import update

from lumenhall.platform.jobs.errors import StepRepeated
from lumenhall.platform.jobs.models import Job

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

P = ParamSpec("P")
R = TypeVar("R")


class Steps(Protocol):
    """The finished steps of a job, of this attempt and of those before it."""

    finished: dict[str, Any]

    async def record(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        """Do the work and record its result durably before returning it."""
        ...


@dataclass(slots=True)
class JobRun:
    """One attempt at a job.

    `attempt` is 1 for the first start and grows with every further one, also after a crash:
    output made under its name belongs to this start alone.
    """

    job_id: UUID
    name: str
    attempt: int
    app: "AppContext"
    steps: Steps
    crashes: int = 0
    _used: set[str] = field(default_factory=set)

    async def step(
        self,
        name: str,
        function: Callable[P, Awaitable[R]],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> R:
        """Run `function` once in the life of the job and return its result.

        Once finished, a step is never done again: not after a crash, not in a later attempt;
        its recorded result is returned instead. The result goes through JSON, so it is the
        same in both cases: tuples come back as lists, identifiers and moments as text.
        A step that was interrupted starts again from its beginning.
        """
        if name in self._used:
            message = f"The job {self.name!r} has two steps named {name!r}."
            raise StepRepeated(message)
        self._used.add(name)
        if name in self.steps.finished:
            known: R = self.steps.finished[name]
            return known

        async def work() -> Any:
            return orjson.loads(orjson.dumps(await function(*args, **kwargs)))

        result: R = await self.steps.record(name, work)
        await self._forget_crashes()
        return result

    async def report(self, **progress: Any) -> None:
        """Store how far the job is, for whoever looks at its row."""
        async with self.app.database.write() as session:
            await session.execute(
                update(Job)
                .where(Job.id == self.job_id, Job.attempts == self.attempt)
                .values(progress=progress)
            )

    async def _forget_crashes(self) -> None:
        """Start counting anew: a job that gets a step further after a crash is not the cause."""
        if not self.crashes:
            return
        self.crashes = 0
        async with self.app.database.write() as session:
            await session.execute(
                update(Job)
                .where(Job.id == self.job_id, Job.attempts == self.attempt)
                .values(crashes=0)
            )
