"""Identifiers: UUIDv7, so that keys sort by the time they were made."""

import secrets
import uuid

from uuid_utils import compat

_SHORT_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ"


def new_id() -> uuid.UUID:
    """Return a new UUIDv7."""
    return compat.uuid7()


def new_short_id(length: int = 8) -> str:
    """Return a random identifier for links, without characters that people confuse."""
    return "".join(secrets.choice(_SHORT_ALPHABET) for _ in range(length))
