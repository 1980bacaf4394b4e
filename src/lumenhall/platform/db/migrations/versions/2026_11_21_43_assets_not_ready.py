"""What is under way or has failed is found without looking at what is ready."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_43"
down_revision = "20261121_42"
branch_labels = None
depends_on = None

NOT_READY = sa.text("status <> 'ready'")
HAS_NEXT = sa.text("preview_next_asset_id IS NOT NULL")


def upgrade() -> None:
    """Create indexes of the few rows that are looked for."""
    op.create_index(
        "ix_assets_not_ready", "assets", ["id"], postgresql_where=NOT_READY, sqlite_where=NOT_READY
    )
    op.create_index(
        "ix_courses_preview_next",
        "courses",
        ["preview_next_asset_id"],
        postgresql_where=HAS_NEXT,
        sqlite_where=HAS_NEXT,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_courses_preview_next", "courses")
    op.drop_index("ix_assets_not_ready", "assets")
