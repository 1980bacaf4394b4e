"""What people did."""

import uuid
from dataclasses import dataclass

from lumenhall.platform.events import Event


@dataclass(frozen=True, slots=True)
class VideoViewed(Event):
    """A view of a video was counted."""

    video_id: uuid.UUID
    user_id: uuid.UUID


@dataclass(frozen=True, slots=True)
class VideoCompleted(Event):
    """Someone has watched enough of a video for it to count as watched."""

    video_id: uuid.UUID
    user_id: uuid.UUID
