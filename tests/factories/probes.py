"""Facts about imaginary files, for tests of what is decided from them."""

from typing import Any

from lumenhall.domains.processing.encoder.probe import AudioStream, Probe, VideoStream


def make_video(**changes: Any) -> VideoStream:
    """Return an ordinary 1080p H.264 picture with some facts changed."""
    facts: dict[str, Any] = {
        "index": 0,
        "codec": "h264",
        "profile": "High",
        "pixel_format": "yuv420p",
        "width": 1920,
        "height": 1080,
        "coded_width": 1920,
        "coded_height": 1080,
        "rotation": 0,
        "square_pixels": True,
        "interlaced": False,
        "fps": 25.0,
        "variable_rate": False,
        "hdr": False,
        "start": 0.0,
        "keyframe_gap": 2.0,
    }
    return VideoStream(**(facts | changes))


def make_audio(**changes: Any) -> AudioStream:
    """Return ordinary AAC stereo with some facts changed."""
    facts: dict[str, Any] = {
        "index": 1,
        "codec": "aac",
        "profile": "LC",
        "channels": 2,
        "start": 0.0,
    }
    return AudioStream(**(facts | changes))


def make_probe(**changes: Any) -> Probe:
    """Return an ordinary MP4 of one minute with some facts changed."""
    facts: dict[str, Any] = {
        "container": "mp4",
        "size": 40_000_000,
        "duration": 60.0,
        "video": make_video(),
        "audio": make_audio(),
        "subtitles": (),
        "descriptions": 1,
    }
    return Probe(**(facts | changes))
