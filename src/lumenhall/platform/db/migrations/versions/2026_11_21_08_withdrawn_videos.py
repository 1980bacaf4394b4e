"""When a moderator took a video out of everybody's sight."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_08"
down_revision = "20261121_07"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    # The rule stands with the column: SQLite can't add one to a table without copying it all,
    # and the copy would lose the triggers.
    rule = sa.CheckConstraint(
        "withdrawn_at IS NULL OR NOT published", name=op.f("ck_videos_withdrawn_at")
    )
    op.add_column("videos", sa.Column("withdrawn_at", UTCDateTime(), rule))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("videos", "withdrawn_at")
