"""What an admin decides at run time: one row, `id` = 1, enforced by the database."""

from lumenhall.platform.options.models import (
    DEFAULT_COMPLETION_THRESHOLD,
    Joining,
    SiteOptions,
    WhoMayUpload,
)
from lumenhall.platform.options.store import change, get

__all__ = [
    "DEFAULT_COMPLETION_THRESHOLD",
    "Joining",
    "SiteOptions",
    "WhoMayUpload",
    "change",
    "get",
]
