"""The tables of uploads."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import (
    add_updated_at_trigger,
    drop_enum_type,
    drop_updated_at_trigger,
    enum_type,
    utc_now,
)
from lumenhall.platform.db.types import UTCDateTime

revision = "20261121_05"
down_revision = "20261121_04"
branch_labels = None
depends_on = None

STATUSES = ("active", "finished", "expired", "cancelled", "failed")
IS_ACTIVE = sa.text("status = 'active'")


def upgrade() -> None:
    """Create the tables."""
    _create_uploads()
    op.create_table(
        "upload_weeks",
        sa.Column("starts_at", UTCDateTime(), primary_key=True),
        sa.Column("recorded_at", UTCDateTime(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
    )
    op.create_table(
        "quota_refusals",
        sa.Column(
            "user_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("refused_at", UTCDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("quota_refusals")
    op.drop_table("upload_weeks")
    drop_updated_at_trigger("uploads")
    op.drop_table("uploads")
    drop_enum_type("upload_status")


def _create_uploads() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "owner_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("asset_id", sa.Uuid(), sa.ForeignKey("assets.id", ondelete="SET NULL")),
        sa.Column("purpose", sa.String(40), nullable=False),
        sa.Column("filename", sa.String(255), nullable=False),
        sa.Column("size_bytes", sa.BigInteger()),
        sa.Column("offset_bytes", sa.BigInteger(), nullable=False),
        sa.Column("reserved_bytes", sa.BigInteger(), nullable=False),
        sa.Column("metadata", sa.Text()),
        sa.Column("written_on", sa.String(64)),
        sa.Column("status", enum_type("upload_status", *STATUSES), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("finished_at", UTCDateTime()),
        sa.Column("created_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.Column("updated_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.CheckConstraint("size_bytes >= 0", name="size"),
        sa.CheckConstraint("offset_bytes >= 0", name="offset"),
        sa.CheckConstraint("offset_bytes <= size_bytes", name="offset_within_size"),
        sa.CheckConstraint("reserved_bytes >= 0", name="reserved"),
        sa.CheckConstraint(
            "status <> 'finished' OR offset_bytes = size_bytes", name="finished_whole"
        ),
    )
    op.create_index(op.f("ix_uploads_asset_id"), "uploads", ["asset_id"])
    op.create_index(op.f("ix_uploads_owner_id_created_at"), "uploads", ["owner_id", "created_at"])
    op.create_index(op.f("ix_uploads_status_expires_at"), "uploads", ["status", "expires_at"])
    op.create_index(
        "uq_uploads_active_asset",
        "uploads",
        ["asset_id"],
        unique=True,
        sqlite_where=IS_ACTIVE,
        postgresql_where=IS_ACTIVE,
    )
    add_updated_at_trigger("uploads")
