"""What the home page shows of reactions and of public playlists."""

import sqlalchemy as sa
from alembic import op

revision = "20261121_15"
down_revision = "20261121_14"
branch_labels = None
depends_on = None

LATELY = op.f("ix_video_reactions_created_at_video_id")
LATEST = op.f("ix_playlists_is_public_updated_at_id")
SHOWN = "owner_id, title, description, is_public, updated_at"
EITHER = "OLD.is_public OR NEW.is_public"
# What happens to playlists that everybody sees, and when that is so.
PLAYLISTS = (
    ("INSERT", "NEW.is_public"),
    (f"UPDATE OF {SHOWN}", EITHER),
    ("DELETE", "OLD.is_public"),
)
ITEMS = (("INSERT", "NEW"), ("UPDATE OF position", "NEW"), ("DELETE", "OLD"))


def upgrade() -> None:
    """Create the table of picks, the indexes that the rows walk, and the triggers of the stamp."""
    op.create_table(
        "shelf_picks",
        sa.Column("shelf", sa.String(20), primary_key=True),
        sa.Column(
            "video_id",
            sa.Uuid(),
            sa.ForeignKey("videos.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("place", sa.Integer(), nullable=False),
    )
    op.create_index(op.f("ix_shelf_picks_video_id"), "shelf_picks", ["video_id"])
    op.create_index(LATEST, "playlists", ["is_public", "updated_at", "id"])
    op.create_index(LATELY, "video_reactions", ["created_at", "video_id"])
    op.drop_index(op.f("ix_video_reactions_created_at"), "video_reactions")
    (_upgrade_postgresql if _is_postgresql() else _upgrade_sqlite)()


def downgrade() -> None:
    """Drop them."""
    if _is_postgresql():
        op.execute("DROP FUNCTION change_library_stamp_of_item CASCADE")
    for table, events in (("playlists", PLAYLISTS), ("playlist_items", ITEMS)):
        for event, _ in events:
            on = f"ON {table}" if _is_postgresql() else ""
            op.execute(f"DROP TRIGGER IF EXISTS {_name(table, event)} {on}")
    op.create_index(op.f("ix_video_reactions_created_at"), "video_reactions", ["created_at"])
    op.drop_index(LATELY, "video_reactions")
    op.drop_index(LATEST, "playlists")
    op.drop_table("shelf_picks")


def _upgrade_postgresql() -> None:
    # As `change_library_stamp`, for items of public playlists only.
    op.execute(
        "CREATE FUNCTION change_library_stamp_of_item() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN UPDATE library_stamp SET stamp = pg_current_xact_id()::text "
        "WHERE stamp <> pg_current_xact_id()::text AND EXISTS (SELECT 1 FROM playlists "
        "WHERE id = coalesce(NEW.playlist_id, OLD.playlist_id) AND is_public); "
        "RETURN NULL; END $$"
    )
    deferred = "DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
    for event, condition in PLAYLISTS:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {_name('playlists', event)} AFTER {event} ON playlists "
            f"{deferred} WHEN ({condition}) EXECUTE FUNCTION change_library_stamp()"
        )
    for event, _ in ITEMS:
        op.execute(
            f"CREATE CONSTRAINT TRIGGER {_name('playlist_items', event)} AFTER {event} "
            f"ON playlist_items {deferred} EXECUTE FUNCTION change_library_stamp_of_item()"
        )


def _upgrade_sqlite() -> None:
    change = "UPDATE library_stamp SET stamp = lower(hex(randomblob(16)))"
    of_items = [
        (event, f"(SELECT is_public FROM playlists WHERE id = {row}.playlist_id)")  # noqa: S608
        for event, row in ITEMS
    ]
    for table, events in (("playlists", PLAYLISTS), ("playlist_items", of_items)):
        for event, condition in events:
            op.execute(
                f"CREATE TRIGGER {_name(table, event)} AFTER {event} ON {table} FOR EACH ROW "
                f"WHEN {condition} BEGIN {change}; END"
            )


def _name(table: str, event: str) -> str:
    return f"{table}_stamp_{event.split(maxsplit=1)[0].lower()}"


def _is_postgresql() -> bool:
    return op.get_bind().dialect.name == "postgresql"
