"""Reads what ffmpeg says with `-progress pipe:1`."""

from collections.abc import Callable
from dataclasses import dataclass

ARGUMENTS = ("-progress", "pipe:1", "-nostats", "-stats_period", "0.5")


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an encoding is: percent 0 to 100, seconds of output, seconds left (None: unknown)."""

    percent: float
    out_seconds: float
    eta_seconds: int | None


class ProgressReader:
    """Turns ffmpeg's lines into `Progress`; percent never goes backwards."""

    def __init__(self, duration: float | None, clock: Callable[[], float]) -> None:
        self._duration = duration
        self._clock = clock
        self._started = clock()
        self.percent = 0.0
        self.out_seconds = 0.0

    def feed(self, line: str) -> Progress | None:
        """Take one line; return the progress at the end of each block of lines."""
        key, _, value = line.strip().partition("=")
        # out_time_ms is microseconds too; both are N/A until the first packet is out.
        if key == "out_time_us" and value.lstrip("-").isdigit():
            self.out_seconds = max(self.out_seconds, int(value) / 1_000_000)
        if key != "progress":
            return None
        if self._duration:
            percent = min(100.0, 100 * self.out_seconds / self._duration)
            self.percent = max(self.percent, percent)
        return Progress(self.percent, self.out_seconds, self._eta())

    def _eta(self) -> int | None:
        elapsed = self._clock() - self._started
        if self.percent < 1 or elapsed < 1:
            return None
        return round(elapsed * (100 - self.percent) / self.percent)
