"""What the database itself enforces for courses (PRODUCT 8, 13).

What a reviewer of the schema would look for: columns, types, keys, names of constraints, what
deleting takes along, the trigger, and plans.
"""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Inspector, func, inspect, select, text
from sqlalchemy.exc import IntegrityError

from lumenhall.domains.courses.models import (
    CourseVideo,
    CourseVideoVersion,
)
from lumenhall.domains.media.models import Asset
from lumenhall.platform.db import WriteSession
from lumenhall.platform.kit import clock
from tests.factories.people import add_person
from tests.factories.schools import add_school
from tests.factories.videos import make_asset

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
USER, COURSE = ("users", "CASCADE"), ("courses", "CASCADE")
KEYS = {
    "courses": {
        "instructor_id": ("users", "SET NULL"),
        "category_id": ("categories", "SET NULL"),
        "preview_asset_id": ("assets", "RESTRICT"),
        "preview_next_asset_id": ("assets", "RESTRICT"),
    },
    "course_instructors": {"course_id": COURSE, "user_id": USER},
    "course_videos": {"course_id": COURSE, "asset_id": ("assets", "RESTRICT")},
    "course_video_versions": {
        "course_video_id": ("course_videos", "CASCADE"),
        "asset_id": ("assets", "RESTRICT"),
    },
    "lesson_texts": {"course_id": COURSE},
    "enrolments": {"course_id": COURSE, "user_id": USER},
    "lesson_progress": {"course_id": COURSE, "user_id": USER},
    "quizzes": {"course_id": COURSE},
    "quiz_attempts": {"course_id": COURSE, "user_id": USER},
    "lesson_notes": {"course_id": COURSE, "user_id": USER},
    "certificates": {"course_id": ("courses", "SET NULL"), "user_id": USER},
}
UNIQUE = {
    "courses": {("slug",), ("preview_asset_id",), ("preview_next_asset_id",)},
    "course_videos": {("course_id", "lesson_id"), ("cloudflare_video_id",), ("asset_id",)},
    "course_video_versions": {("asset_id",)},
    "certificates": {("code",), ("user_id", "course_id")},
}
PRIMARY = {
    "courses": ["id"],
    "course_videos": ["id"],
    "course_instructors": ["course_id", "user_id"],
    "enrolments": ["course_id", "user_id"],
    "lesson_progress": ["user_id", "course_id", "lesson_id"],
    "lesson_texts": ["course_id", "lesson_id"],
    "quizzes": ["course_id", "lesson_id"],
}
# Type by its name on PostgreSQL, and whether it may be null.
COURSE_VIDEO = {
    "id": ("UUID", False),
    "course_id": ("UUID", False),
    "lesson_id": ("VARCHAR(255)", False),
    "cloudflare_video_id": ("VARCHAR(255)", False),
    "title": ("VARCHAR(200)", False),
    "description": ("VARCHAR(5000)", False),
    "duration": ("INTEGER", True),
    "thumbnail_url": ("VARCHAR(500)", True),
    "status": ("COURSE_VIDEO_STATUS", False),
    "playback_hls_url": ("VARCHAR(500)", True),
    "playback_dash_url": ("VARCHAR(500)", True),
    "processing_progress": ("INTEGER", False),
    "error_message": ("VARCHAR(500)", True),
    "metadata": ("JSONB", False),
    "created_at": ("TIMESTAMP", False),
    "updated_at": ("TIMESTAMP", False),
    "asset_id": ("UUID", False),
    "provider": ("VARCHAR(20)", False),
}
PREVIEW = {
    "preview_video_url": "VARCHAR(500)",
    "preview_video_id": "VARCHAR(255)",
    "preview_video_thumbnail": "VARCHAR(500)",
    "preview_video_duration": "INTEGER",
}
ON_SQLITE = {
    "UUID": "CHAR(32)",
    "JSONB": "JSON",
    "TIMESTAMP": "DATETIME",
    "COURSE_VIDEO_STATUS": "VARCHAR(10)",
}
CHECKS = {
    "courses": {"ck_courses_preview_video_duration", "ck_courses_curriculum_version"},
    "course_videos": {"ck_course_videos_processing_progress", "ck_course_videos_duration"},
    "lesson_progress": {
        "ck_lesson_progress_watched_seconds",
        "ck_lesson_progress_last_position",
        "ck_lesson_progress_duration_seconds",
        "ck_lesson_progress_completed_at",
    },
    "quizzes": {"ck_quizzes_pass_percent"},
    "quiz_attempts": {"ck_quiz_attempts_score_percent"},
    "lesson_notes": {"ck_lesson_notes_moment_seconds"},
}


