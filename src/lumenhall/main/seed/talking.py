"""Lets the neighbours react, talk and make lists, each only once."""

import random
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from lumenhall.domains.engagement import service as engagement
from lumenhall.domains.engagement.models import ReactionType, VideoReaction
from lumenhall.domains.engagement.schemas import NewComment
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library import service as library
from lumenhall.domains.library.models import Playlist, Video
from lumenhall.domains.library.schemas import NewPlaylist
from lumenhall.domains.media.models import Asset
from lumenhall.main.seed.talk import COLLECTIONS, LATER, REMARKS, Remark
from lumenhall.main.seed.watching import SEED
from lumenhall.platform.context import AppContext
from lumenhall.platform.kit import clock

# How the neighbours feel, one for each of six who do: mostly they like things.
FEELINGS = [*ReactionType, ReactionType.LIKE, ReactionType.LOVE, ReactionType.LOVE]
REACTING_SHARE = 0.55
NAMESPACE = uuid.UUID(int=SEED)


@dataclass(frozen=True, slots=True)
class Stage:
    """A video that can be talked about."""

    video_id: uuid.UUID
    published_at: datetime
    duration_seconds: int


async def talk(context: AppContext, actors: Mapping[str, Actor]) -> None:
    """Add the reactions, comments and playlists that are missing."""
    async with context.database.read() as session:
        videos = await list_stages(session)
    ids = {title: stage.video_id for title, stage in videos.items()}
    await _react(context, actors, ids)
    for title, remarks in REMARKS.items():
        if title in videos:
            await _comment(context, actors, videos[title], remarks)
    await _collect(context, actors, ids)


async def list_stages(session: AsyncSession) -> dict[str, Stage]:
    """Return by title what can be talked about."""
    rows = await session.execute(
        select(Video.title, Video.id, Video.published_at, Asset.duration_seconds)
        .join(Asset, Asset.id == Video.asset_id)
        .where(Video.announced_at.is_not(None))
    )
    return {row.title: Stage(row.id, row.published_at, row.duration_seconds) for row in rows}


async def _react(
    context: AppContext, actors: Mapping[str, Actor], videos: Mapping[str, uuid.UUID]
) -> None:
    chance = random.Random(SEED)
    async with context.database.write() as session:
        before = set(await session.scalars(select(VideoReaction.user_id).distinct()))
        for title in sorted(videos.keys() & REMARKS.keys()):
            for actor in actors.values():
                feels, feeling = chance.random() < REACTING_SHARE, chance.choice(FEELINGS)
                if feels and actor.user_id not in before:
                    await engagement.react_to_video(session, actor, videos[title], feeling)


async def _comment(
    context: AppContext,
    actors: Mapping[str, Actor],
    stage: Stage,
    remarks: tuple[Remark, ...],
) -> None:
    """Say everything, spread over the time since the video was there."""
    video_id, born = stage.video_id, stage.published_at
    count = sum(1 + len(remark.answers) for remark in remarks)
    pause = (clock.now() - born) / (count + 1)
    said_at = born

    async def say(by: str, new: NewComment) -> uuid.UUID:
        nonlocal said_at
        said_at = min(said_at + min(pause, timedelta(hours=7)), clock.now())
        async with context.database.write() as session:
            with clock.freeze(said_at):
                shown, _ = await engagement.add_comment(session, context, actors[by], video_id, new)
            return shown.comment.id

    for remark in remarks:
        moment = None if remark.moment is None else min(remark.moment, stage.duration_seconds)
        top = await say(remark.by, _new(video_id, remark.by, remark.text, moment=moment))
        for by, text in remark.answers:
            await say(by, _new(video_id, by, text, parent_id=top))


def _new(
    video_id: uuid.UUID,
    by: str,
    text: str,
    *,
    moment: int | None = None,
    parent_id: uuid.UUID | None = None,
) -> NewComment:
    # The same words by the same person are the same comment, however often this runs.
    client_id = uuid.uuid5(NAMESPACE, f"{video_id} {by} {text}")
    return NewComment(text=text, moment_seconds=moment, parent_id=parent_id, client_id=client_id)


async def _collect(
    context: AppContext, actors: Mapping[str, Actor], videos: Mapping[str, uuid.UUID]
) -> None:
    async with context.database.write() as session:
        before = set(await session.scalars(select(Playlist.title)))
        for made in COLLECTIONS:
            if made.title in before:
                continue
            new = NewPlaylist(
                title=made.title, description=made.description, is_public=made.is_public
            )
            owner = actors[made.owner]
            playlist_id = await library.create_playlist(session, owner, new)
            for title in made.videos:
                if title in videos:
                    await library.add_to_playlist(session, owner, playlist_id, videos[title])
        for name, titles in LATER.items():
            for title in titles:
                if title in videos:
                    await library.watch_later(session, actors[name], videos[title])
