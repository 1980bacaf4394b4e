"""The stamp of the library, which the database changes with what everybody sees of it."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_13"
down_revision = "20261121_12"
branch_labels = None
depends_on = None

# Rows in which everybody may see a change, and the columns that show it. Not here are
# `view_count` and the progress of encodings: they change all the time, and may be seen late.
SHOWN = {
    "videos": (
        "short_id",
        "title",
        "description",
        "category_id",
        "uploaded_by",
        "asset_id",
        "published",
        "published_at",
        "is_hero",
        "created_at",
    ),
    "assets": (
        "status",
        "playable_at",
        "error_code",
        "error_message",
        "duration_seconds",
        "width",
        "height",
        "file_size_bytes",
        "original_filename",
        "preview_prefix",
        "published_prefix",
        "thumbnail_key",
        "automatic_thumbnail_key",
        "wanted_frame_ms",
        "allow_download",
    ),
    "users": ("username", "display_name", "picture_hash"),
    "categories": ("name", "slug", "sort_order", "is_active"),
    "video_tags": ("tag",),
}
# Rows of the other tables are seen only with a video, and stay as long as it does.
COME_AND_GO = ("videos", "video_tags")


def upgrade() -> None:
    """Create the table with its one row, and the triggers."""
    op.create_table(
        "library_stamp",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("stamp", sa.String(40), nullable=False),
        sa.CheckConstraint("id = 1", name="singleton"),
    )
    op.execute("INSERT INTO library_stamp (id, stamp) VALUES (1, 'new')")
    (_upgrade_postgresql if _is_postgresql() else _upgrade_sqlite)()


def downgrade() -> None:
    """Drop the triggers and the table."""
    if _is_postgresql():
        op.execute("DROP FUNCTION change_library_stamp CASCADE")
    else:
        for table in SHOWN:
            for event in _events(table):
                op.execute(f"DROP TRIGGER {_name(table, event)}")
    op.drop_table("library_stamp")


def _upgrade_postgresql() -> None:
    # At the end of the transaction, so that writers wait for each other only while they commit,
    # and once in it, however many rows it changes.
    op.execute(
        "CREATE FUNCTION change_library_stamp() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN UPDATE library_stamp SET stamp = pg_current_xact_id()::text "
        "WHERE stamp <> pg_current_xact_id()::text; RETURN NULL; END $$"
    )
    for table in SHOWN:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {table}_stamp AFTER {' OR '.join(_events(table))} "
            f"ON {table} DEFERRABLE INITIALLY DEFERRED FOR EACH ROW "
            "EXECUTE FUNCTION change_library_stamp()"
        )


def _upgrade_sqlite() -> None:
    change = "UPDATE library_stamp SET stamp = lower(hex(randomblob(16)))"
    for table in SHOWN:
        for event in _events(table):
            op.execute(
                f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} FOR EACH ROW "
                f"BEGIN {change}; END"
            )


def _events(table: str) -> list[str]:
    come_and_go = ["INSERT", "DELETE"] if table in COME_AND_GO else []
    return [*come_and_go, f"UPDATE OF {', '.join(SHOWN[table])}"]


def _name(table: str, event: str) -> str:
    return f"{table}_stamp_{event.split(maxsplit=1)[0].lower()}"


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
