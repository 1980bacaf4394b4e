"""HLS that plays while it grows: separate picture and sound playlists, and their master."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from lumenhall.domains.media.manifests import MASTER, Stream, master_playlist, read_format
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.probe import Probe

PICTURE_FILE, SOUND_FILE = "v.m3u8", "a.m3u8"

# Cheap enough to look for the first segment this often: two calls of stat.
_LOOK_SECONDS = 0.02
# Peaks of a copied source are unknown before its end; players only compare these figures.
_PEAK_OVER_AVERAGE = 1.5
_FALLBACK_BITS = 5_000_000
# Once ffmpeg has ended all its files are there; this only bounds what follows.
_SETTLE_SECONDS = 30

OnPlayable = Callable[[str], Awaitable[None]]


def event_output(folder: Path, name: str, segment_seconds: int) -> list[str]:
    """Return the output options of one growing playlist, `v` or `a`, and its address.

    Segments and playlist appear by rename, so nobody can fetch a half-written one. Without
    `avoid_negative_ts disabled` the picture would start two frames after the sound.
    """
    kind = ["-f", "hls", "-hls_time", str(segment_seconds), "-hls_playlist_type", "event"]
    form = ["-hls_segment_type", "fmp4", "-hls_flags", "independent_segments+temp_file"]
    names = ["-hls_fmp4_init_filename", f"{name}_init.mp4"]
    names += ["-hls_segment_filename", str(folder / f"{name}_%05d.m4s")]
    return [*kind, *form, *names, "-avoid_negative_ts", "disabled", str(folder / f"{name}.m3u8")]


@dataclass(frozen=True, slots=True)
class Growing:
    """A folder in which ffmpeg makes playlists, and what they show."""

    folder: Path
    probe: Probe
    on_playable: OnPlayable
    """Called once with the name of the master, as soon as a player can start."""

    async def until_playable(self) -> None:
        """Wait until every playlist has a segment, write the master and tell."""
        needed = [PICTURE_FILE, SOUND_FILE] if self.probe.audio else [PICTURE_FILE]
        while not all(_has_segment(self.folder / name) for name in needed):  # noqa: ASYNC110
            await asyncio.sleep(_LOOK_SECONDS)
        self._write_master()
        await self.on_playable(MASTER)

    async def while_running(self, encoding: Awaitable[float]) -> float:
        """Run the encoding to its end and tell on the way; return its seconds of output."""
        telling = asyncio.create_task(self.until_playable())
        try:
            seconds = await encoding
            async with asyncio.timeout(_SETTLE_SECONDS):
                await telling
        except TimeoutError as error:
            raise EncodingFailed("damaged", "ffmpeg made no segment") from error
        finally:
            telling.cancel()
        return seconds

    def _write_master(self) -> None:
        probe = self.probe
        rate = Fraction(probe.video.fps).limit_denominator(1001)
        bits = probe.size * 8 / probe.duration if probe.duration else _FALLBACK_BITS
        picture = Stream(
            PICTURE_FILE,
            read_format((self.folder / "v_init.mp4").read_bytes()),
            int(bits * _PEAK_OVER_AVERAGE),
            int(bits),
            rate,
        )
        sound = None
        if probe.audio:
            # The rate of the source above covers both.
            sound = Stream(SOUND_FILE, read_format((self.folder / "a_init.mp4").read_bytes()), 0, 0)
        scratch = self.folder / f"{MASTER}.tmp"
        scratch.write_text(master_playlist([picture], sound))
        scratch.rename(self.folder / MASTER)


def _has_segment(playlist: Path) -> bool:
    try:
        return "#EXTINF" in playlist.read_text()
    except OSError:
        return False
