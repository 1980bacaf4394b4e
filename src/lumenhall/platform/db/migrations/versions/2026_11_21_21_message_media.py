"""What is attached to messages."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import drop_enum_type, enum_type
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_21"
down_revision = "20261121_20"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "message_media",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("conversation_id", "conversations.id", "CASCADE", nullable=False),
        _whose("owner_id", "users.id", "CASCADE", nullable=False),
        _whose("message_id", "messages.id", "CASCADE"),
        sa.Column(
            "type", enum_type("message_media_type", "image", "video", "voice"), nullable=False
        ),
        sa.Column("sort_order", sa.Integer(), nullable=False),
        _whose("asset_id", "assets.id", "SET NULL"),
        sa.Column("file_key", sa.String(300)),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("duration_ms", sa.Integer()),
        sa.Column("waveform", JSONDocument),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.CheckConstraint("duration_ms >= 0", name="duration_ms"),
    )
    for columns in (["message_id"], ["asset_id"], ["conversation_id", "created_at"]):
        name = op.f(f"ix_message_media_{'_'.join(columns)}")
        op.create_index(name, "message_media", columns)


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("message_media")
    drop_enum_type("message_media_type")


def _whose(name: str, target: str, rule: str, *, nullable: bool = True) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete=rule)
    return sa.Column(name, sa.Uuid(), parent, nullable=nullable)
