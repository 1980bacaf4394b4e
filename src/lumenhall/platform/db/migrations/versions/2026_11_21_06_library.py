"""The tables of library: categories, videos and their tags."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, utc_now
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_06"
down_revision = "20261121_05"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "categories",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("slug", sa.String(100), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("image_hash", sa.String(64)),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.Uuid(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        *_times(),
        sa.UniqueConstraint("name"),
        sa.UniqueConstraint("slug"),
    )
    op.create_index(op.f("ix_categories_sort_order"), "categories", ["sort_order"])
    op.create_table(
        "videos",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("short_id", sa.String(8), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.String(5000), nullable=False),
        sa.Column("category_id", sa.Uuid(), sa.ForeignKey("categories.id", ondelete="RESTRICT")),
        sa.Column(
            "uploaded_by", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column(
            "asset_id", sa.Uuid(), sa.ForeignKey("assets.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("published_at", UTCDateTime()),
        sa.Column("announced_at", UTCDateTime()),
        sa.Column("is_hero", sa.Boolean(), nullable=False),
        sa.Column("view_count", sa.Integer(), nullable=False),
        *_times(),
        sa.UniqueConstraint("short_id"),
        sa.UniqueConstraint("asset_id"),
        sa.CheckConstraint("view_count >= 0", name="view_count"),
        sa.CheckConstraint("published_at IS NOT NULL OR NOT published", name="published_at"),
    )
    indexes: tuple[list[str | sa.TextClause], ...] = (
        ["category_id"],
        ["uploaded_by"],
        ["published"],
        ["view_count"],
        ["title"],
        ["created_at"],
        ["published", "published_at"],
        ["published", "category_id", sa.text("view_count DESC")],
    )
    for columns in indexes:
        names = [name if isinstance(name, str) else "view_count" for name in columns]
        op.create_index(op.f(f"ix_videos_{'_'.join(names)}"), "videos", columns)
    # SQLite uses a partial index only for a condition that is spelled the same.
    op.create_index(
        op.f("uq_videos_is_hero"),
        "videos",
        ["is_hero"],
        unique=True,
        postgresql_where=sa.text("is_hero"),
        sqlite_where=sa.text("is_hero = 1"),
    )
    op.create_index(
        op.f("ix_videos_unannounced"),
        "videos",
        ["published_at"],
        postgresql_where=sa.text("announced_at IS NULL"),
        sqlite_where=sa.text("announced_at IS NULL"),
    )
    op.create_table(
        "video_tags",
        sa.Column(
            "video_id",
            sa.Uuid(),
            sa.ForeignKey("videos.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("tag", sa.String(50), primary_key=True),
    )
    op.create_index(op.f("ix_video_tags_tag"), "video_tags", ["tag"])
    add_updated_at_trigger("categories")
    add_updated_at_trigger("videos")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("video_tags")
    op.drop_table("videos")
    op.drop_table("categories")


def _times() -> list[sa.Column[object]]:
    return [
        sa.Column(name, UTCDateTime(), server_default=utc_now(), nullable=False)
        for name in ("created_at", "updated_at")
    ]
