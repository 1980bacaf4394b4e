"""What plays first: a copy of the source's own coding, or a small encoding made ahead."""

from pathlib import Path

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.filters import LATE_SECONDS
from lumenhall.domains.processing.encoder.hls import Growing, event_output
from lumenhall.domains.processing.encoder.ladder import (
    Rung,
    choose_rungs,
    encode_picture,
    encode_sound,
    filter_graph,
)
from lumenhall.domains.processing.encoder.probe import AudioStream, Probe, VideoStream
from lumenhall.domains.processing.encoder.progress import ARGUMENTS as PROGRESS
from lumenhall.domains.processing.encoder.runner import (
    Limits,
    OnProgress,
    Source,
    open_source,
    run_ffmpeg,
)

_COPY_SEGMENT_SECONDS = 4
# Short segments make the first one appear 0.7 s after the start.
_PREVIEW_SEGMENT_SECONDS = 2
_PREVIEW_HEIGHT = 360

_LONGEST_GOP_SECONDS = 12
_PROFILES = {"Baseline", "Constrained Baseline", "Main", "High"}
_PIXELS = {"yuv420p", "yuvj420p"}


def can_copy(probe: Probe) -> bool:
    """Say whether browsers play the picture as it is, so that it need not be encoded first.

    AVI carries no presentation times and copies to an empty playlist; several sample
    descriptions would need several init segments; a keyframe that is 12 seconds away makes
    starting and seeking slow.
    """
    video, gap = probe.video, probe.video.keyframe_gap
    late = probe.audio is not None and video.start - probe.audio.start > LATE_SECONDS
    return (
        video.codec == "h264"
        and video.profile in _PROFILES
        and video.pixel_format in _PIXELS
        and not video.interlaced
        and probe.container != "avi"
        and probe.descriptions == 1
        and gap is not None
        and gap <= _LONGEST_GOP_SECONDS
        and not late
    )


def copy_arguments(tools: Tools, source: Source, probe: Probe, folder: Path) -> list[str]:
    """Return the arguments that copy the picture, and the sound where it may be copied."""
    arguments = [*PROGRESS, *source.arguments(tools)]
    arguments += ["-map", f"0:{probe.video.index}", "-c:v", "copy", "-map_metadata", "-1"]
    arguments += event_output(folder, "v", _COPY_SEGMENT_SECONDS)
    if probe.audio:
        arguments += _copy_or_encode(probe.audio, probe.video, probe.container)
        arguments += event_output(folder, "a", _COPY_SEGMENT_SECONDS)
    return arguments


def _copy_or_encode(audio: AudioStream, video: VideoStream, container: str) -> list[str]:
    # A copy of sound that begins late would play too early: the gap is not in the packets.
    in_step = abs(audio.start - video.start) <= LATE_SECONDS
    if audio.codec != "aac" or audio.profile != "LC" or not in_step:
        return encode_sound(audio.index)
    copied = ["-map", f"0:{audio.index}", "-c:a", "copy", "-map_metadata", "-1"]
    return [*copied, "-bsf:a", "aac_adtstoasc"] if container == "ts" else copied


def preview_rung(video: VideoStream) -> Rung:
    """Return the size that is encoded ahead of the ladder."""
    return choose_rungs(video, [_PREVIEW_HEIGHT])[0]


def preview_arguments(tools: Tools, source: Source, probe: Probe, folder: Path) -> list[str]:
    """Return the arguments that encode one small rung as a growing playlist."""
    rung = preview_rung(probe.video)
    arguments = [*PROGRESS, *source.arguments(tools)]
    arguments += ["-filter_complex", filter_graph(probe, [rung], tools.maps_tones)]
    arguments += ["-map", "[v0]", *encode_picture(rung, "veryfast", _PREVIEW_SEGMENT_SECONDS)]
    arguments += event_output(folder, "v", _PREVIEW_SEGMENT_SECONDS)
    if probe.audio:
        arguments += encode_sound(probe.audio.index)
        arguments += event_output(folder, "a", _PREVIEW_SEGMENT_SECONDS)
    return arguments


async def publish_copy(
    tools: Tools, path: Path, growing: Growing, limits: Limits, on_progress: OnProgress | None
) -> float:
    """Copy the source into growing playlists; return the seconds copied."""
    with open_source(path) as source:
        arguments = copy_arguments(tools, source, growing.probe, growing.folder)
        return await _run(tools, arguments, source, growing, limits, on_progress)


async def publish_preview(
    tools: Tools, path: Path, growing: Growing, limits: Limits, on_progress: OnProgress | None
) -> float:
    """Encode a small rung of the source into growing playlists; return the seconds made."""
    with open_source(path) as source:
        arguments = preview_arguments(tools, source, growing.probe, growing.folder)
        return await _run(tools, arguments, source, growing, limits, on_progress)


async def _run(
    tools: Tools,
    arguments: list[str],
    source: Source,
    growing: Growing,
    limits: Limits,
    on_progress: OnProgress | None,
) -> float:
    encoding = run_ffmpeg(
        tools,
        arguments,
        limits,
        sources=[source],
        duration=growing.probe.duration,
        on_progress=on_progress,
    )
    return await growing.while_running(encoding)
