"""Bring a database to the newest shape."""

from pathlib import Path

from alembic import command
from alembic.config import Config

from lumenhall.platform.db.database import async_url


def alembic_config(address: str) -> Config:
    """Return Alembic's configuration for the database at `address`."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["url"] = async_url(address)
    return config


def upgrade(address: str, revision: str = "head") -> None:
    """Apply the migrations that are missing, up to `revision`."""
    url = async_url(address)
    if url.get_backend_name() == "sqlite" and url.database:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    command.upgrade(alembic_config(address), revision)


def downgrade(address: str, revision: str) -> None:
    """Undo migrations down to `revision`."""
    command.downgrade(alembic_config(address), revision)
