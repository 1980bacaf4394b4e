"""What migrations need beyond Alembic's own operations, for both engines."""

from alembic import op
from sqlalchemy import Enum

from lumenhall.platform.db.types import SQLITE_NOW, utc_now

__all__ = [
    "add_updated_at_trigger",
    "drop_enum_type",
    "drop_updated_at_trigger",
    "enum_type",
    "utc_now",
]


def enum_type(name: str, *values: str) -> Enum:
    """Return the column type of an enum: native on PostgreSQL, text with a CHECK on SQLite."""
    return Enum(*values, name=name, create_constraint=True)


def drop_enum_type(name: str) -> None:
    """Drop a native enum type after its last table is gone; SQLite has none."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP TYPE IF EXISTS {name}")


def add_updated_at_trigger(table: str, key: str = "id") -> None:
    """Make the database set `updated_at` on every change that does not set it itself."""
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE OR REPLACE FUNCTION set_updated_at() RETURNS trigger LANGUAGE plpgsql AS $$ "
            "BEGIN IF NEW.updated_at IS NOT DISTINCT FROM OLD.updated_at "
            "THEN NEW.updated_at := now(); END IF; RETURN NEW; END $$"
        )
        op.execute(
            f"CREATE TRIGGER {table}_updated_at BEFORE UPDATE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION set_updated_at()"
        )
    else:
        touch = f"UPDATE {table} SET updated_at = {SQLITE_NOW} WHERE {key} = NEW.{key}"  # noqa: S608
        op.execute(
            f"CREATE TRIGGER {table}_updated_at AFTER UPDATE ON {table} FOR EACH ROW "
            f"WHEN NEW.updated_at IS OLD.updated_at BEGIN {touch}; END"
        )


def drop_updated_at_trigger(table: str) -> None:
    """Remove the trigger that `add_updated_at_trigger` made."""
    suffix = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    op.execute(f"DROP TRIGGER IF EXISTS {table}_updated_at{suffix}")
