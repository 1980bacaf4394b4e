"""The tables of identity, and the site options, which say who changed them."""

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

revision = "20261121_02"
down_revision = "20261121_01"
branch_labels = None
depends_on = None

ENUMS = ("user_language", "user_theme", "user_role", "joining", "who_may_upload")


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "users",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("username", sa.String(30), nullable=False, unique=True),
        sa.Column("email", sa.String(254), nullable=False, unique=True),
        sa.Column("display_name", sa.String(60), nullable=False),
        sa.Column("bio", sa.String(500), nullable=False),
        sa.Column("picture_hash", sa.String(64)),
        sa.Column("time_zone", sa.String(60), nullable=False),
        sa.Column("language", enum_type("user_language", "en", "es"), nullable=False),
        sa.Column("theme", enum_type("user_theme", "light", "dark", "system"), nullable=False),
        sa.Column("role", enum_type("user_role", "admin", "moderator", "member"), nullable=False),
        sa.Column("password_hash", sa.String(255), nullable=False),
        sa.Column("disabled_at", UTCDateTime()),
        sa.Column("last_seen_at", UTCDateTime()),
        sa.Column("weekly_upload_limit_bytes", sa.BigInteger()),
        sa.Column("created_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.Column("updated_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.CheckConstraint("username = lower(username)", name="username_lower"),
        sa.CheckConstraint("email = lower(email)", name="email_lower"),
        sa.CheckConstraint("weekly_upload_limit_bytes >= 0", name="weekly_upload_limit"),
    )
    op.create_index(op.f("ix_users_role"), "users", ["role"])
    add_updated_at_trigger("users")
    _create_credentials()
    _create_invitations()
    _create_site_options()
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _user("actor_id", "SET NULL"),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("target_type", sa.String(40), nullable=False),
        sa.Column("target_id", sa.String(64), nullable=False),
        sa.Column("detail", JSONDocument, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_audit_log_actor_id"), "audit_log", ["actor_id"])
    op.create_index(
        op.f("ix_audit_log_target_type_target_id"), "audit_log", ["target_type", "target_id"]
    )


def _user(name: str, rule: str) -> sa.Column[object]:
    return sa.Column(
        name, sa.Uuid(), sa.ForeignKey("users.id", ondelete=rule), nullable=rule == "SET NULL"
    )


def _create_credentials() -> None:
    op.create_table(
        "sessions",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _user("user_id", "CASCADE"),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("user_agent", sa.String(300)),
        sa.Column("ip", sa.String(45)),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("last_seen_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_sessions_user_id"), "sessions", ["user_id"])
    op.create_index(op.f("ix_sessions_expires_at"), "sessions", ["expires_at"])
    op.create_table(
        "password_resets",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _user("user_id", "CASCADE"),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_password_resets_user_id"), "password_resets", ["user_id"])
    op.create_index(op.f("ix_password_resets_expires_at"), "password_resets", ["expires_at"])
    op.create_table(
        "api_tokens",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _user("user_id", "CASCADE"),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        sa.Column("scopes", JSONDocument, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("last_used_at", UTCDateTime()),
    )
    op.create_index(op.f("ix_api_tokens_user_id"), "api_tokens", ["user_id"])


def _create_invitations() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("secret_hash", sa.String(64), nullable=False, unique=True),
        _user("invited_by_id", "SET NULL"),
        sa.Column("email", sa.String(254)),
        sa.Column("max_uses", sa.Integer(), nullable=False),
        sa.Column("uses", sa.Integer(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("revoked_at", UTCDateTime()),
        sa.CheckConstraint("max_uses >= 1", name="max_uses"),
        sa.CheckConstraint("uses BETWEEN 0 AND max_uses", name="uses"),
    )
    op.create_index(op.f("ix_invitations_invited_by_id"), "invitations", ["invited_by_id"])
    op.create_table(
        "invitation_uses",
        sa.Column(
            "invitation_id",
            sa.Uuid(),
            sa.ForeignKey("invitations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column(
            "user_id",
            sa.Uuid(),
            sa.ForeignKey("users.id", ondelete="CASCADE"),
            primary_key=True,
            unique=True,
        ),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )


def _create_site_options() -> None:
    op.create_table(
        "site_options",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("site_name", sa.String(100), nullable=False),
        sa.Column("logo_hash", sa.String(64)),
        sa.Column("joining", enum_type("joining", "invitation", "open", "closed"), nullable=False),
        sa.Column("members_may_invite", sa.Boolean(), nullable=False),
        sa.Column("invitation_budget", sa.Integer(), nullable=False),
        sa.Column(
            "who_may_upload", enum_type("who_may_upload", "everyone", "admins"), nullable=False
        ),
        sa.Column("max_file_size_bytes", sa.BigInteger(), nullable=False),
        sa.Column("weekly_upload_limit_bytes", sa.BigInteger(), nullable=False),
        sa.Column("quota_reset_day", sa.Integer(), nullable=False),
        sa.Column("quota_reset_hour", sa.Integer(), nullable=False),
        sa.Column("quota_reset_timezone", sa.String(60), nullable=False),
        sa.Column("accepted_video_formats", JSONDocument, nullable=False),
        sa.Column("ladder_heights", JSONDocument, nullable=False),
        sa.Column("encoder_preset", sa.String(20), nullable=False),
        sa.Column("keep_originals", sa.Boolean(), nullable=False),
        sa.Column("completion_threshold", sa.Integer(), nullable=False),
        sa.Column("moderation_words", JSONDocument, nullable=False),
        _user("updated_by", "SET NULL"),
        sa.Column("created_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.Column("updated_at", UTCDateTime(), nullable=False, server_default=utc_now()),
        sa.CheckConstraint("id = 1", name="singleton"),
        sa.CheckConstraint("max_file_size_bytes > 0", name="max_file_size"),
        sa.CheckConstraint("weekly_upload_limit_bytes >= 0", name="weekly_upload_limit"),
        sa.CheckConstraint("quota_reset_day BETWEEN 0 AND 6", name="quota_reset_day"),
        sa.CheckConstraint("quota_reset_hour BETWEEN 0 AND 23", name="quota_reset_hour"),
        sa.CheckConstraint("completion_threshold BETWEEN 1 AND 100", name="completion_threshold"),
    )
    add_updated_at_trigger("site_options")


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("audit_log")
    drop_updated_at_trigger("site_options")
    op.drop_table("site_options")
    op.drop_table("invitation_uses")
    op.drop_table("invitations")
    op.drop_table("api_tokens")
    op.drop_table("password_resets")
    op.drop_table("sessions")
    drop_updated_at_trigger("users")
    op.drop_table("users")
    for name in ENUMS:
        drop_enum_type(name)
