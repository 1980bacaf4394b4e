"""Groups about one thing, and who was removed from a group rather than left it."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_33"
down_revision = "20261121_32"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; so far nobody could come back by themselves, so nothing was kept of it."""
    op.add_column("conversations", sa.Column("topic", sa.String(300)))
    op.create_index(op.f("ix_conversations_topic"), "conversations", ["topic"], unique=True)
    removed: sa.Column[bool] = sa.Column(
        "is_removed", sa.Boolean(), server_default=sa.false(), nullable=False
    )
    op.add_column("participants", removed)


def downgrade() -> None:
    """Drop them."""
    op.drop_column("participants", "is_removed")
    op.drop_index(op.f("ix_conversations_topic"), "conversations")
    op.drop_column("conversations", "topic")
