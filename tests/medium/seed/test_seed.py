"""The demo community through the real pipeline, with films of a second instead of its own."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import func, select

from lumenhall.domains.chat.models import Message
from lumenhall.domains.courses.models import (
    Certificate,
    CourseVideo,
    CourseVideoStatus,
    Enrolment,
    LessonProgress,
)
from lumenhall.domains.engagement.models import Comment, VideoReaction, WatchProgress
from lumenhall.domains.identity.models import Follow, User
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.library.models import Category, PlaylistItem, Video
from lumenhall.domains.library.schemas import NewVideo
from lumenhall.domains.library.service import create_video
from lumenhall.domains.media.models import Asset, AssetStatus
from lumenhall.domains.processing.encoder.binaries import find_tools
from lumenhall.domains.uploads.errors import QuotaExceeded
from lumenhall.domains.uploads.queries import get_quota
from lumenhall.main.seed import films, run_seed
from lumenhall.main.seed.catalogue import FAILED, READY, WAITING
from lumenhall.main.seed.clips.music import CALM
from lumenhall.main.seed.clips.stage import Film, shoot
from lumenhall.main.wiring import make_context
from lumenhall.platform.context import AppContext
from lumenhall.platform.db import ReadSession
from lumenhall.platform.settings import Settings
from tests.factories.people import add_person

COUNTED = (
    WatchProgress,
    VideoReaction,
    Comment,
    PlaylistItem,
    Follow,
    Message,
    Asset,
    CourseVideo,
    LessonProgress,
    Enrolment,
)


def small_film() -> Film:
    return Film(1, CALM, lambda moment: Image.new("RGB", (160, 90), (int(moment * 200), 90, 60)))


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in films.FILMS:
        monkeypatch.setitem(films.FILMS, name, small_film)


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return Settings(
        _env_file=None,
        data_path=tmp_path / "data",
        database_url=database_url,
        disk_reserve_bytes=0,
        log_level="error",
    )


async def percent_used(session: ReadSession, username: str) -> float:
    user_id = await session.scalar(select(User.id).where(User.username == username))
    assert user_id
    quota = await get_quota(session, user_id)
    return quota.used_bytes / quota.limit_bytes * 100


async def snapshot(context: AppContext) -> list[object]:
    """Return everything that doing it again must not change."""
    async with context.database.read() as session:
        return [
            *(await session.execute(select(User.id, User.picture_hash).order_by(User.id))).all(),
            *(await session.execute(select(Category.id).order_by(Category.id))).all(),
            *(
                await session.execute(
                    select(Video.id, Video.view_count, Video.is_hero).order_by(Video.id)
                )
            ).all(),
            *[await session.scalar(select(func.count()).select_from(model)) for model in COUNTED],
        ]


@pytest.mark.timeout(300)
async def test_it_makes_the_community_once(
    settings: Settings, quick: None, capsys: pytest.CaptureFixture[str]
) -> None:
    context = make_context(settings)
    await run_seed(context)
    async with context.database.read() as session:
        rows = await session.execute(select(Video, Asset).join(Asset, Asset.id == Video.asset_id))
        found = {video.title: (video, asset) for video, asset in rows}
        assert len(found) == len(READY) + len(FAILED) + len(WAITING)
        for entry in READY:
            assert found[entry.title][1].status is AssetStatus.READY
        messages = {found[entry.title][1].error_message for entry in FAILED}
        assert len(messages) == len(FAILED)
        assert None not in messages
        for entry in WAITING:
            assert found[entry.title][1].playable
        assert [video.title for video, _ in found.values() if video.is_hero] == [READY[0].title]
        assert await percent_used(session, "alice") == 0
        assert await percent_used(session, "bob") == pytest.approx(50, abs=0.1)
        assert await percent_used(session, "charlie") == 100
        videos = (await session.scalars(select(CourseVideo.status))).all()
        assert list(videos) == [CourseVideoStatus.READY] * 4
        assert await session.scalar(select(func.count()).select_from(Certificate)) == 2
        unfinished = select(func.count()).where(~WatchProgress.completed)
        assert await session.scalar(unfinished)
        charlie = await session.scalar(select(User).where(User.username == "charlie"))
        assert charlie
    with pytest.raises(QuotaExceeded):
        async with context.database.write() as writing:
            new = NewVideo(title="One more", filename="more.mp4", size_bytes=1)
            await create_video(writing, context, Actor(charlie.id, charlie.role), new)
    before = await snapshot(context)
    capsys.readouterr()
    await run_seed(context)
    assert await snapshot(context) == before
    said = capsys.readouterr().out
    assert "alice" in said
    assert "password" in said
    await context.database.dispose()


async def test_it_leaves_a_community_of_real_people_alone(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    context = make_context(settings)
    async with context.database.write() as session:
        await add_person(session, "somebody")
    await run_seed(context)
    async with context.database.read() as reading:
        assert await reading.scalar(select(func.count()).select_from(User)) == 1
    assert "empty installation" in capsys.readouterr().out
    await context.database.dispose()


@pytest.mark.parametrize("name", ["fractal", "life"])
def test_films_that_ffmpeg_draws_alone_come_out(name: str, tmp_path: Path) -> None:
    film = replace(films.FILMS[name](), seconds=0.5)
    shoot(find_tools().ffmpeg, film, tmp_path / "film.mp4")
    assert (tmp_path / "film.mp4").stat().st_size > 10_000
