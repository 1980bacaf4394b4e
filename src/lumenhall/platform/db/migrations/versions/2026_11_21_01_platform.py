"""The tables of the platform: outbox, jobs and live events."""

import sqlalchemy as sa
from alembic import op

from lumenhall.platform.db.ddl import drop_enum_type, enum_type
from lumenhall.platform.db.types import JSONDocument, UTCDateTime

revision = "20261121_01"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "outbox",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("payload", JSONDocument, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("available_at", UTCDateTime(), nullable=False),
        sa.Column("last_error", sa.String(500)),
    )
    op.create_index(op.f("ix_outbox_available_at"), "outbox", ["available_at"])
    _create_jobs()
    _create_live_events()


def downgrade() -> None:
    """Drop the tables."""
    for table in ("live_events", "live_cursors", "job_schedules", "workers", "jobs", "outbox"):
        op.drop_table(table)
    drop_enum_type("job_state")


def _create_jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("queue", sa.String(50), nullable=False),
        sa.Column("args", JSONDocument, nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(200)),
        sa.Column(
            "state",
            enum_type("job_state", "queued", "running", "done", "failed", "cancelled"),
            nullable=False,
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("crashes", sa.Integer(), nullable=False),
        sa.Column("available_at", UTCDateTime(), nullable=False),
        sa.Column("claimed_by", sa.Uuid()),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("progress", JSONDocument),
        sa.Column("error", sa.Text()),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("started_at", UTCDateTime()),
        sa.Column("finished_at", UTCDateTime()),
        sa.CheckConstraint("(state = 'running') = (claimed_by IS NOT NULL)", name="claimed"),
        sa.CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)",
            name="finished",
        ),
    )
    unfinished = sa.text("state IN ('queued', 'running')")
    op.create_index(
        op.f("uq_jobs_name_key"),
        "jobs",
        ["name", "key"],
        unique=True,
        postgresql_where=unfinished,
        sqlite_where=unfinished,
    )
    op.create_index(
        op.f("ix_jobs_state_queue_priority_id"), "jobs", ["state", "queue", "priority", "id"]
    )
    op.create_index(op.f("ix_jobs_claimed_by"), "jobs", ["claimed_by"])
    op.create_index(op.f("ix_jobs_finished_at"), "jobs", ["finished_at"])
    op.create_table(
        "workers",
        sa.Column("id", sa.Uuid(), primary_key=True),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("host", sa.String(255), nullable=False),
        sa.Column("started_at", UTCDateTime(), nullable=False),
        sa.Column("seen_at", UTCDateTime(), nullable=False),
    )
    op.create_table(
        "job_schedules",
        sa.Column("name", sa.String(100), primary_key=True),
        sa.Column("last_tick_at", UTCDateTime(), nullable=False),
    )


def _create_live_events() -> None:
    op.create_table(
        "live_cursors",
        sa.Column("user_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "live_events",
        sa.Column("user_id", sa.Uuid(), primary_key=True),
        sa.Column("seq", sa.BigInteger(), primary_key=True, autoincrement=False),
        sa.Column("kind", sa.String(60), nullable=False),
        sa.Column("data", JSONDocument, nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
    )
    op.create_index(op.f("ix_live_events_created_at"), "live_events", ["created_at"])
