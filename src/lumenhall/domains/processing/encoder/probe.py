"""Asks ffprobe what a file is, and refuses what is no video."""

import asyncio
import json
from collections.abc import Collection
from fractions import Fraction
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from lumenhall.domains.processing.encoder.binaries import Tools
from lumenhall.domains.processing.encoder.failures import EncodingFailed
from lumenhall.domains.processing.encoder.mkv_index import matroska_cut_short
from lumenhall.domains.processing.encoder.mp4_index import Mp4Index, read_mp4_index
from lumenhall.domains.processing.encoder.runner import (
    GLANCE,
    MAX_PIXELS,
    MAX_STREAMS,
    Limits,
    open_source,
    run_ffmpeg,
    run_ffprobe,
)
from lumenhall.domains.processing.encoder.sniff import HEAD_BYTES, container_of, is_playlist

_LONGEST_SECONDS = 24 * 3600
# Packets of the first seconds tell how far keyframes lie apart; reading more costs time.
_GLANCE_SECONDS = 20
_HDR_TRANSFERS = {"smpte2084", "arib-std-b67"}
_TEXT_SUBTITLES = {"subrip", "srt", "ass", "ssa", "mov_text", "webvtt", "text"}


class _Facts(BaseModel):
    model_config = ConfigDict(frozen=True)


class VideoStream(_Facts):
    """The moving picture; width and height are as shown, upright and with square pixels."""

    index: int
    codec: str
    profile: str
    pixel_format: str
    width: int
    height: int
    coded_width: int
    coded_height: int
    rotation: int
    square_pixels: bool
    interlaced: bool
    fps: float
    variable_rate: bool
    hdr: bool
    start: float
    keyframe_gap: float | None
    """Longest time between keyframes at the start of the video, None when nothing tells."""

    @property
    def short_side(self) -> int:
        """The height of a landscape picture, the width of a portrait one."""
        return min(self.width, self.height)


class AudioStream(_Facts):
    """The sound that is kept: the default track, else the first."""

    index: int
    codec: str
    profile: str
    channels: int
    start: float


class SubtitleStream(_Facts):
    """Embedded subtitles; only those of text can become WebVTT."""

    index: int
    codec: str
    language: str
    title: str
    default: bool
    forced: bool
    is_text: bool


class Probe(_Facts):
    """What a file is. `duration` is in seconds, None when only reading it all can tell."""

    container: str
    size: int
    duration: float | None
    video: VideoStream
    audio: AudioStream | None
    subtitles: tuple[SubtitleStream, ...]
    descriptions: int


async def probe_file(tools: Tools, path: Path, accepted: Collection[str]) -> Probe:
    """Return what the file is; raise EncodingFailed when it is not an accepted video."""
    head, size = await asyncio.to_thread(_beginning, path)
    container = _container(head, accepted)
    index = Mp4Index(cut_short=False)
    if container in {"mp4", "mov"}:
        index = await asyncio.to_thread(read_mp4_index, path)
    if index.cut_short or (container in {"mkv", "webm"} and matroska_cut_short(head, size)):
        raise EncodingFailed("damaged", "the index points beyond the end of the file")
    entries = ["-show_format", "-show_streams"]
    entries += ["-show_entries", "packet=stream_index,pts_time,flags"]
    entries += ["-read_intervals", f"%+{_GLANCE_SECONDS}", "-of", "json=compact=1"]
    with open_source(path) as source:
        answer = json.loads(await run_ffprobe(tools, entries, GLANCE, source=source))
    return read_answer(answer, container, size, index.descriptions)


async def measure_duration(tools: Tools, path: Path, limits: Limits) -> float:
    """Return the seconds a file lasts by reading it to the end, without decoding."""
    with open_source(path) as source:
        arguments = ["-progress", "pipe:1", *source.arguments(tools)]
        arguments += ["-map", "0:v", "-map", "0:a?", "-c", "copy", "-f", "null", "-"]
        return await run_ffmpeg(tools, arguments, limits, sources=[source])


def _beginning(path: Path) -> tuple[bytes, int]:
    try:
        with path.open("rb") as file:
            head, size = file.read(HEAD_BYTES), path.stat().st_size
    except OSError as error:
        raise EncodingFailed("source_missing", str(error)) from error
    if not head:
        raise EncodingFailed("empty_file")
    return head, size


def _container(head: bytes, accepted: Collection[str]) -> str:
    container = container_of(head)
    if container is None:
        raise EncodingFailed("playlist" if is_playlist(head) else "not_a_video")
    if container not in accepted:
        names = ", ".join(sorted(accepted))
        raise EncodingFailed("format_not_accepted", container=container, accepted=names)
    return container


