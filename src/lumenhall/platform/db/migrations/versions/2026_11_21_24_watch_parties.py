"""Watching together."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import drop_enum_type, enum_type
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_24"
down_revision = "20261121_23"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "watch_parties",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _of("conversation_id", "conversations.id"),
        _of("message_id", "messages.id"),
        sa.Column("video_id", sa.Uuid(), sa.ForeignKey("videos.id", ondelete="SET NULL")),
        _of("started_by_id", "users.id"),
        sa.Column("state", enum_type("watch_party_state", "playing", "paused"), nullable=False),
        sa.Column("position_ms", sa.Integer(), nullable=False),
        sa.Column("rate", sa.Double(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("changed_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
        sa.UniqueConstraint("conversation_id"),
        sa.CheckConstraint("position_ms >= 0", name="position_ms"),
        sa.CheckConstraint("rate > 0", name="rate"),
        sa.CheckConstraint("version >= 1", name="version"),
    )
    for column in ("video_id", "seen_at"):
        op.create_index(op.f(f"ix_watch_parties_{column}"), "watch_parties", [column])
    op.create_table(
        "watch_party_people",
        _of("party_id", "watch_parties.id", primary_key=True),
        _of("user_id", "users.id", primary_key=True),
        sa.Column("until", UTCDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("watch_party_people")
    op.drop_table("watch_parties")
    drop_enum_type("watch_party_state")


def _of(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, nullable=False, primary_key=primary_key)
