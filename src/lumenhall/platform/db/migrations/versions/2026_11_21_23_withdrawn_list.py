"""The list of withdrawn videos."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_23"
down_revision = "20261121_22"
branch_labels = None
depends_on = None

INDEX = "ix_videos_withdrawn_at"


def upgrade() -> None:
    """Create the index that it walks."""
    where = sa.text("withdrawn_at IS NOT NULL")
    op.create_index(INDEX, "videos", ["withdrawn_at"], postgresql_where=where, sqlite_where=where)


def downgrade() -> None:
    """Drop it."""
    op.drop_index(INDEX, "videos")
