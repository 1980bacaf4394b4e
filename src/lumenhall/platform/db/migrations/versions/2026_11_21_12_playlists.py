"""Playlists and what is in them."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, drop_enum_type, enum_type, utc_now
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_12"
down_revision = "20261121_11"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "playlists",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _parent("owner_id", "users.id"),
        sa.Column("kind", enum_type("playlist_kind", "normal", "watch_later"), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("description", sa.String(500), nullable=False),
        sa.Column("is_public", sa.Boolean(), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.CheckConstraint("kind = 'normal' OR NOT is_public", name="watch_later_is_private"),
    )
    op.create_index(op.f("ix_playlists_owner_id_id"), "playlists", ["owner_id", "id"])
    op.create_index(op.f("ix_playlists_is_public_id"), "playlists", ["is_public", "id"])
    op.create_index(
        "uq_playlists_watch_later",
        "playlists",
        ["owner_id"],
        unique=True,
        postgresql_where=sa.text("kind = 'watch_later'"),
        sqlite_where=sa.text("kind = 'watch_later'"),
    )
    add_updated_at_trigger("playlists")
    op.create_table(
        "playlist_items",
        _parent("playlist_id", "playlists.id", primary_key=True),
        _parent("video_id", "videos.id", primary_key=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("added_at", UTCDateTime(), nullable=False),
    )
    op.create_index(
        op.f("ix_playlist_items_playlist_id_position"),
        "playlist_items",
        ["playlist_id", "position"],
    )
    op.create_index(op.f("ix_playlist_items_video_id"), "playlist_items", ["video_id"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("playlist_items")
    op.drop_table("playlists")
    drop_enum_type("playlist_kind")


def _parent(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, primary_key=primary_key, nullable=False)
