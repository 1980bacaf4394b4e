"""The history of a person, and when a view of theirs was last counted."""

from alembic import op

revision = "20261121_14"
down_revision = "20261121_13"
branch_labels = None
depends_on = None

HISTORY = op.f("ix_watch_progress_user_id_updated_at_video_id")
BY_PERSON = op.f("ix_views_user_id_video_id_counted_at")


def upgrade() -> None:
    """Create an index for each; the one of views replaces the one of people alone."""
    op.create_index(HISTORY, "watch_progress", ["user_id", "updated_at", "video_id"])
    op.create_index(BY_PERSON, "views", ["user_id", "video_id", "counted_at"])
    op.drop_index(op.f("ix_views_user_id"), "views")


def downgrade() -> None:
    """Put the old index back."""
    op.create_index(op.f("ix_views_user_id"), "views", ["user_id"])
    op.drop_index(BY_PERSON, "views")
    op.drop_index(HISTORY, "watch_progress")
