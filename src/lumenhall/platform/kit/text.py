"""Text as people type it."""

import re
import unicodedata


def slugify(text: str, *, fallback: str = "untitled") -> str:
    """Return `text` as a lower-case ASCII slug of at most 100 characters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:100].strip("-") or fallback


def one_line(text: str) -> str:
    """Return `text` without control characters and with white space folded."""
    visible = "".join(" " if unicodedata.category(c) in {"Cc", "Zl", "Zp"} else c for c in text)
    return " ".join(visible.split())
