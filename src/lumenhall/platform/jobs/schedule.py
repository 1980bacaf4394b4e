"""Makes the jobs that run by the clock, once per tick whatever the number of workers."""

from datetime import datetime

from croniter import croniter
from sqlalchemy import update

from lumenhall.platform.db import Database
from lumenhall.platform.db.upsert import insert_into
from lumenhall.platform.jobs import queue, registry
from lumenhall.platform.jobs.models import ScheduleRow
from lumenhall.platform.jobs.registry import Handler
from lumenhall.platform.kit import clock


class Schedule:
    """The scheduled jobs of this process and when each is next due."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._due: dict[str, datetime] = {}

    async def turn(self) -> None:
        """Make the jobs that are due; a schedule that is new first runs at its next tick."""
        now = clock.now()
        for each in registry.schedules():
            if each.name not in self._due:
                await self._note(each, now)
            elif now < self._due[each.name]:
                continue
            await self._tick(each, _last(each, now))
            self._due[each.name] = _next(each, now)

    async def _note(self, scheduled: Handler, now: datetime) -> None:
        async with self._database.write() as session:
            await session.execute(
                insert_into(session, ScheduleRow)
                .values(name=scheduled.name, last_tick_at=_last(scheduled, now))
                .on_conflict_do_nothing()
            )

    async def _tick(self, scheduled: Handler, tick: datetime) -> None:
        async with self._database.write() as session:
            first = await session.execute(
                update(ScheduleRow)
                .where(ScheduleRow.name == scheduled.name, ScheduleRow.last_tick_at < tick)
                .values(last_tick_at=tick)
                .returning(ScheduleRow.name)
            )
            if first.first() is not None:
                await queue.enqueue(session, scheduled.name, key=scheduled.name)


def _last(scheduled: Handler, now: datetime) -> datetime:
    # croniter looks strictly before its start, and a tick that is now counts as past.
    moment: datetime = croniter(scheduled.cron, now).get_prev(datetime)
    following = _next(scheduled, moment)
    return following if following <= now else moment


def _next(scheduled: Handler, now: datetime) -> datetime:
    moment: datetime = croniter(scheduled.cron, now).get_next(datetime)
    return moment
