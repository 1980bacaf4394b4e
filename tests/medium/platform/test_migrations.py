"""The migrations bring what the models say, and can be undone, on both engines."""

from alembic import command
from sqlalchemy import create_engine, inspect

from lumenhall.platform.db import migrate
from lumenhall.platform.db.migrate import alembic_config


def _tables(address: str) -> set[str]:
    engine = create_engine(address)
    names = set(inspect(engine).get_table_names())
    engine.dispose()
    return names


def test_models_and_migrations_agree(database_url: str) -> None:
    command.check(alembic_config(database_url))


def test_every_migration_can_be_undone_and_done_again(empty_database_url: str) -> None:
    migrate.upgrade(empty_database_url)
    migrated = _tables(empty_database_url)
    migrate.downgrade(empty_database_url, "base")
    assert _tables(empty_database_url) == {"alembic_version"}
    migrate.upgrade(empty_database_url)
    assert _tables(empty_database_url) == migrated


def test_doing_them_twice_changes_nothing(database_url: str) -> None:
    before = _tables(database_url)
    migrate.upgrade(database_url)
    assert _tables(database_url) == before
