"""Lets the neighbours watch, so that there is something to go on with."""

import random
from collections.abc import Mapping

from sqlalchemy import select

from lumenhall.domains.engagement import service as engagement
from lumenhall.domains.engagement.models import WatchProgress
from lumenhall.domains.engagement.schemas import ProgressReport
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Video
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

SEED = 20261121
WATCHED_EACH = 6
FINISHED_SHARE = 0.3


async def watch(context: AppContext, actors: Mapping[str, Actor]) -> None:
    """Let everybody watch some of what is ready, unless they have watched before."""
    chance = random.Random(SEED)
    async with context.database.read() as session:
        before = set(await session.scalars(select(WatchProgress.user_id).distinct()))
        ready = (
            await session.execute(
                select(Video.id, Asset.duration_seconds, Video.published_at)
                .join(Asset, Asset.id == Video.asset_id)
                .where(Asset.status == AssetStatus.READY)
                .order_by(Video.title)
            )
        ).all()
    now = clock.now()
    for actor in (actor for actor in actors.values() if actor.user_id not in before):
        for video_id, duration, born in chance.sample(ready, min(WATCHED_EACH, len(ready))):
            share = 1.0 if chance.random() < FINISHED_SHARE else chance.uniform(0.3, 0.75)
            position = round((duration or 0) * share)
            report = ProgressReport(
                watched_seconds=position,
                duration_seconds=duration or 0,
                last_position=position,
                ranges=[(0, position)],
            )
            # Some time after it was there for all to see.
            seen = now - (now - (born or now)) * chance.random() * 0.9
            with clock.freeze(seen):
                async with context.database.write() as session:
                    await engagement.report_progress(session, actor, video_id, report)
