"""The tables of the Stream API, and a length that an asset may not pass."""

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

revision = "20261121_30"
down_revision = "20261121_24"
branch_labels = None
depends_on = None

ORIGINS = ("tus", "one_time_tus", "basic", "one_time", "copy", "clip")


def upgrade() -> None:
    """Create the tables."""
    op.add_column("assets", sa.Column("max_duration_seconds", sa.Integer()))
    op.create_table(
        "stream_accounts",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column(
            "owner_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="RESTRICT"), nullable=False
        ),
        sa.Column("webhook_url", sa.Text()),
        sa.Column("webhook_secret", sa.String(32)),
        sa.Column("webhook_changed_at", UTCDateTime()),
        *_times(),
        sa.CheckConstraint("(webhook_url IS NULL) = (webhook_secret IS NULL)", name="webhook"),
    )
    _index("stream_accounts", "owner_id")
    add_updated_at_trigger("stream_accounts")
    _create_videos()
    _create_keys()
    _create_messages()


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("stream_messages")
    op.drop_table("stream_keys")
    drop_updated_at_trigger("stream_videos")
    op.drop_table("stream_videos")
    drop_updated_at_trigger("stream_accounts")
    op.drop_table("stream_accounts")
    drop_enum_type("stream_origin")
    op.drop_column("assets", "max_duration_seconds")


def _create_videos() -> None:
    op.create_table(
        "stream_videos",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("uid", sa.String(32), nullable=False, unique=True),
        _account("RESTRICT"),
        sa.Column(
            "asset_id",
            sa.Uuid(),
            sa.ForeignKey("assets.id", ondelete="RESTRICT"),
            nullable=False,
            unique=True,
        ),
        sa.Column("upload_id", sa.Uuid(), sa.ForeignKey("uploads.id", ondelete="SET NULL")),
        sa.Column("origin", enum_type("stream_origin", *ORIGINS), nullable=False),
        sa.Column("creator", sa.String(64)),
        sa.Column("name", sa.String(500)),
        sa.Column("folded_name", sa.Text()),
        sa.Column("meta", JSONDocument, nullable=False),
        sa.Column("allowed_origins", JSONDocument, nullable=False),
        sa.Column("require_signed_urls", sa.Boolean(), nullable=False),
        sa.Column("thumbnail_pct", sa.Double(), nullable=False),
        sa.Column("public_details", JSONDocument),
        sa.Column("source_url", sa.Text()),
        sa.Column("clipped_from", sa.String(32)),
        sa.Column("scheduled_deletion", UTCDateTime()),
        sa.Column("upload_expiry", UTCDateTime()),
        sa.Column("uploaded_at", UTCDateTime()),
        sa.Column("offers_audio", sa.Boolean(), nullable=False),
        *_times(),
        sa.UniqueConstraint("account_id", "created_at"),
        sa.CheckConstraint("thumbnail_pct BETWEEN 0 AND 1", name="thumbnail_pct"),
    )
    _index("stream_videos", "account_id", "creator", "created_at")
    _index("stream_videos", "account_id", "name")
    for column in ("upload_id", "scheduled_deletion", "upload_expiry"):
        _index("stream_videos", column)
    add_updated_at_trigger("stream_videos")


def _create_keys() -> None:
    op.create_table(
        "stream_keys",
        sa.Column("id", sa.String(32), primary_key=True),
        _account("CASCADE"),
        sa.Column("public_pem", sa.Text(), nullable=False),
        sa.Column("private_pem", sa.Text()),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    _index("stream_keys", "account_id", "created_at")


def _create_messages() -> None:
    op.create_table(
        "stream_messages",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _account("CASCADE"),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("answer", sa.String(200)),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("delivered_at", UTCDateTime()),
    )
    _index("stream_messages", "account_id", "created_at")
    _index("stream_messages", "created_at")


def _account(rule: str) -> sa.Column[str]:
    parent = sa.ForeignKey("stream_accounts.id", ondelete=rule)
    return sa.Column("account_id", sa.String(64), parent, nullable=False)


def _times() -> list[sa.Column[object]]:
    return [
        sa.Column(name, UTCDateTime(), nullable=False, server_default=utc_now())
        for name in ("created_at", "updated_at")
    ]


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
