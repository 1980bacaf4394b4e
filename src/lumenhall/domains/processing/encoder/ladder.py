"""The ladder: one ffmpeg process decodes once and encodes every rung and the sound."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from lumenhall.domains.processing.encoder import filters
from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.probe import Probe, VideoStream
from lumenhall.domains.processing.encoder.progress import ARGUMENTS as PROGRESS
from lumenhall.domains.processing.encoder.runner import (
    Limits,
    OnProgress,
    Source,
    open_source,
    run_ffmpeg,
)

SEGMENT_SECONDS = 4
AUDIO_FILE = "a.mp4"
AUDIO_KBITS = 128

# The most that a rung of this height may use; a height between takes the next one's.
_MOST_KBITS = {240: 400, 360: 800, 480: 1400, 720: 2800, 1080: 5000, 1440: 9000, 2160: 18000}

_FRAGMENTS = "+delay_moov+default_base_moof+negative_cts_offsets+global_sidx+skip_trailer"


@dataclass(frozen=True, slots=True)
class Rung:
    """One size of the ladder; `height` is the short side, `scaled` false keeps the source's."""

    height: int
    scaled: bool = True

    @property
    def file_name(self) -> str:
        """The file that ffmpeg writes this rung to."""
        return f"v{self.height}.mp4"

    @property
    def kbits(self) -> int:
        """The most kilobits a second."""
        fitting = [most for height, most in _MOST_KBITS.items() if height >= self.height]
        return fitting[0] if fitting else _MOST_KBITS[2160]

    @property
    def filter(self) -> str:
        """The filter that scales to this rung."""
        return filters.short_side(self.height) if self.scaled else filters.SOURCE_SIZE


@dataclass(frozen=True, slots=True)
class LadderPlan:
    """What is to be encoded."""

    probe: Probe
    rungs: tuple[Rung, ...]
    preset: str


def choose_rungs(video: VideoStream, heights: Collection[int]) -> list[Rung]:
    """Return the rungs for a picture, largest first: never larger than the source.

    A source smaller than the smallest height gets one rung of its own size.
    """
    fitting = sorted({h for h in heights if h <= video.short_side}, reverse=True)
    if fitting:
        return [Rung(height) for height in fitting]
    return [Rung(max(2, video.short_side // 2 * 2), scaled=False)]


def keyframes_every(seconds: int) -> list[str]:
    """Return options that put keyframes on a grid, and nowhere else.

    The grid is counted from the last keyframe, so a gap in the times of a hostile file does
    not make every later frame a keyframe.
    """
    due = f"gte(t,(floor(prev_forced_t/{seconds})+1)*{seconds})"
    grid = ["-force_key_frames", f"expr:isnan(prev_forced_t)+{due}"]
    return ["-sc_threshold", "0", "-g", "9999", "-keyint_min", "1", *grid]


def encode_picture(rung: Rung, preset: str, segment_seconds: int) -> list[str]:
    """Return the encoder options of one rung."""
    codec = ["-c:v", "libx264", "-preset", preset, "-crf", "23", "-profile:v", "high"]
    rate = ["-maxrate", f"{rung.kbits}k", "-bufsize", f"{2 * rung.kbits}k"]
    plain = ["-fps_mode", "vfr", "-map_metadata", "-1", "-map_chapters", "-1"]
    return [*codec, "-pix_fmt", "yuv420p", *rate, *keyframes_every(segment_seconds), *plain]


def encode_sound(index: int) -> list[str]:
    """Return map and encoder options for the sound, which always starts at zero."""
    codec = ["-c:a", "aac", "-b:a", f"{AUDIO_KBITS}k", "-ac", "2", "-ar", "48000"]
    plain = ["-map_metadata", "-1", "-map_chapters", "-1"]
    return ["-map", f"0:{index}", "-af", "aresample=async=1:first_pts=0", *codec, *plain]


def filter_graph(probe: Probe, rungs: Sequence[Rung], tones: str) -> str:
    """Return the graph from the source to one output `[v0]`, `[v1]` … per rung."""
    video = probe.video
    begins = min(video.start, probe.audio.start) if probe.audio else video.start
    chain = [*filters.ordinary(video), *filters.late_start(video, begins)]
    if mapped := filters.tones(video, tones):
        # Slow, so it is done once and on the largest size that is needed.
        chain += [rungs[0].filter, *mapped]
    ends = "".join(f"[s{number}]" for number in range(len(rungs)))
    whole = ",".join([*chain, f"split={len(rungs)}"])
    lines = [f"[0:{video.index}]{whole}{ends}"]
    lines += [f"[s{number}]{rung.filter}[v{number}]" for number, rung in enumerate(rungs)]
    return ";".join(lines)


def ladder_arguments(tools: Tools, source: Source, plan: LadderPlan, folder: Path) -> list[str]:
    """Return the arguments of the one command; every output is a fragmented MP4 in `folder`."""
    arguments = [*PROGRESS, *source.arguments(tools)]
    arguments += ["-filter_complex", filter_graph(plan.probe, plan.rungs, tools.maps_tones)]
    for number, rung in enumerate(plan.rungs):
        arguments += ["-map", f"[v{number}]", *encode_picture(rung, plan.preset, SEGMENT_SECONDS)]
        arguments += ["-f", "mp4", "-movflags", f"+frag_keyframe{_FRAGMENTS}"]
        arguments.append(str(folder / rung.file_name))
    if plan.probe.audio:
        arguments += [*encode_sound(plan.probe.audio.index), "-f", "mp4", "-movflags", _FRAGMENTS]
        arguments += ["-frag_duration", f"{SEGMENT_SECONDS}000000", str(folder / AUDIO_FILE)]
    return arguments


async def encode_ladder(
    tools: Tools,
    path: Path,
    plan: LadderPlan,
    folder: Path,
    limits: Limits,
    on_progress: OnProgress | None = None,
) -> float:
    """Encode the whole ladder into `folder`; return the seconds made."""
    with open_source(path) as source:
        return await run_ffmpeg(
            tools,
            ladder_arguments(tools, source, plan, folder),
            limits,
            sources=[source],
            duration=plan.probe.duration,
            on_progress=on_progress,
        )
