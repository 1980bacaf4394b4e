"""Courses, the videos of their lessons, who takes them, and what they have done."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, drop_enum_type, enum_type, utc_now
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_31"
down_revision = "20261121_30"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    _create_courses()
    _create_videos()
    _create_learning()
    _create_quizzes()
    _create_what_is_kept()
    for table in ("courses", "course_videos", "course_video_versions", "lesson_notes"):
        add_updated_at_trigger(table)
    for table in ("lesson_texts", "enrolments", "lesson_progress", "quizzes"):
        add_updated_at_trigger(table, key="rowid")


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "certificates",
        "lesson_notes",
        "quiz_attempts",
        "quizzes",
        "lesson_progress",
        "enrolments",
        "lesson_texts",
        "course_video_versions",
        "course_videos",
        "course_instructors",
        "courses",
    ):
        op.drop_table(table)
    drop_enum_type("course_video_status")


def _create_courses() -> None:
    op.create_table(
        "courses",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False, unique=True),
        sa.Column("description", sa.String(5000), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("instructor_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("category_id", sa.Uuid(), sa.ForeignKey("categories.id", ondelete="SET NULL")),
        sa.Column("preview_video_url", sa.String(500)),
        sa.Column("preview_video_id", sa.String(255)),
        sa.Column("preview_video_thumbnail", sa.String(500)),
        sa.Column("preview_video_duration", sa.Integer()),
        *(
            sa.Column(name, sa.Uuid(), sa.ForeignKey("assets.id", ondelete="RESTRICT"), unique=True)
            for name in ("preview_asset_id", "preview_next_asset_id")
        ),
        sa.Column("curriculum", JSONDocument, nullable=False),
        sa.Column("curriculum_version", sa.Integer(), nullable=False),
        sa.Column("order_locked", sa.Boolean(), nullable=False),
        *_times(),
        sa.CheckConstraint("preview_video_duration >= 0", name="preview_video_duration"),
        sa.CheckConstraint("curriculum_version >= 0", name="curriculum_version"),
    )
    for columns in (["instructor_id"], ["category_id"], ["preview_video_id"], ["published", "id"]):
        _index("courses", *columns)
    op.create_table(
        "course_instructors",
        _whose("course_id", "courses.id", primary_key=True),
        _whose("user_id", "users.id", primary_key=True),
    )
    _index("course_instructors", "user_id")


def _create_videos() -> None:
    asset = sa.ForeignKey("assets.id", ondelete="RESTRICT")
    op.create_table(
        "course_videos",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("course_id", "courses.id"),
        _lesson(),
        sa.Column("cloudflare_video_id", sa.String(255), nullable=False, unique=True),
        sa.Column("provider", sa.String(20), nullable=False),
        sa.Column("asset_id", sa.Uuid(), asset, nullable=False, unique=True),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.String(5000), nullable=False),
        sa.Column("duration", sa.Integer()),
        sa.Column("thumbnail_url", sa.String(500)),
        sa.Column(
            "status",
            enum_type("course_video_status", "queued", "inprogress", "ready", "error"),
            nullable=False,
        ),
        sa.Column("playback_hls_url", sa.String(500)),
        sa.Column("playback_dash_url", sa.String(500)),
        sa.Column("processing_progress", sa.Integer(), nullable=False),
        sa.Column("error_message", sa.String(500)),
        sa.Column("metadata", JSONDocument, nullable=False),
        *_times(),
        sa.UniqueConstraint("course_id", "lesson_id"),
        sa.CheckConstraint("processing_progress BETWEEN 0 AND 100", name="processing_progress"),
        sa.CheckConstraint("duration >= 0", name="duration"),
    )
    for column in ("course_id", "lesson_id", "cloudflare_video_id", "status", "created_at"):
        _index("course_videos", column)
    op.create_table(
        "course_video_versions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "course_video_id",
            sa.Uuid(),
            sa.ForeignKey("course_videos.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column(
            "asset_id",
            sa.Uuid(),
            sa.ForeignKey("assets.id", ondelete="RESTRICT"),
            nullable=False,
            unique=True,
        ),
        sa.Column("retired_at", UTCDateTime()),
        *_times(),
    )
    _index("course_video_versions", "course_video_id")
    _index("course_video_versions", "retired_at")
    is_next = sa.text("retired_at IS NULL")
    op.create_index(
        "uq_course_video_versions_next",
        "course_video_versions",
        ["course_video_id"],
        unique=True,
        postgresql_where=is_next,
        sqlite_where=is_next,
    )
    op.create_table(
        "lesson_texts",
        _whose("course_id", "courses.id", primary_key=True),
        _lesson(primary_key=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_times(),
    )


def _create_learning() -> None:
    op.create_table(
        "enrolments",
        _whose("course_id", "courses.id", primary_key=True),
        _whose("user_id", "users.id", primary_key=True),
        sa.Column("last_lesson_id", sa.String(255)),
        sa.Column("completed_at", UTCDateTime()),
        *_times(),
    )
    _index("enrolments", "course_id", "created_at", "user_id")
    _index("enrolments", "user_id", "created_at", "course_id")
    figures = ("watched_seconds", "last_position", "duration_seconds")
    op.create_table(
        "lesson_progress",
        _whose("user_id", "users.id", primary_key=True),
        _whose("course_id", "courses.id", primary_key=True),
        _lesson(primary_key=True),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in figures),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("completed_at", UTCDateTime()),
        sa.Column("spans", JSONDocument, nullable=False),
        sa.Column("position_at", UTCDateTime(), nullable=False),
        *_times(),
        *(sa.CheckConstraint(f"{name} >= 0", name=name) for name in figures),
        sa.CheckConstraint("completed = (completed_at IS NOT NULL)", name="completed_at"),
    )
    _index("lesson_progress", "course_id", "user_id")


def _create_quizzes() -> None:
    op.create_table(
        "quizzes",
        _whose("course_id", "courses.id", primary_key=True),
        _lesson(primary_key=True),
        sa.Column("pass_percent", sa.Integer(), nullable=False),
        sa.Column("questions", JSONDocument, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        *_times(),
        sa.CheckConstraint("pass_percent BETWEEN 1 AND 100", name="pass_percent"),
    )
    op.create_table(
        "quiz_attempts",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("course_id", "courses.id"),
        _lesson(),
        _whose("user_id", "users.id"),
        sa.Column("answers", JSONDocument, nullable=False),
        sa.Column("score_percent", sa.Integer(), nullable=False),
        sa.Column("passed", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("score_percent BETWEEN 0 AND 100", name="score_percent"),
    )
    _index("quiz_attempts", "course_id")
    _index("quiz_attempts", "user_id", "course_id", "lesson_id", "id")


def _create_what_is_kept() -> None:
    op.create_table(
        "lesson_notes",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("course_id", "courses.id"),
        _lesson(),
        _whose("user_id", "users.id"),
        sa.Column("moment_seconds", sa.Integer()),
        sa.Column("text", sa.String(5000), nullable=False),
        *_times(),
        sa.CheckConstraint("moment_seconds >= 0", name="moment_seconds"),
    )
    _index("lesson_notes", "course_id")
    _index("lesson_notes", "user_id", "course_id", "lesson_id", "id")
    op.create_table(
        "certificates",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("code", sa.String(20), nullable=False, unique=True),
        _whose("user_id", "users.id"),
        sa.Column("course_id", sa.Uuid(), sa.ForeignKey("courses.id", ondelete="SET NULL")),
        sa.Column("person_name", sa.String(100), nullable=False),
        sa.Column("course_title", sa.String(200), nullable=False),
        sa.Column("issued_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("user_id", "course_id"),
    )
    _index("certificates", "course_id")


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))


def _lesson(*, primary_key: bool = False) -> sa.Column[str]:
    return sa.Column("lesson_id", sa.String(255), primary_key=primary_key, nullable=False)


def _whose(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, primary_key=primary_key, nullable=False)


def _times() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
    )
