"""Reactions, comments, and the people whom comments name."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, drop_enum_type, enum_type, utc_now
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_09"
down_revision = "20261121_08"
branch_labels = None
depends_on = None

REACTIONS = ("like", "love", "haha", "wow", "sad", "pray")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "video_reactions",
        _whose("user_id", "users.id", primary_key=True),
        _whose("video_id", "videos.id", primary_key=True),
        sa.Column("type", enum_type("video_reaction_type", *REACTIONS), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(
        op.f("ix_video_reactions_video_id_type"), "video_reactions", ["video_id", "type"]
    )
    op.create_index(op.f("ix_video_reactions_created_at"), "video_reactions", ["created_at"])
    op.create_table(
        "comments",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("video_id", "videos.id"),
        sa.Column(
            "author_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("parent_id", sa.Uuid(), sa.ForeignKey("comments.id", ondelete="CASCADE")),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("text", sa.String(2000), nullable=False),
        sa.Column("moment_seconds", sa.Integer()),
        sa.Column("edited_at", UTCDateTime()),
        sa.Column("deleted_at", UTCDateTime()),
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.CheckConstraint("moment_seconds >= 0", name="moment_seconds"),
        sa.UniqueConstraint("author_id", "client_id"),
    )
    op.create_index(
        op.f("ix_comments_video_id_parent_id_id"), "comments", ["video_id", "parent_id", "id"]
    )
    op.create_index(op.f("ix_comments_parent_id_id"), "comments", ["parent_id", "id"])
    add_updated_at_trigger("comments")
    op.create_table(
        "comment_mentions",
        _whose("comment_id", "comments.id", primary_key=True),
        _whose("user_id", "users.id", primary_key=True),
    )
    op.create_index(op.f("ix_comment_mentions_user_id"), "comment_mentions", ["user_id"])
    op.create_table(
        "comment_reactions",
        _whose("user_id", "users.id", primary_key=True),
        _whose("comment_id", "comments.id", primary_key=True),
        sa.Column("type", enum_type("comment_reaction_type", *REACTIONS), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(
        op.f("ix_comment_reactions_comment_id_type"), "comment_reactions", ["comment_id", "type"]
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("comment_reactions", "comment_mentions", "comments", "video_reactions"):
        op.drop_table(table)
    for name in ("comment_reaction_type", "video_reaction_type"):
        drop_enum_type(name)


def _whose(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, primary_key=primary_key, nullable=False)
