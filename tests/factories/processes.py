"""Programs that a process of ours has started."""

import psutil


def ffmpegs(parent: psutil.Process | None = None) -> list[psutil.Process]:
    """Return each ffmpeg that `parent`, by default this process, runs at the moment."""
    return [child for child in (parent or psutil.Process()).children() if _is_ffmpeg(child)]


def _is_ffmpeg(process: psutil.Process) -> bool:
    try:
        return bool(process.name().startswith("ffmpeg"))
    except psutil.NoSuchProcess:  # It has ended since it was listed.
        return False
