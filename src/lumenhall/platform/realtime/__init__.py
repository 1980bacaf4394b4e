"""Telling open pages what happens: a bus between processes, and live events kept per person.

`live.send` in the caller's transaction reaches every open page of a person after the commit,
however many processes there are, and pages that were away catch up. The bus alone may lose.
"""

from lumenhall.platform.realtime.bus import Bus, Heard, Listener, Missed
from lumenhall.platform.realtime.memory import MemoryBus
from lumenhall.platform.realtime.redis import RedisBus
from lumenhall.platform.settings import Settings

__all__ = ["Bus", "Heard", "Listener", "MemoryBus", "Missed", "RedisBus", "make_bus"]


def make_bus(settings: Settings) -> Bus:
    """Return the bus that the settings ask for."""
    return RedisBus(settings.redis_url) if settings.redis_url else MemoryBus()
