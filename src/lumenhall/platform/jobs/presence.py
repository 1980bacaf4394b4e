"""Which workers are alive.

Two proofs: a row whose `seen_at` the worker renews at every turn, and a lock on a file that
the kernel drops the moment the process dies, so that on one machine a dead worker is found
out at once and not after the silence that other machines have to wait for.
"""

import fcntl
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.platform.jobs.models import WorkerRow
from lumenhall.platform.kit import clock
from lumenhall.platform.kit.ids import new_id

SILENT_TURNS = 5


class Presence:
    """This worker's own signs of life, and its judgement of the others'.

    The identifier is new at every start, so a restarted process is never taken for the one
    that died. The locks of workers on the same `host` can be tried.
    """

    def __init__(self, folder: Path, kind: str, host: str) -> None:
        self.id: UUID = new_id()
        self._folder = folder
        self._kind = kind
        self._host = host[:255]
        self._lock: int | None = None
        self._silence: dict[UUID, tuple[object, int]] = {}

    def hold(self) -> None:
        """Take this process's lock file; done before the row exists, so peers never see it free."""
        self._folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(self._path(self.id), os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def let_go(self) -> None:
        """Release and remove the lock file."""
        if self._lock is not None:
            self.sweep(self.id)
            os.close(self._lock)
            self._lock = None

    def sweep(self, worker: UUID) -> None:
        """Remove the lock file of a worker that is gone."""
        self._path(worker).unlink(missing_ok=True)

    async def renew(self, session: AsyncSession) -> bool:
        """Say that this worker is alive; False when a peer had declared it dead (or at first).

        In that case its jobs have gone to others, and it begins anew.
        """
        renewed = await session.execute(
            update(WorkerRow)
            .where(WorkerRow.id == self.id)
            .values(seen_at=clock.now())
            .returning(WorkerRow.id)
        )
        if renewed.first() is not None:
            return True
        session.add(WorkerRow(id=self.id, kind=self._kind, host=self._host))
        return False

    async def find_dead(self, session: AsyncSession) -> list[UUID]:
        """Return the workers that are dead as far as this one can tell."""
        rows = await session.execute(
            select(WorkerRow.id, WorkerRow.host, WorkerRow.seen_at).where(WorkerRow.id != self.id)
        )
        peers = [(row.id, row.host, row.seen_at) for row in rows]
        silent = self._silent([(worker, seen) for worker, _, seen in peers])
        return [
            worker
            for worker, host, _ in peers
            if worker in silent or (host == self._host and self._is_unlocked(worker))
        ]

    def _silent(self, peers: Sequence[tuple[UUID, object]]) -> set[UUID]:
        # Silence is counted in own turns, not by comparing clocks: it is right with clocks
        # that differ, and after an outage in which nobody could write.
        counts: dict[UUID, tuple[object, int]] = {}
        for worker, seen in peers:
            last, turns = self._silence.get(worker, (None, 0))
            counts[worker] = (seen, turns + 1 if seen == last else 0)
        self._silence = counts
        return {worker for worker, (_, turns) in counts.items() if turns >= SILENT_TURNS}

    def _is_unlocked(self, worker: UUID) -> bool:
        with suppress(FileNotFoundError):
            handle = os.open(self._path(worker), os.O_RDWR)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return False
            else:
                return True
            finally:
                os.close(handle)
        # Its data folder is another one, so only its silence can tell.
        return False

    def _path(self, worker: UUID) -> Path:
        return self._folder / f"{worker}.lock"
