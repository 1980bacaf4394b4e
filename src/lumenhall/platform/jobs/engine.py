"""The recorder of finished steps, as the worker sees it, and its twin in memory."""

from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol
from uuid import UUID

from typing_extensions import override

from lumenhall.platform.jobs.run import Steps


class Engine(Protocol):
    """Runs attempts at jobs and keeps what their steps returned."""

    async def start(self) -> None:
        """Open what is needed; call once, before the first attempt."""
        ...

    async def stop(self) -> None:
        """Close it again, once no attempt is running."""
        ...

    async def run(self, job: UUID, attempt: int, work: Callable[[Steps], Awaitable[None]]) -> None:
        """Do the work of one attempt in this task, given the steps of all attempts before it.

        Raises what the work raises. Earlier attempts can't record anything from here on.
        """
        ...

    async def forget(self, jobs: Sequence[tuple[UUID, int]]) -> None:
        """Throw away what is kept of finished jobs, each given with its last attempt."""
        ...


class _MemorySteps(Steps):
    def __init__(self, finished: dict[str, Any]) -> None:
        self.finished = finished

    @override
    async def record(self, name: str, work: Callable[[], Awaitable[Any]]) -> Any:
        result = self.finished[name] = await work()
        return result


class MemoryEngine(Engine):
    """For tests: keeps steps as long as the object lives."""

    def __init__(self) -> None:
        self.steps: defaultdict[UUID, dict[str, Any]] = defaultdict(dict)

    @override
    async def start(self) -> None: ...

    @override
    async def stop(self) -> None: ...

    @override
    async def run(self, job: UUID, attempt: int, work: Callable[[Steps], Awaitable[None]]) -> None:
        await work(_MemorySteps(self.steps[job]))

    @override
    async def forget(self, jobs: Sequence[tuple[UUID, int]]) -> None:
        for job, _ in jobs:
            self.steps.pop(job, None)