async def ask(session: WriteSession, question: str, table: str) -> Any:
    def read(connection: object) -> Any:
        inspector = inspect(connection)
        assert isinstance(inspector, Inspector)
        return getattr(inspector, question)(table)

    return await (await session.connection()).run_sync(read)


def is_sqlite(session: WriteSession) -> bool:
    return session.get_bind().dialect.name == "sqlite"


def type_named(session: WriteSession, name: str) -> str:
    return ON_SQLITE.get(name, name) if is_sqlite(session) else name


async def test_the_videos_of_lessons_have_their_columns(session: WriteSession) -> None:
    found = {
        column["name"]: (str(column["type"]).upper(), column["nullable"])
        for column in await ask(session, "get_columns", "course_videos")
    }
    if not is_sqlite(session):
        # The enum prints as the text that it holds.
        found["status"] = ("COURSE_VIDEO_STATUS", found["status"][1])
    expected = {
        name: (type_named(session, kind), nullable)
        for name, (kind, nullable) in COURSE_VIDEO.items()
    }
    assert found == expected


async def test_courses_have_the_four_columns_of_a_preview(session: WriteSession) -> None:
    found = {
        column["name"]: (str(column["type"]), column["nullable"])
        for column in await ask(session, "get_columns", "courses")
    }
    for name, kind in PREVIEW.items():
        assert found[name] == (kind, True)
    assert found["curriculum"] == (type_named(session, "JSONB"), False)


@pytest.mark.parametrize("table", KEYS)
async def test_foreign_keys_say_what_deleting_does(session: WriteSession, table: str) -> None:
    keys = await ask(session, "get_foreign_keys", table)
    found = {
        key["constrained_columns"][0]: (key["referred_table"], key["options"]["ondelete"])
        for key in keys
    }
    assert found == KEYS[table]
    names = {f"fk_{table}_{column}_{target}" for column, (target, _) in KEYS[table].items()}
    assert {key["name"] for key in keys} == names


async def test_there_is_one_of_each(session: WriteSession) -> None:
    for table, wanted in UNIQUE.items():
        found = await ask(session, "get_unique_constraints", table)
        assert {tuple(one["column_names"]) for one in found} == wanted
        assert {one["name"] for one in found} == {
            f"uq_{table}_{'_'.join(columns)}" for columns in wanted
        }
    for table, columns in PRIMARY.items():
        key = await ask(session, "get_pk_constraint", table)
        assert (key["constrained_columns"], key["name"]) == (columns, f"pk_{table}")


@pytest.mark.parametrize("table", CHECKS)
async def test_checks_go_by_their_names(session: WriteSession, table: str) -> None:
    found = {one["name"] for one in await ask(session, "get_check_constraints", table)}
    assert CHECKS[table] <= found


async def test_indexes_go_by_their_names(session: WriteSession) -> None:
    found = {one["name"] for one in await ask(session, "get_indexes", "course_videos")}
    columns = ("course_id", "lesson_id", "cloudflare_video_id", "status", "created_at")
    assert {f"ix_course_videos_{column}" for column in columns} <= found
    found = {one["name"] for one in await ask(session, "get_indexes", "courses")}
    assert "ix_courses_preview_video_id" in found


async def count(session: WriteSession, table: str) -> int:
    return await session.scalar(text(f"SELECT count(*) FROM {table}")) or 0  # noqa: S608


