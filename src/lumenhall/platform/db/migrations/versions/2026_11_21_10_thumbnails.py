"""Chosen thumbnails beside the automatic one."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_10"
down_revision = "20261121_09"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; every picture so far was automatic."""
    op.add_column("assets", sa.Column("automatic_thumbnail_key", sa.String(300)))
    op.add_column("assets", sa.Column("wanted_frame_ms", sa.BigInteger()))
    op.execute("UPDATE assets SET automatic_thumbnail_key = thumbnail_key")


def downgrade() -> None:
    """Drop the columns; what is shown stays so."""
    op.drop_column("assets", "wanted_frame_ms")
    op.drop_column("assets", "automatic_thumbnail_key")
