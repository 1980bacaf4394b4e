"""What the database itself enforces for categories and videos (PRODUCT 13)."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import Inspector, func, inspect, select, text, update
from sqlalchemy.exc import IntegrityError

from lumenhall.domains.library.models import Category, Video
from lumenhall.platform.db import Database, WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import add_person
from tests.factories.videos import add_category, add_video


async def look(session: WriteSession, table: str, ask: str) -> list[dict[str, Any]]:
    connection = await session.connection()

    def read(connection: object) -> list[dict[str, Any]]:
        inspector = inspect(connection)
        assert isinstance(inspector, Inspector)
        found: list[dict[str, Any]] = getattr(inspector, ask)(table)
        return found

    return await connection.run_sync(read)


async def foreign_keys(session: WriteSession, table: str) -> dict[str, tuple[str, str]]:
    found = await look(session, table, "get_foreign_keys")
    return {
        key["constrained_columns"][0]: (key["referred_table"], key["options"]["ondelete"])
        for key in found
    }


async def test_foreign_keys_say_what_deleting_does(session: WriteSession) -> None:
    assert await foreign_keys(session, "categories") == {"created_by": ("users", "SET NULL")}
    assert await foreign_keys(session, "videos") == {
        "category_id": ("categories", "RESTRICT"),
        "uploaded_by": ("users", "RESTRICT"),
        "asset_id": ("assets", "RESTRICT"),
    }
    assert await foreign_keys(session, "video_tags") == {"video_id": ("videos", "CASCADE")}


async def test_unique_and_required_columns(session: WriteSession) -> None:
    unique = await look(session, "categories", "get_unique_constraints")
    assert {tuple(one["column_names"]) for one in unique} == {("name",), ("slug",)}
    unique = await look(session, "videos", "get_unique_constraints")
    assert {tuple(one["column_names"]) for one in unique} == {("short_id",), ("asset_id",)}
    columns = await look(session, "videos", "get_columns")
    required = {column["name"] for column in columns if not column["nullable"]}
    assert {"title", "asset_id", "uploaded_by", "short_id"} <= required


async def test_indexes(session: WriteSession) -> None:
    indexes = await look(session, "categories", "get_indexes")
    assert ["sort_order"] in [index["column_names"] for index in indexes]
    indexes = await look(session, "videos", "get_indexes")
    columns = [index["column_names"] for index in indexes]
    for wanted in (
        ["category_id"],
        ["uploaded_by"],
        ["published"],
        ["is_hero"],
        ["view_count"],
        ["title"],
        ["created_at"],
        ["published", "category_id", "view_count"],
    ):
        assert wanted in columns
    hero = next(index for index in indexes if index["name"] == "uq_videos_is_hero")
    assert hero["unique"]


async def test_the_last_index_sorts_views_downwards(session: WriteSession) -> None:
    catalogue = (
        "SELECT indexdef FROM pg_indexes WHERE indexname = :name"
        if session.get_bind().dialect.name == "postgresql"
        else "SELECT sql FROM sqlite_master WHERE name = :name"
    )
    name = "ix_videos_published_category_id_view_count"
    assert "view_count DESC" in str(await session.scalar(text(catalogue), {"name": name}))


async def test_there_is_at_most_one_hero(session: WriteSession) -> None:
    ann = await add_person(session)
    await add_video(session, ann, is_hero=True)
    with pytest.raises(IntegrityError):
        await add_video(session, ann, is_hero=True)


async def test_the_view_count_is_never_negative(session: WriteSession) -> None:
    with pytest.raises(IntegrityError):
        await add_video(session, await add_person(session), view_count=-1)


async def test_a_published_video_says_since_when(session: WriteSession) -> None:
    with pytest.raises(IntegrityError):
        await add_video(session, await add_person(session), published_at=None)


async def test_no_video_is_published_and_withdrawn(session: WriteSession) -> None:
    with pytest.raises(IntegrityError):
        await add_video(session, await add_person(session), withdrawn_at=clock.now())


@pytest.mark.parametrize("table", ["users", "assets", "categories"])
async def test_what_a_video_stands_on_cannot_be_deleted(session: WriteSession, table: str) -> None:
    category = await add_category(session)
    await add_video(session, await add_person(session), category_id=category.id)
    with pytest.raises(IntegrityError):
        await session.execute(text(f"DELETE FROM {table}"))  # noqa: S608 The table is named above.


async def test_a_category_outlives_whoever_made_it(session: WriteSession) -> None:
    ann = await add_person(session)
    category = await add_category(session, created_by=ann.id)
    await session.delete(ann)
    await session.flush()
    await session.refresh(category)
    assert category.created_by is None


@pytest.mark.parametrize("model", [Category, Video])
async def test_plain_sql_moves_updated_at(
    database: Database, model: type[Category | Video]
) -> None:
    long_ago = datetime.fromisoformat("2020-01-01T00:00:00+00:00")
    async with database.write() as session:
        await add_video(session, await add_person(session))
        await add_category(session)
        await session.execute(update(model).values(updated_at=long_ago))
        name = "title" if model is Video else "name"
        await session.execute(text(f"UPDATE {model.__tablename__} SET {name} = 'new'"))  # noqa: S608 No user's words.
        changed = await session.scalar(
            select(func.count()).select_from(model).where(model.updated_at > long_ago)
        )
    assert changed == 1