def read_answer(answer: dict[str, Any], container: str, size: int, descriptions: int) -> Probe:
    """Return the facts in ffprobe's answer; raise EncodingFailed when it is no video for us."""
    streams = answer.get("streams", [])
    if len(streams) >= MAX_STREAMS:
        raise EncodingFailed("too_many_streams")
    pictures = [s for s in streams if s.get("codec_type") == "video" and not _is_still(s)]
    if not pictures:
        raise EncodingFailed("no_picture")
    video = _default_of(pictures)
    if str(video.get("codec_tag_string", "")).startswith("enc"):
        raise EncodingFailed("protected")
    if video.get("codec_name", "unknown") in {"unknown", "none"}:
        raise EncodingFailed("codec_unknown")
    sounds = [s for s in streams if s.get("codec_type") == "audio" and _is_decodable_sound(s)]
    subtitles = [s for s in streams if s.get("codec_type") == "subtitle"]
    duration = _duration(answer.get("format", {}), streams)
    if duration and duration > _LONGEST_SECONDS:
        raise EncodingFailed("too_long")
    return Probe(
        container=container,
        size=size,
        duration=duration,
        video=_video(video, answer.get("packets", [])),
        audio=_audio(_default_of(sounds)) if sounds else None,
        subtitles=tuple(_subtitle(s) for s in subtitles),
        descriptions=descriptions,
    )


def _is_still(stream: dict[str, Any]) -> bool:
    disposition = stream.get("disposition", {})
    return bool(disposition.get("attached_pic") or disposition.get("timed_thumbnails"))


def _is_decodable_sound(stream: dict[str, Any]) -> bool:
    known = stream.get("codec_name", "unknown") not in {"unknown", "none"}
    return known and int(stream.get("channels") or 0) > 0


def _default_of(streams: list[dict[str, Any]]) -> dict[str, Any]:
    marked = [s for s in streams if s.get("disposition", {}).get("default")]
    return (marked or streams)[0]


def _duration(container: dict[str, Any], streams: list[dict[str, Any]]) -> float | None:
    for claims in ([container], streams):
        found = [_number(claim.get("duration")) for claim in claims]
        if longest := max(found, default=0.0):
            return longest
    return None


def _video(stream: dict[str, Any], packets: list[dict[str, Any]]) -> VideoStream:
    coded_width, coded_height = int(stream.get("width") or 0), int(stream.get("height") or 0)
    if coded_width < 1 or coded_height < 1:
        raise EncodingFailed("damaged", "the picture has no size")
    if coded_width * coded_height > MAX_PIXELS:
        raise EncodingFailed("picture_too_large")
    shape = _ratio(stream.get("sample_aspect_ratio")) or Fraction(1)
    rotation = _rotation(stream)
    width, height = round(coded_width * shape), coded_height
    if rotation % 180:
        width, height = height, width
    average, base = _ratio(stream.get("avg_frame_rate")), _ratio(stream.get("r_frame_rate"))
    return VideoStream(
        index=stream["index"],
        codec=stream["codec_name"],
        profile=str(stream.get("profile", "")),
        pixel_format=stream.get("pix_fmt", ""),
        width=width,
        height=height,
        coded_width=coded_width,
        coded_height=coded_height,
        rotation=rotation,
        square_pixels=shape == 1,
        interlaced=stream.get("field_order", "progressive") not in {"progressive", "unknown"},
        fps=round(float(average or base or 0), 3),
        variable_rate=bool(average and base and abs(average / base - 1) > Fraction(1, 50)),
        hdr=stream.get("color_transfer") in _HDR_TRANSFERS,
        start=_number(stream.get("start_time")),
        keyframe_gap=_keyframe_gap([p for p in packets if p["stream_index"] == stream["index"]]),
    )


def _audio(stream: dict[str, Any]) -> AudioStream:
    return AudioStream(
        index=stream["index"],
        codec=stream["codec_name"],
        profile=str(stream.get("profile", "")),
        channels=int(stream["channels"]),
        start=_number(stream.get("start_time")),
    )


def _subtitle(stream: dict[str, Any]) -> SubtitleStream:
    tags, disposition = stream.get("tags", {}), stream.get("disposition", {})
    codec = stream.get("codec_name", "unknown")
    return SubtitleStream(
        index=stream["index"],
        codec=codec,
        language=str(tags.get("language", "")),
        title=str(tags.get("title", "")),
        default=bool(disposition.get("default")),
        forced=bool(disposition.get("forced")),
        is_text=codec in _TEXT_SUBTITLES,
    )


def _keyframe_gap(packets: list[dict[str, Any]]) -> float | None:
    times = [_number(p["pts_time"]) for p in packets if "pts_time" in p]
    keys = sorted(
        _number(p["pts_time"]) for p in packets if "pts_time" in p and "K" in p.get("flags", "")
    )
    if not keys:
        return None
    ends = [*keys[1:], max(times)]
    return max(end - key for key, end in zip(keys, ends, strict=True))


def _rotation(stream: dict[str, Any]) -> int:
    for data in stream.get("side_data_list", []):
        if "rotation" in data:
            return round(_number(data["rotation"])) % 360
    return 0


def _ratio(text: str | None) -> Fraction | None:
    """Return "30000/1001" or "64:45" as a number, None when it means nothing."""
    over, _, under = (text or "").replace(":", "/").partition("/")
    if not over.isdigit() or not under.isdigit() or int(under) == 0 or int(over) == 0:
        return None
    return Fraction(int(over), int(under))


def _number(text: object) -> float:
    try:
        return float(str(text))
    except ValueError:
        return 0.0
