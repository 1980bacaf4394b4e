"""Films a scene: frames and a tune become one MP4, as a phone would have made it."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from PIL.Image import Image

from lumenhall.main.seed.clips.music import Tune, play

FRAME_RATE = 24
TIMEOUT_SECONDS = 300


class Scene(Protocol):
    """Draws the picture at a moment."""

    def __call__(self, moment: float) -> Image:
        """Return the frame at `moment` seconds; the caller may not change it."""
        ...


@dataclass(frozen=True, slots=True)
class Film:
    """What to film: a drawn scene or an ffmpeg source, for how long, to which tune."""

    seconds: float
    tune: Tune
    scene: Scene | None = None
    source: str = ""


def shoot(ffmpeg: Path, film: Film, target: Path) -> None:
    """Make the film's file at `target`; raises CalledProcessError when ffmpeg fails."""
    sound = target.with_suffix(".wav")
    play(film.tune, film.seconds, sound)
    command = [str(ffmpeg), "-nostdin", "-v", "error", "-y"]
    if film.scene:
        first = film.scene(0)
        size = f"{first.width}x{first.height}"
        command += ["-f", "rawvideo", "-pixel_format", "rgb24", "-video_size", size]
        command += ["-framerate", str(FRAME_RATE), "-i", "pipe:0"]
    else:
        command += ["-f", "lavfi", "-i", film.source]
    command += ["-i", str(sound), "-t", str(film.seconds), "-r", str(FRAME_RATE)]
    command += ["-c:v", "libx264", "-preset", "superfast", "-crf", "21", "-pix_fmt", "yuv420p"]
    command += [
        "-g",
        str(2 * FRAME_RATE),
        "-c:a",
        "aac",
        "-b:a",
        "128k",
        "-ar",
        "48000",
        "-ac",
        "2",
    ]
    command += ["-movflags", "+faststart", str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as process:  # noqa: S603 Our own words only.
        _feed(process.stdin, _frames(film))
        code = process.wait(TIMEOUT_SECONDS)
    sound.unlink()
    if code:
        raise subprocess.CalledProcessError(code, command)


def _feed(pipe: IO[bytes] | None, frames: Iterator[bytes]) -> None:
    if pipe is not None:
        with pipe:
            for frame in frames:
                pipe.write(frame)


def _frames(film: Film) -> Iterator[bytes]:
    if film.scene:
        for number in range(round(film.seconds * FRAME_RATE)):
            yield film.scene(number / FRAME_RATE).tobytes()
