"""What the database itself enforces for watch progress and views (PRODUCT 13)."""

from datetime import datetime

import pytest
from sqlalchemy import Inspector, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from lumenhall.domains.engagement.models import View, WatchProgress
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import add_person
from tests.factories.videos import add_video

NAME = "ix_watch_progress_user_id_completed_updated_at"


async def add_progress(session: WriteSession, **values: int) -> WatchProgress:
    ann = await add_person(session)
    video = await add_video(session, ann)
    given: dict[str, int] = {"watched_seconds": 1, "last_position": 1, "duration_seconds": 9}
    row = WatchProgress(
        user_id=ann.id,
        video_id=video.id,
        completed=False,
        spans=[[0, 1]],
        view_spans=[],
        position_at=clock.now(),
        revision=1,
        **(given | values),
    )
    session.add(row)
    session.add(View(user_id=ann.id, video_id=video.id))
    await session.flush()
    return row


async def test_keys_and_indexes(session: WriteSession) -> None:
    def read(
        connection: object,
    ) -> tuple[list[str], dict[str, tuple[str, str]], list[list[str | None]]]:
        inspector = inspect(connection)
        assert isinstance(inspector, Inspector)
        keys = {
            key["constrained_columns"][0]: (key["referred_table"], key["options"]["ondelete"])
            for key in inspector.get_foreign_keys("watch_progress")
        }
        indexes = [index["column_names"] for index in inspector.get_indexes("watch_progress")]
        return inspector.get_pk_constraint("watch_progress")["constrained_columns"], keys, indexes

    key, foreign, indexes = await (await session.connection()).run_sync(read)
    assert key == ["user_id", "video_id"]
    assert foreign == {"user_id": ("users", "CASCADE"), "video_id": ("videos", "CASCADE")}
    assert ["video_id"] in indexes
    assert ["user_id", "completed", "updated_at"] in indexes
    assert ["user_id", "updated_at", "video_id"] in indexes


async def test_the_index_of_continue_watching_has_the_newest_first(session: WriteSession) -> None:
    catalogue = (
        "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
        if session.get_bind().dialect.name == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE name = :name"
    )
    assert "updated_at DESC" in str(await session.scalar(text(catalogue), {"name": NAME}))


@pytest.mark.parametrize("column", ["watched_seconds", "last_position", "duration_seconds"])
async def test_no_figure_is_negative(session: WriteSession, column: str) -> None:
    with pytest.raises(IntegrityError):
        await add_progress(session, **{column: -1})


@pytest.mark.parametrize("table", ["users", "videos"])
async def test_progress_and_views_go_with_the_person_and_with_the_video(
    session: WriteSession, table: str
) -> None:
    row = await add_progress(session)
    await session.execute(text("DELETE FROM videos"))
    if table == "users":
        await session.execute(text("DELETE FROM assets"))
        await session.execute(text("DELETE FROM users"))
    for model in (WatchProgress, View):
        assert not await session.scalar(select(func.count()).select_from(model))
    assert row.watched_seconds == 1


async def test_plain_sql_moves_updated_at(session: WriteSession) -> None:
    long_ago = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    await add_progress(session)
    await session.execute(update(WatchProgress).values(updated_at=long_ago))
    await session.execute(text("UPDATE watch_progress SET last_position = 5"))
    moved = await session.scalar(
        select(func.count()).select_from(WatchProgress).where(WatchProgress.updated_at > long_ago)
    )
    assert moved == 1
