"""What can go wrong with a file, as a stable code and a text that a person understands."""

import re
import signal
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """Why processing failed; another attempt would not help against a permanent one."""

    message: str
    permanent: bool = True


REASONS = {
    "empty_file": Reason("The file is empty. Please choose the video again."),
    "not_a_video": Reason(
        "This file is not a video, whatever its name says. Please choose another file."
    ),
    "playlist": Reason(
        "This file is only a list that points to a video elsewhere. Please upload the video itself."
    ),
    "format_not_accepted": Reason(
        "Videos of the kind {container} are not accepted here. Accepted are: {accepted}."
    ),
    "no_picture": Reason("This file holds sound only, no moving picture."),
    "too_many_streams": Reason("This file holds too many tracks to be an ordinary video."),
    "picture_too_large": Reason(
        "The picture of this video is too large. The most is 8192 by 4352 pixels."
    ),
    "too_long": Reason("This video is longer than 24 hours."),
    "longer_than_agreed": Reason("This video is longer than was agreed for it."),
    "damaged": Reason(
        "The video is incomplete or damaged. Please check that it plays to the end on your device, "
        "then upload it again."
    ),
    "protected": Reason("This video is copy-protected and can't be played by others."),
    "codec_unknown": Reason("This video is coded in a way that is not known here."),
    "timed_out": Reason("Processing took longer than is allowed and was stopped.", permanent=False),
    "out_of_memory": Reason("Processing needed more memory than is allowed.", permanent=False),
    "output_too_large": Reason("The processed video grew larger than is allowed.", permanent=False),
    "disk_full": Reason(
        "The server has no room left for this video. Please tell the person who runs it.",
        permanent=False,
    ),
    "source_missing": Reason("The uploaded file is no longer there. Please upload it again."),
    "encoder_missing": Reason(
        "This server has no usable video encoder. Please tell the person who runs it.",
        permanent=False,
    ),
    "interrupted": Reason("Processing was interrupted again and again.", permanent=False),
    "encoder_failed": Reason("This video could not be processed.", permanent=False),
}


class EncodingFailed(Exception):
    """A file could not be processed; `code` is a key of REASONS, `log` is for the operator."""

    def __init__(self, code: str, log: str = "", **fields: str) -> None:
        reason = REASONS[code]
        self.code = code
        self.message = reason.message.format(**fields)
        self.permanent = reason.permanent
        self.log = log
        super().__init__(f"{code}: {self.message}")


# The first pattern found in what ffmpeg said decides.
_SAID = [
    (r"No space left on device|Disk quota exceeded", "disk_full"),
    (r"exceeds specified max pixel count|Picture size \d+x\d+ is invalid", "picture_too_large"),
    (r"Cannot allocate memory|Out of memory|pthread_create.*failed", "out_of_memory"),
    (r"not on whitelist|not in the whitelist", "not_a_video"),
    (r"File too large", "output_too_large"),
    (r"moov atom not found|partial file|File ended prematurely", "damaged"),
    (r"[Dd]ecoder .*not found|no decoder found|Unknown decoder", "codec_unknown"),
    (r"Invalid data found when processing input", "damaged"),
]

_KILLED_BY = {
    signal.SIGXFSZ: "output_too_large",
    signal.SIGXCPU: "timed_out",
    signal.SIGKILL: "out_of_memory",
}


# Said in passing by an ffmpeg that then answers success with half an output.
_NEVER_SUCCESS = {"disk_full", "out_of_memory"}


def failure(return_code: int, log: str) -> EncodingFailed | None:
    """Return the failure in a return code and last words, None when there is none."""
    explained = explain(return_code, log)
    return explained if return_code or explained.code in _NEVER_SUCCESS else None


def explain(return_code: int, log: str) -> EncodingFailed:
    """Return the failure that a return code and last words mean."""
    if return_code < 0 and (code := _KILLED_BY.get(signal.Signals(-return_code))):
        return EncodingFailed(code, log)
    for pattern, code in _SAID:
        if re.search(pattern, log):
            return EncodingFailed(code, log)
    return EncodingFailed("encoder_failed", log)
