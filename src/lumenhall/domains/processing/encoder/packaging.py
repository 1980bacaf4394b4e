"""Writes the manifests over a finished ladder, once it is certain that nothing is missing."""

from pathlib import Path

from lumenhall.domains.media.manifests import NotFragmented, Track, write_manifests
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.ladder import AUDIO_FILE, LadderPlan

# ffmpeg answers success for a source that breaks off; then less comes out than was promised.
_LEAST_SHARE = 0.95
# Containers round, and the last frame's length is a guess.
_TOLERANCE_SECONDS = 0.5


def package_ladder(folder: Path, plan: LadderPlan) -> list[Track]:
    """Write HLS and DASH manifests beside the files in `folder`; return what these hold.

    Raises EncodingFailed when a file is not whole or the source broke off before its end.
    """
    pictures = [rung.file_name for rung in plan.rungs]
    sound = AUDIO_FILE if plan.probe.audio and _has_sound(folder) else None
    try:
        tracks = write_manifests(folder, pictures, sound)
    except (NotFragmented, OSError) as error:
        raise EncodingFailed("encoder_failed", f"an output is not whole: {error}") from error
    seconds = float(max(track.seconds for track in tracks))
    if seconds + _TOLERANCE_SECONDS < _LEAST_SHARE * (plan.probe.duration or 0):
        raise EncodingFailed("damaged", f"{seconds:.1f} of {plan.probe.duration} seconds came out")
    return tracks


def _has_sound(folder: Path) -> bool:
    # A track may be announced and hold nothing; then ffmpeg writes no file, or an empty one.
    path = folder / AUDIO_FILE
    return path.exists() and path.stat().st_size > 0
