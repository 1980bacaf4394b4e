"""The files behind the videos: films worth looking at, and files that no film ever was."""

import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from lumenhall.main.seed.clips.football import football
from lumenhall.main.seed.clips.lanterns import lanterns
from lumenhall.main.seed.clips.mountains import DAWN, NIGHT, mountains
from lumenhall.main.seed.clips.music import BRIGHT, CALM, DREAM, NIGHT_RIDE, play
from lumenhall.main.seed.clips.neon import neon
from lumenhall.main.seed.clips.snake import snake
from lumenhall.main.seed.clips.soup import soup
from lumenhall.main.seed.clips.stage import Film, shoot

HD, FULL_HD = (1280, 720), (1920, 1080)
FRACTAL = (
    "mandelbrot=size=640x360:rate=24:start_x=-0.743643887037158704752191506114774"
    ":start_y=0.131825904205311970493132056385139:start_scale=0.02:end_scale=0.00003:end_pts=300"
    ":maxiter=800:inner=black:outer=normalized_iteration_count,format=gray,gblur=sigma=0.7,"
    "scale=1280:720:flags=bicubic,format=gbrp,"
    "curves=r='0/0.03 0.25/0.22 0.5/0.86 0.75/0.99 1/1'"
    ":g='0/0.02 0.25/0.05 0.5/0.32 0.75/0.75 1/0.98'"
    ":b='0/0.10 0.25/0.40 0.5/0.35 0.75/0.28 1/0.78'"
)
LIFE = (
    "life=size=160x90:mold=24:rate=10:ratio=0.18:seed=7"
    ":death_color=#12324a:life_color=#ffe9a8:mold_color=#0b1d3a,"
    "scale=1280:720:flags=neighbor,format=gbrp,split[sharp][soft];"
    "[soft]gblur=sigma=9[glow];[sharp][glow]blend=all_mode=screen:all_opacity=0.6"
)

FILMS: dict[str, Callable[[], Film]] = {
    "dawn": lambda: Film(18, CALM, mountains(FULL_HD, DAWN, 18, seed=7)),
    "night": lambda: Film(12, DREAM, mountains(HD, NIGHT, 12, seed=11)),
    "neon": lambda: Film(12, NIGHT_RIDE, neon(seed=3)),
    "lanterns": lambda: Film(14, CALM, lanterns(seed=5)),
    "soup": lambda: Film(12, DREAM, soup(seed=6)),
    "football": lambda: Film(13, BRIGHT, football()),
    "snake": lambda: Film(12, BRIGHT, snake(12, seed=4)),
    "fractal": lambda: Film(12, NIGHT_RIDE, source=FRACTAL),
    "life": lambda: Film(12, DREAM, source=LIFE),
}


@dataclass
class Studio:
    """Makes the files, each once, in a folder that somebody else removes."""

    ffmpeg: Path
    folder: Path
    _made: dict[str, Path] = field(default_factory=dict)

    def make(self, name: str) -> Path:
        """Return the file called `name`; `dawn*3` is the film `dawn` three times over."""
        if name not in self._made:
            self._made[name] = self._make(name)
        return self._made[name]

    def _make(self, name: str) -> Path:
        if name in FILMS:
            target = self.folder / f"{name}.mp4"
            shoot(self.ffmpeg, FILMS[name](), target)
            return target
        film, _, times = name.partition("*")
        if times:
            source, target = self.make(film), self.folder / f"{film}-{times}.mp4"
            self._run("-stream_loop", str(int(times) - 1), "-i", str(source), "-c", "copy", target)
            return target
        return _BROKEN[name](self)

    def text(self) -> Path:
        """Make notes that somebody has named like a video."""
        target = self.folder / "meeting_notes.mp4"
        target.write_text("Present: Tom, Mara, Omar. Apologies: everybody else.\n" * 40)
        return target

    def sound_only(self) -> Path:
        """Make a recording without pictures."""
        target = self.folder / "choir.mp4"
        tune = self.folder / "choir.wav"
        play(CALM, 6, tune)
        self._run("-i", str(tune), "-c:a", "aac", target)
        return target

    def cut_off(self) -> Path:
        """Make a film whose second half, with its index, never arrived."""
        whole = self.folder / "whole.mov"
        self._run("-i", str(self.make("life")), "-c", "copy", whole)
        target = self.folder / "VID_20190714.mov"
        data = whole.read_bytes()
        target.write_bytes(data[: len(data) * 6 // 10])
        return target

    def huge_picture(self) -> Path:
        """Make a single frame that is larger than any video."""
        target = self.folder / "town-map.mp4"
        picture = "color=#d9c9a3:size=8192x8192:rate=1"
        encode = ("-c:v", "libx264", "-preset", "ultrafast", "-threads", "1", "-pix_fmt", "yuv420p")
        self._run("-f", "lavfi", "-i", picture, "-frames:v", "1", *encode, target)
        return target

    def many_tracks(self) -> Path:
        """Make a film with ninety tracks of sound."""
        target = self.folder / "every-microphone.mkv"
        picture = "color=#24384a:size=320x180:rate=24"
        tracks = [part for _ in range(90) for part in ("-map", "1")]
        inputs = ("-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=frequency=220")
        encode = ("-c:v", "libx264", "-preset", "ultrafast", "-c:a", "pcm_s16le", "-t", "0.5")
        self._run(*inputs, "-map", "0", *tracks, *encode, target)
        return target

    def _run(self, *arguments: str | Path) -> None:
        command = [self.ffmpeg, "-nostdin", "-v", "error", "-y", *arguments]
        subprocess.run(command, check=True, timeout=120, capture_output=True)  # noqa: S603 Our own words only.


_BROKEN: dict[str, Callable[[Studio], Path]] = {
    "text": Studio.text,
    "sound_only": Studio.sound_only,
    "cut_off": Studio.cut_off,
    "huge_picture": Studio.huge_picture,
    "many_tracks": Studio.many_tracks,
}
