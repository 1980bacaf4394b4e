"""Alembic's entry: one engine per call, every table that is ours, none of the job engine's."""

from typing import Any

from alembic import context
from sqlalchemy import create_engine, pool

from lumenhall.platform.db.declarative import Base

# Models can't say what only one engine has.
ONLY_IN_MIGRATIONS = {"ix_message_words_words", "ix_search_documents_words"}
LOCK_TIMEOUT = "SET lock_timeout = '4s'"


def _is_ours(name: str | None, kind: str, parents: Any) -> bool:
    if kind == "index":
        return name not in ONLY_IN_MIGRATIONS
    return kind != "table" or name in Base.metadata.tables


def _run() -> None:
    address = context.config.attributes["url"]
    if address.get_backend_name() == "sqlite":
        address = address.set(drivername="sqlite")
    engine = create_engine(address, poolclass=pool.NullPool)
    with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(LOCK_TIMEOUT)
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            render_as_batch=connection.dialect.name == "sqlite",
            include_name=_is_ours,
            compare_server_default=False,
        )
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


_run()
