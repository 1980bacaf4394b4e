"""The tables of engagement: watch progress and views."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, utc_now
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_07"
down_revision = "20261121_06"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "watch_progress",
        _whose("user_id", "users.id", primary_key=True),
        _whose("video_id", "videos.id", primary_key=True),
        sa.Column("watched_seconds", sa.Integer(), nullable=False),
        sa.Column("last_position", sa.Integer(), nullable=False),
        sa.Column("duration_seconds", sa.Integer(), nullable=False),
        sa.Column("completed", sa.Boolean(), nullable=False),
        sa.Column("spans", JSONDocument, nullable=False),
        sa.Column("view_spans", JSONDocument, nullable=False),
        sa.Column("view_counted_at", UTCDateTime()),
        sa.Column("position_at", UTCDateTime(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.CheckConstraint("watched_seconds >= 0", name="watched_seconds"),
        sa.CheckConstraint("last_position >= 0", name="last_position"),
        sa.CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
    )
    op.create_index(op.f("ix_watch_progress_video_id"), "watch_progress", ["video_id"])
    op.create_index(
        op.f("ix_watch_progress_user_id_completed_updated_at"),
        "watch_progress",
        ["user_id", "completed", sa.text("updated_at DESC")],
    )
    op.create_table(
        "views",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("user_id", "users.id"),
        _whose("video_id", "videos.id"),
        sa.Column("counted_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_views_video_id_counted_at"), "views", ["video_id", "counted_at"])
    op.create_index(op.f("ix_views_user_id"), "views", ["user_id"])
    add_updated_at_trigger("watch_progress", key="rowid")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("views")
    op.drop_table("watch_progress")


def _whose(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, primary_key=primary_key, nullable=False)
