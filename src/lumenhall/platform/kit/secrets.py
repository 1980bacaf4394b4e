"""Random secrets that people carry in links, and the hashes that are stored of them."""

import hashlib
import secrets


def new_secret() -> str:
    """Return 256 random bits as URL-safe text."""
    return secrets.token_urlsafe(32)


def hash_secret(secret: str) -> str:
    """Return the SHA-256 of a random secret, in hexadecimal.

    A plain hash is enough because the secret itself has 256 random bits; passwords
    go through Argon2id instead.
    """
    return hashlib.sha256(secret.encode()).hexdigest()
