"""Bytes of one request on their way to the disk.

Pieces are gathered, and while a thread writes some to the disk the next ones are gathered
for it: memory stays flat and the event loop never waits for the disk. Nothing is copied on
the way. The thread takes what there is as soon as it is free, and little enough to stay in
the processor's cache between the network and the file; only when it falls behind is more
gathered, up to `MOST_BYTES`.
Every so often what is written is synced, and recorded, so that a crash of the machine costs
little; that too runs beside the writing.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Protocol, TypeAlias

from lumenhall.domains.uploads.errors import UploadStalled
from lumenhall.domains.uploads.service.parts import SILENT_SECONDS, Part, in_thread
from lumenhall.platform.errors import AppError

BATCH_BYTES = 256 * 1024
MOST_BYTES = 1024 * 1024
# One call to the system takes at most 1024 pieces.
MOST_PIECES = 512
SYNC_BYTES = 32 * 1024 * 1024
RECORD_BYTES = 64 * 1024 * 1024
RECORD_SECONDS = 5.0
IDLE_SECONDS = 30.0
HEAD_BYTES = 1024
_TICK_SECONDS = 1.0

# Returns the next bytes, None after the last; raises ClientGone when no more can come.
ReadBody: TypeAlias = Callable[[], Awaitable[bytes | None]]


class Digest(Protocol):
    """What hashlib makes."""

    def update(self, data: bytes, /) -> None: ...

    def digest(self) -> bytes: ...


class Progress(Protocol):
    """What an intake asks and tells the rest of the uploads."""

    async def make_room(self, end: int) -> int:
        """Return up to which byte may be written, at least `end`; raise if that is too much."""
        ...

    async def look_at(self, head: bytes) -> None:
        """Look at the first bytes of the file; raise if it is nothing that we take."""
        ...

    async def record(self, end: int) -> None:
        """Remember that everything before `end` is on the disk; raise if nobody wants it."""
        ...


@dataclass(slots=True)
class Intake:
    """One request's body, written behind the part's end.

    `room` is where the bytes must end until more room is made. With a `digest`, nothing is
    recorded or looked at on the way, because the whole body may turn out to be wrong.
    """

    part: Part
    progress: Progress
    room: int
    digest: Digest | None = None
    start: int = field(init=False)
    recorded: int = field(init=False)
    _accepted: int = field(init=False)
    _synced: int = field(init=False)
    _recorded_at: float = field(default_factory=time.monotonic)
    _gathered: list[bytes] = field(default_factory=list)
    _gathered_bytes: int = 0
    _gathering_since: float = 0.0
    _looked: bool = field(init=False)
    _writing: "asyncio.Task[None] | None" = None
    _syncing: "asyncio.Task[None] | None" = None

    def __post_init__(self) -> None:
        self.start = self.recorded = self._accepted = self._synced = self.part.end
        self._looked = self.start >= HEAD_BYTES

    async def take(self, read: ReadBody) -> None:
        """Write the whole body; what came before an error is written as well.

        Raises ClientGone or UploadStalled when the rest does not come, DiskFull, or whatever
        `progress` raises. The part's end says how far it came in any case.
        """
        try:
            await self._gather(read)
            await self._all_written()
        except AppError:
            await self._all_written()
            raise
        finally:
            # The threads use the file: they must be done before anyone closes it.
            await asyncio.shield(self._threads_done())

    async def look(self, enough: int) -> None:
        """Have the first bytes looked at, once there are enough of them."""
        if not self._looked and self.part.end >= enough:
            self._looked = True
            await self.progress.look_at(await in_thread(self.part.head, HEAD_BYTES))

    async def _gather(self, read: ReadBody) -> None:
        heard_at = time.monotonic()
        while True:
            try:
                async with asyncio.timeout(_TICK_SECONDS):
                    data = await read()
            except TimeoutError:
                await self._while_silent(time.monotonic() - heard_at)
                continue
            if data is None:
                return
            heard_at = time.monotonic()
            if self._accepted + len(data) > self.room:
                self.room = await self.progress.make_room(self._accepted + len(data))
            self._accepted += len(data)
            await self._add(data, heard_at)

    async def _add(self, data: bytes, now: float) -> None:
        if not self._gathered:
            self._gathering_since = now
        self._gathered.append(data)
        self._gathered_bytes += len(data)
        is_free = self._writing is None or self._writing.done()
        if (
            self._gathered_bytes >= (BATCH_BYTES if is_free else MOST_BYTES)
            or len(self._gathered) >= MOST_PIECES
            or now - self._gathering_since > _TICK_SECONDS
        ):
            await self._flush()

    async def _while_silent(self, seconds: float) -> None:
        await self._flush()
        if seconds >= IDLE_SECONDS:
            raise UploadStalled
        if seconds >= SILENT_SECONDS and await in_thread(self.part.handover_wanted):
            raise UploadStalled

    async def _flush(self) -> None:
        await self._written()
        if self._gathered:
            self._writing = asyncio.create_task(in_thread(self._write, self._gathered))
            self._gathered, self._gathered_bytes = [], 0
        self._sync_if_due()

    async def _all_written(self) -> None:
        await self._flush()
        await self._written()
        if self._syncing is not None:
            # The kernel reports a failed write once: a sync that failed must not be forgotten.
            await asyncio.shield(self._syncing)

    async def _written(self) -> None:
        if self._writing is not None:
            await asyncio.shield(self._writing)
            self._writing = None
        if self.digest is None:
            await self.look(HEAD_BYTES)

    def _write(self, pieces: list[bytes]) -> None:
        if self.digest is not None:
            for piece in pieces:
                self.digest.update(piece)
        self.part.append(pieces)

    def _sync_if_due(self) -> None:
        if self._syncing is not None:
            if not self._syncing.done():
                return
            self._syncing.result()
            self._syncing = None
        end = self.part.end
        if end - self._synced >= SYNC_BYTES or (end > self.recorded and self._record_is_due(end)):
            self._syncing = asyncio.create_task(self._sync(end))

    async def _sync(self, end: int) -> None:
        await in_thread(self.part.sync)
        self._synced = end
        if self._record_is_due(end):
            await self.progress.record(end)
            self.recorded, self._recorded_at = end, time.monotonic()

    def _record_is_due(self, end: int) -> bool:
        return self.digest is None and (
            end - self.recorded >= RECORD_BYTES
            or time.monotonic() - self._recorded_at >= RECORD_SECONDS
        )

    async def _threads_done(self) -> None:
        for task in (self._writing, self._syncing):
            if task is not None:
                await asyncio.wait({task})
                # Asked for, so that a failure nobody waited for is not reported as forgotten.
                if not task.cancelled():
                    task.exception()
