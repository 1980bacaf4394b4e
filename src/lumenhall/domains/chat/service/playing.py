"""Where a video stands that is watched together: arithmetic, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lumenhall.domains.chat.models import PartyState

MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class Playing:
    """At the moment `at` it stood at `position_ms`; since then it plays at `rate`, or does not."""

    state: PartyState
    position_ms: int
    rate: float
    at: datetime


def position_at(playing: Playing, now: datetime, length_ms: int | None = None) -> int:
    """Return where it stands now, in milliseconds: never before `at`, never beyond the end."""
    position = playing.position_ms
    if playing.state is PartyState.PLAYING:
        # Clocks of two processes differ a little; no time has passed rather than less than none.
        passed = max(timedelta(0), now - playing.at)
        position += round(passed / MILLISECOND * playing.rate)
    return position if length_ms is None else min(position, length_ms)


def deed(before: Playing, after: Playing) -> str:
    """Return what has been done by making the one the other: played, paused, sped or sought."""
    if before.state is not after.state:
        return "played" if after.state is PartyState.PLAYING else "paused"
    return "sped" if before.rate != after.rate else "sought"
