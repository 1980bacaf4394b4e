"""Whom messages name, and those that moderators should look at."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_42"
down_revision = "20261121_41"
branch_labels = None
depends_on = None

FLAGGED = "ix_messages_flagged"


def upgrade() -> None:
    """Create the table and the column; both begin with what is said from now on."""
    op.create_table(
        "message_mentions",
        sa.Column(
            "message_id",
            sa.Uuid(),
            sa.ForeignKey("messages.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("conversation_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
    )
    op.create_index(
        "ix_message_mentions_user_id_conversation_id_number",
        "message_mentions",
        ["user_id", "conversation_id", "number"],
    )
    flagged: sa.Column[bool] = sa.Column(
        "flagged", sa.Boolean(), nullable=False, server_default=sa.false()
    )
    op.add_column("messages", flagged)
    op.create_index(
        FLAGGED,
        "messages",
        ["id"],
        postgresql_where=sa.text("flagged"),
        sqlite_where=sa.text("flagged = 1"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index(FLAGGED, "messages")
    op.drop_column("messages", "flagged")
    op.drop_table("message_mentions")
