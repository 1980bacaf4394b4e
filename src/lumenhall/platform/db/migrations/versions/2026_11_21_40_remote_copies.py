"""Videos that lie at a provider."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, utc_now
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_40"
down_revision = "20261121_33"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "remote_copies",
        sa.Column("uid", sa.String(255), primary_key=True),
        sa.Column(
            "asset_id", sa.Uuid(), sa.ForeignKey("assets.id", ondelete="SET NULL"), unique=True
        ),
        sa.Column("look_at", UTCDateTime()),
        sa.Column("looks", sa.Integer(), nullable=False),
        sa.Column("retries", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
    )
    op.create_index(op.f("ix_remote_copies_look_at"), "remote_copies", ["look_at"])
    add_updated_at_trigger("remote_copies", key="uid")


def downgrade() -> None:
    """Drop it."""
    op.drop_table("remote_copies")
