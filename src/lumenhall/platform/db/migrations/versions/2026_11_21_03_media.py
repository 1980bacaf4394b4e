"""The tables of media."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import (
    add_updated_at_trigger,
    drop_enum_type,
    drop_updated_at_trigger,
    enum_type,
    utc_now,
)
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_03"
down_revision = "20261121_02"
branch_labels = None
depends_on = None

ENUMS = ("asset_status", "track_kind", "track_source")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "assets",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "owner_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("provider", sa.String(20), nullable=False),
        sa.Column("provider_uid", sa.String(255), unique=True),
        sa.Column(
            "status",
            enum_type("asset_status", "pendingupload", "queued", "inprogress", "ready", "error"),
            nullable=False,
        ),
        sa.Column("processing_progress", sa.Integer(), nullable=False),
        sa.Column("processing_step", sa.String(40)),
        sa.Column("eta_seconds", sa.Integer()),
        sa.Column("playable_at", UTCDateTime()),
        sa.Column("ready_at", UTCDateTime()),
        sa.Column("error_code", sa.String(60)),
        sa.Column("error_message", sa.String(500)),
        sa.Column("duration_seconds", sa.Integer()),
        sa.Column("duration_ms", sa.BigInteger()),
        sa.Column("width", sa.Integer()),
        sa.Column("height", sa.Integer()),
        sa.Column("file_size_bytes", sa.BigInteger()),
        sa.Column("original_filename", sa.String(255), nullable=False),
        sa.Column("source_key", sa.String(300)),
        sa.Column("preview_prefix", sa.String(300)),
        sa.Column("published_prefix", sa.String(300)),
        sa.Column("retired_prefixes", JSONDocument, nullable=False),
        sa.Column("retired_until", UTCDateTime()),
        sa.Column("thumbnail_key", sa.String(300)),
        sa.Column("allow_download", sa.Boolean(), nullable=False),
        sa.Column("has_download", sa.Boolean(), nullable=False),
        sa.Column("has_storyboard", sa.Boolean(), nullable=False),
        sa.Column("metadata", JSONDocument, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.Column("updated_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.CheckConstraint("processing_progress BETWEEN 0 AND 100", name="processing_progress"),
        sa.CheckConstraint("file_size_bytes >= 0", name="file_size_bytes"),
        sa.CheckConstraint("duration_seconds >= 0", name="duration_seconds"),
        sa.CheckConstraint("duration_ms >= 0", name="duration_ms"),
    )
    for column in ("owner_id", "status", "created_at", "retired_until"):
        op.create_index(op.f(f"ix_assets_{column}"), "assets", [column])
    add_updated_at_trigger("assets")
    _create_tracks()


def _create_tracks() -> None:
    op.create_table(
        "tracks",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column(
            "asset_id", sa.Uuid(), sa.ForeignKey("assets.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column(
            "kind", enum_type("track_kind", "subtitles", "captions", "chapters"), nullable=False
        ),
        sa.Column("label", sa.String(100), nullable=False),
        sa.Column(
            "source", enum_type("track_source", "uploaded", "embedded", "generated"), nullable=False
        ),
        sa.Column("is_default", sa.Boolean(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.Column("updated_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.UniqueConstraint("asset_id", "kind", "language", "label"),
    )
    add_updated_at_trigger("tracks")


def downgrade() -> None:
    """Drop the tables."""
    drop_updated_at_trigger("tracks")
    op.drop_table("tracks")
    drop_updated_at_trigger("assets")
    op.drop_table("assets")
    for name in ENUMS:
        drop_enum_type(name)
