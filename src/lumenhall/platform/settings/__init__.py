"""What the operator decides: environment variables `LUMENHALL_…` or a `.env` file."""

from lumenhall.platform.settings.settings import Settings, get_settings

__all__ = ["Settings", "get_settings"]
