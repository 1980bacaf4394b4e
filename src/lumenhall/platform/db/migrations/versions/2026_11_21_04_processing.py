"""The tables of processing."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_04"
down_revision = "20261121_03"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "processing_failures",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "asset_id", sa.Uuid(), sa.ForeignKey("assets.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("job", sa.String(100), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("error_code", sa.String(60), nullable=False),
        sa.Column("log", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    for column in ("asset_id", "created_at"):
        op.create_index(op.f(f"ix_processing_failures_{column}"), "processing_failures", [column])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("processing_failures")