async def test_all_but_certificates_goes_with_the_course(session: WriteSession) -> None:
    await add_school(session)
    await session.execute(text("DELETE FROM courses"))
    for table in KEYS.keys() - {"certificates"}:
        assert await count(session, table) == 0, table
    assert await count(session, "certificates") == 1
    assert await session.scalar(select(func.count()).select_from(Asset)) == 2


async def test_a_course_stays_when_its_category_or_instructor_goes(session: WriteSession) -> None:
    course, *_ = await add_school(session)
    await session.execute(text("DELETE FROM categories"))
    await session.execute(text("UPDATE courses SET instructor_id = NULL"))
    await session.refresh(course)
    assert (course.category_id, course.instructor_id) == (None, None)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE course_videos SET processing_progress = -1",
        "UPDATE course_videos SET processing_progress = 101",
        "UPDATE course_videos SET duration = -1",
        "UPDATE courses SET preview_video_duration = -1",
        "UPDATE courses SET curriculum_version = -1",
        "UPDATE courses SET preview_asset_id = '{user}'",
        "UPDATE lesson_progress SET watched_seconds = -1",
        "UPDATE lesson_progress SET completed = true",
        "UPDATE lesson_notes SET moment_seconds = -1",
        "UPDATE quizzes SET pass_percent = 0",
        "UPDATE quiz_attempts SET score_percent = 101",
        "DELETE FROM assets",
    ],
)
async def test_what_can_not_be_is_refused(session: WriteSession, change: str) -> None:
    _, _, bob = await add_school(session)
    user = bob.id.hex if is_sqlite(session) else bob.id
    with pytest.raises(IntegrityError):
        await session.execute(text(change.format(user=user)))


async def test_a_status_that_is_none_is_refused(session: WriteSession) -> None:
    await add_school(session)
    # PostgreSQL knows it for a value of another type, SQLite for one that a rule refuses.
    with pytest.raises(Exception, match=r"(?i)course_video_status"):
        await session.execute(text("UPDATE course_videos SET status = 'pending'"))


@pytest.mark.parametrize("twice", ["lesson", "uid", "asset", "next"])
async def test_there_is_never_a_second_one(session: WriteSession, twice: str) -> None:
    course, video, _ = await add_school(session)
    other = make_asset(await add_person(session, "cat"))
    session.add(other)
    await session.flush()
    if twice == "next":
        session.add(CourseVideoVersion(course_video_id=video.id, asset_id=other.id))
    else:
        session.add(
            CourseVideo(
                course_id=course.id,
                lesson_id="a" if twice == "lesson" else "b",
                cloudflare_video_id=video.cloudflare_video_id if twice == "uid" else "other",
                provider="local",
                asset_id=video.asset_id if twice == "asset" else other.id,
                title="Again",
            )
        )
    with pytest.raises(IntegrityError):
        await session.flush()


async def test_many_retired_files_may_wait_beside_the_next_one(session: WriteSession) -> None:
    _, video, bob = await add_school(session)
    for _ in range(2):
        asset = make_asset(bob)
        session.add(asset)
        await session.flush()
        session.add(
            CourseVideoVersion(course_video_id=video.id, asset_id=asset.id, retired_at=clock.now())
        )
    await session.flush()
    assert await count(session, "course_video_versions") == 3


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("course_videos", "processing_progress = 7"),
        ("courses", "title = 'x'"),
        ("enrolments", "last_lesson_id = 'a'"),
        ("lesson_progress", "last_position = 3"),
        ("lesson_texts", "body = 'x'"),
        ("quizzes", "pass_percent = 50"),
        ("lesson_notes", "text = 'x'"),
        ("course_video_versions", "retired_at = created_at"),
    ],
)
async def test_updated_at_is_kept_by_the_database(
    session: WriteSession, table: str, change: str
) -> None:
    await add_school(session)
    long_ago = "'2020-01-01 00:00:00.000000'"
    await session.execute(text(f"UPDATE {table} SET updated_at = {long_ago}"))  # noqa: S608
    await session.execute(text(f"UPDATE {table} SET {change}"))  # noqa: S608
    old = await session.scalar(
        text(f"SELECT count(*) FROM {table} WHERE updated_at <= {long_ago}")  # noqa: S608
    )
    assert old == 0
