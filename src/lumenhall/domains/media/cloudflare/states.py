"""What Stream says of a video, in our words: a webhook and an answer of its API hold the same.

Sources differ in spelling and leave out what they don't know yet; nothing here fails because
of that. A state that we don't know counts as being under way.
"""

import math
from dataclasses import dataclass
from typing import Any

from lumenhall.domains.media.models import MESSAGE_LENGTH, AssetStatus
from lumenhall.platform.kit.text import one_line

PENDING = "pendingupload"
_STATUSES = {
    PENDING: AssetStatus.PENDING_UPLOAD,
    "downloading": AssetStatus.QUEUED,
    "queued": AssetStatus.QUEUED,
    "inprogress": AssetStatus.IN_PROGRESS,
    "ready": AssetStatus.READY,
    "error": AssetStatus.ERROR,
}
# What it means to people, as a code that pages translate and as a text for everybody else.
# Where we have no words of our own, pages quote those of Stream.
_ERRORS = {
    "ERR_NON_VIDEO": ("not_a_video", "This file is not a video."),
    "ERR_DURATION_EXCEED_CONSTRAINT": (
        "longer_than_allowed",
        "The video is longer than is allowed here.",
    ),
    "ERR_DURATION_TOO_SHORT": (
        "too_short",
        "The video is too short: it needs a tenth of a second at least.",
    ),
    "ERR_MALFORMED_VIDEO": ("damaged", "The file is damaged. Please upload it again."),
}
_QUOTED_ERROR = "stream_said"
_SILENT_ERROR = ("stream_failed", "Cloudflare Stream could not process this video.")


@dataclass(frozen=True, slots=True)
class Report:
    """A video as Stream described it; what it did not say, or not yet, is None."""

    uid: str
    status: AssetStatus
    percent: int = 0
    step: str | None = None
    streamable: bool = False
    duration_ms: int | None = None
    width: int | None = None
    height: int | None = None
    size_bytes: int | None = None
    hls_url: str | None = None
    error_code: str | None = None
    error_message: str | None = None


def read_report(video: Any) -> Report | None:
    """Return what a video object of Stream says, None for what is no video object."""
    if not isinstance(video, dict) or not (uid := _text(video.get("uid"))):
        return None
    said = _object(video.get("status"))
    status = _STATUSES.get(_text(said.get("state")), AssetStatus.IN_PROGRESS)
    code, message = _error(said) if status is AssetStatus.ERROR else (None, None)
    pixels = _object(video.get("input"))
    duration = _number(video.get("duration"))
    return Report(
        uid=uid,
        status=status,
        percent=_percent(said.get("pctComplete")),
        step=_text(said.get("step"))[:40] or None,
        streamable=video.get("readyToStream") is True or status is AssetStatus.READY,
        duration_ms=round(duration * 1000) if duration and duration > 0 else None,
        width=_whole(pixels.get("width")),
        height=_whole(pixels.get("height")),
        size_bytes=_whole(video.get("size")),
        hls_url=_text(_object(video.get("playback")).get("hls")) or None,
        error_code=code,
        error_message=message,
    )


def _error(said: dict[str, Any]) -> tuple[str, str]:
    code = _text(said.get("errorReasonCode")) or _text(said.get("errReasonCode"))
    reason = _text(said.get("errorReasonText")) or _text(said.get("errReasonText"))
    quoted = one_line(reason)[:MESSAGE_LENGTH]
    return _ERRORS.get(code) or ((_QUOTED_ERROR, quoted) if quoted else _SILENT_ERROR)


def _percent(value: Any) -> int:
    """Return a percentage that may be a number, a text of a float, an empty text or absent."""
    return int(min(max(_number(value) or 0.0, 0.0), 100.0))


def _whole(value: Any) -> int | None:
    number = _number(value)
    return int(number) if number is not None and number > 0 else None


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
