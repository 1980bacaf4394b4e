"""Follows, blocks, conversations, and who is here."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import add_updated_at_trigger, drop_enum_type, enum_type, utc_now
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_20"
down_revision = "20261121_15"
branch_labels = None
depends_on = None

MAY_WRITE = ("everyone", "followers", "mutual", "nobody")
REACTIONS = ("like", "love", "haha", "wow", "sad", "pray")
MESSAGES = ("text", "media", "voice", "shared_video", "system")


def upgrade() -> None:
    """Create the tables."""
    _add_may_write()
    _create_follows_and_blocks()
    _create_conversations()
    _create_messages()
    op.create_table(
        "presence",
        sa.Column("user_id", sa.Uuid(), primary_key=True),
        sa.Column("process_id", sa.Uuid(), primary_key=True),
        sa.Column("until", UTCDateTime(), nullable=False),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in (
        "presence",
        "message_requests",
        "message_reactions",
        "messages",
        "participants",
        "conversations",
        "blocks",
        "follows",
    ):
        op.drop_table(table)
    op.drop_column("users", "may_write")
    for name in (
        "message_request_status",
        "message_reaction_type",
        "message_type",
        "participant_role",
        "conversation_type",
        "user_may_write",
    ):
        drop_enum_type(name)


def _add_may_write() -> None:
    if op.get_bind().dialect.name == "postgresql":
        kind = enum_type("user_may_write", *MAY_WRITE)
        kind.create(op.get_bind())
        column: sa.Column[str] = sa.Column(
            "may_write", kind, server_default="mutual", nullable=False
        )
    else:
        # The rule stands with the column: SQLite can't add one to a table that is there.
        names = ", ".join(f"'{name}'" for name in MAY_WRITE)
        rule = sa.CheckConstraint(f"may_write IN ({names})", name=op.f("ck_users_user_may_write"))
        column = sa.Column("may_write", sa.String(9), rule, server_default="mutual", nullable=False)
    op.add_column("users", column)


def _create_follows_and_blocks() -> None:
    for table, who, whom in (
        ("follows", "follower_id", "followed_id"),
        ("blocks", "blocker_id", "blocked_id"),
    ):
        op.create_table(
            table,
            _whose(who, "users.id", primary_key=True),
            _whose(whom, "users.id", primary_key=True),
            sa.Column("created_at", UTCDateTime(), nullable=False),
            sa.CheckConstraint(f"{who} <> {whom}", name="not_oneself"),
        )
        op.create_index(op.f(f"ix_{table}_{whom}"), table, [whom])


def _create_conversations() -> None:
    op.create_table(
        "conversations",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("type", enum_type("conversation_type", "direct", "group"), nullable=False),
        sa.Column("pair", sa.String(73), unique=True),
        sa.Column("name", sa.String(100)),
        sa.Column("picture_hash", sa.String(64)),
        sa.Column("creator_id", sa.Uuid(), sa.ForeignKey("users.id", ondelete="SET NULL")),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_message_id", sa.Uuid()),
        sa.Column("last_message_at", UTCDateTime()),
        *_times(),
        sa.CheckConstraint("(type = 'direct') = (pair IS NOT NULL)", name="pair"),
        sa.CheckConstraint("last_number >= 0", name="last_number"),
    )
    add_updated_at_trigger("conversations")
    op.create_index(
        op.f("ix_conversations_last_message_at"),
        "conversations",
        [sa.text("last_message_at DESC")],
    )
    op.create_table(
        "participants",
        _whose("conversation_id", "conversations.id", primary_key=True),
        _whose("user_id", "users.id", primary_key=True),
        sa.Column("role", enum_type("participant_role", "member", "admin"), nullable=False),
        sa.Column("joined_at", UTCDateTime(), nullable=False),
        sa.Column("left_at", UTCDateTime()),
        *(
            sa.Column(name, sa.Boolean(), nullable=False)
            for name in ("is_hidden", "is_muted", "is_pinned")
        ),
        sa.Column("delivered_number", sa.Integer(), nullable=False),
        sa.Column("read_number", sa.Integer(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("last_read_at", UTCDateTime()),
        sa.Column("last_message_at", UTCDateTime()),
        sa.CheckConstraint("read_number >= 0", name="read_number"),
        sa.CheckConstraint("delivered_number >= read_number", name="delivered_number"),
    )
    op.create_index(
        op.f("ix_participants_user_id_is_pinned_last_message_at"),
        "participants",
        [
            "user_id",
            sa.text("is_pinned DESC"),
            sa.text("last_message_at DESC"),
            sa.text("conversation_id DESC"),
        ],
    )
    is_unread = sa.text("last_number > read_number")
    op.create_index(
        op.f("ix_participants_unread"),
        "participants",
        ["user_id"],
        postgresql_where=is_unread,
        sqlite_where=is_unread,
    )


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", sa.Uuid(), primary_key=True),
        _whose("conversation_id", "conversations.id"),
        sa.Column("number", sa.Integer(), nullable=False),
        _whose("sender_id", "users.id"),
        sa.Column("client_id", sa.Uuid(), nullable=False),
        sa.Column("type", enum_type("message_type", *MESSAGES), nullable=False),
        sa.Column("text", sa.String(5000), nullable=False),
        sa.Column("reply_to_id", sa.Uuid(), sa.ForeignKey("messages.id", ondelete="SET NULL")),
        sa.Column("shared_video_id", sa.Uuid(), sa.ForeignKey("videos.id", ondelete="SET NULL")),
        sa.Column("shared_moment_seconds", sa.Integer()),
        sa.Column("system", JSONDocument),
        sa.Column("edited_at", UTCDateTime()),
        sa.Column("unsent_at", UTCDateTime()),
        *_times(),
        sa.UniqueConstraint("conversation_id", "number"),
        sa.UniqueConstraint("sender_id", "client_id"),
        sa.CheckConstraint("number >= 1", name="number"),
        sa.CheckConstraint("shared_moment_seconds >= 0", name="shared_moment_seconds"),
    )
    add_updated_at_trigger("messages")
    for column in ("reply_to_id", "shared_video_id"):
        op.create_index(op.f(f"ix_messages_{column}"), "messages", [column])
    op.create_table(
        "message_reactions",
        _whose("user_id", "users.id", primary_key=True),
        _whose("message_id", "messages.id", primary_key=True),
        sa.Column("type", enum_type("message_reaction_type", *REACTIONS), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(
        op.f("ix_message_reactions_message_id_type"), "message_reactions", ["message_id", "type"]
    )
    op.create_table(
        "message_requests",
        _whose("requester_id", "users.id", primary_key=True),
        _whose("recipient_id", "users.id", primary_key=True),
        _whose("conversation_id", "conversations.id"),
        sa.Column(
            "status",
            enum_type("message_request_status", "pending", "accepted", "declined"),
            nullable=False,
        ),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("decided_at", UTCDateTime()),
    )
    op.create_index(
        op.f("ix_message_requests_recipient_id_status"),
        "message_requests",
        ["recipient_id", "status"],
    )
    op.create_index(
        op.f("ix_message_requests_conversation_id"), "message_requests", ["conversation_id"]
    )


def _times() -> tuple[sa.Column[object], sa.Column[object]]:
    return (
        sa.Column("created_at", UTCDateTime(), server_default=utc_now(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), server_default=utc_now(), nullable=False),
    )


def _whose(name: str, target: str, *, primary_key: bool = False) -> sa.Column[object]:
    parent = sa.ForeignKey(target, ondelete="CASCADE")
    return sa.Column(name, sa.Uuid(), parent, primary_key=primary_key, nullable=False)
