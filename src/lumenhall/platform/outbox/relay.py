"""Takes rows from the outbox and delivers them."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeAlias

import structlog
from sqlalchemy import delete, select, update

from lumenhall.platform.kit import clock
from lumenhall.platform.outbox.rows import OutboxRow, listen

if TYPE_CHECKING:
    from lumenhall.platform.context import AppContext

Deliverer: TypeAlias = "Callable[[AppContext, dict[str, Any]], Awaitable[None]]"

BATCH = 50
POLL_SECONDS = 5.0
LEASE = timedelta(seconds=60)
LONGEST_DELAY = timedelta(hours=1)

log = structlog.get_logger()
_deliverers: dict[str, Deliverer] = {}


def deliverer(kind: str) -> Callable[[Deliverer], Deliverer]:
    """Register the decorated function to deliver payloads of `kind`; it must be safe to repeat."""

    def register(function: Deliverer) -> Deliverer:
        if _deliverers.setdefault(kind, function) is not function:
            message = f"Two deliverers for {kind}."
            raise RuntimeError(message)
        return function

    return register


class Relay:
    """Delivers what was committed: at once when woken, otherwise whatever was left over.

    Several processes may run one each: a row is leased before it is delivered, and a row
    whose process died becomes available again when the lease ends.
    """

    def __init__(self, app: "AppContext") -> None:
        self._app = app
        self._woken = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None

    async def run(self) -> None:
        """Deliver until cancelled."""
        self._loop = asyncio.get_running_loop()
        stop_listening = listen(self._wake)
        try:
            while True:
                self._woken.clear()
                await self._drain_safely()
                # Not wait_for: on Python 3.11 it may swallow the cancellation that ends this loop.
                with suppress(TimeoutError):
                    async with asyncio.timeout(POLL_SECONDS):
                        await self._woken.wait()
        finally:
            stop_listening()

    async def drain(self) -> int:
        """Deliver everything that is due and return how many rows were delivered."""
        delivered = 0
        while rows := await self._lease():
            for row in rows:
                delivered += await self._deliver(row)
        return delivered

    def _wake(self) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._woken.set)

    async def _drain_safely(self) -> None:
        try:
            await self.drain()
        except Exception:  # A database that is away for a while must not end the relay.
            log.exception("outbox_drain_failed")

    async def _lease(self) -> Sequence[OutboxRow]:
        due = (
            select(OutboxRow.id)
            .where(OutboxRow.available_at <= clock.now())
            .order_by(OutboxRow.id)
            .limit(BATCH)
        )
        async with self._app.database.read() as session:
            if await session.scalar(due.limit(1)) is None:
                return ()
        # Not a subquery: PostgreSQL may run that once per row, and so take more than a batch.
        locked = due.with_for_update(skip_locked=True).cte("due")
        async with self._app.database.write() as session:
            claimed = await session.scalars(
                update(OutboxRow)
                .where(OutboxRow.id.in_(select(locked.c.id)))
                .values(available_at=clock.now() + LEASE, attempts=OutboxRow.attempts + 1)
                .returning(OutboxRow)
            )
            return sorted(claimed, key=lambda row: row.id)

    async def _deliver(self, row: OutboxRow) -> bool:
        try:
            await _deliverers[row.kind](self._app, row.payload)
        except Exception as error:  # noqa: BLE001 One bad delivery must not hold up the others.
            log.warning(
                "delivery_failed",
                kind=row.kind,
                attempts=row.attempts,
                error=str(error),
            )
            await self._put_back(row, error)
            return False
        async with self._app.database.write() as session:
            await session.execute(delete(OutboxRow).where(OutboxRow.id == row.id))
        return True

    async def _put_back(self, row: OutboxRow, error: Exception) -> None:
        delay = min(timedelta(seconds=2 ** min(row.attempts, 12)), LONGEST_DELAY)
        async with self._app.database.write() as session:
            await session.execute(
                update(OutboxRow)
                .where(OutboxRow.id == row.id)
                .values(available_at=clock.now() + delay, last_error=str(error)[:500])
            )
