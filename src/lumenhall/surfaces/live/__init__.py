"""The one live connection of a page: what happened while it was away, then what happens.

A page opens `/api/live?since=<last number it knows>`, gets what it missed or `resync`, and then
every event of its member. It joins topics for what is not stored, such as the progress of a
video. A socket holds no database session, a slow one costs at most a queue of 256 messages,
and one whose session ended is closed within half a minute.
"""

from lumenhall.surfaces.live.front import LiveFront

__all__ = ["LiveFront"]
