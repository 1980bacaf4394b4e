"""How often something may be tried, counted in memory or in Redis."""

from lumenhall.platform.limits.limiter import Limit, Limiter

__all__ = ["Limit", "Limiter"]
