"""Live events are stored once, and a number of it for each person.

What was stored for pages to catch up with is forgotten: they fetch everything afresh.
"""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_32"
down_revision = "20261121_31"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create both tables in place of the one."""
    op.drop_table("live_events")
    op.create_table(
        "live_events",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("data", JSONDocument, nullable=False),
        sa.Column("about", sa.Uuid()),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_live_events_created_at"), "live_events", ["created_at"])
    op.create_index(op.f("ix_live_events_about"), "live_events", ["about"])
    op.create_table(
        "live_recipients",
        sa.Column("user_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column(
            "event_id",
            sa.Uuid(),
            sa.ForeignKey("live_events.id", ondelete="CASCADE"),
            nullable=False,
        ),
    )
    op.create_index(op.f("ix_live_recipients_event_id"), "live_recipients", ["event_id"])


def downgrade() -> None:
    """Store an event for each person again."""
    op.drop_table("live_recipients")
    op.drop_table("live_events")
    op.create_table(
        "live_events",
        sa.Column("user_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("data", JSONDocument, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_live_events_created_at"), "live_events", ["created_at"])
