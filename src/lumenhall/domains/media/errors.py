"""What can go wrong with media, as people see it."""

from lumenhall.platform.errors import (
    AppError,
    BadRequest,
    Conflict,
    Forbidden,
    InsufficientStorage,
    Invalid,
    NotFound,
    TooLarge,
    Unavailable,
)


class AssetNotFound(NotFound):
    code = "asset_not_found"
    title = "There is no such video."


class AssetStateConflict(Conflict):
    code = "asset_state_conflict"
    title = "The video is not in a state that allows this."


class SourceGone(Conflict):
    code = "source_gone"
    title = "The original file is no longer kept, so it can't be processed again."


class PlaybackNotFound(NotFound):
    code = "playback_not_found"
    title = "There is nothing to play here, or it is not for you to see."


class PlaybackEnded(Forbidden):
    code = "playback_ended"
    title = "This playback address has ended. Open the video again to go on."


class DownloadNotAllowed(Forbidden):
    code = "download_not_allowed"
    title = "The owner of this video does not offer it for download."


class RangeInvalid(BadRequest):
    code = "range_invalid"
    title = "The player asked for a part of the file in a way that can't be understood."


class RangeNotSatisfiable(AppError):
    """The length of the file is in the Content-Range header and in `size_bytes`."""

    code = "range_not_satisfiable"
    status = 416
    title = "The player asked for a part that lies beyond the end of the file."


class CaptionsInvalid(Invalid):
    """`line` or `entry` is the number of what is wrong, where it is one; `problem` says how.

    `problem` is one of empty, times_missing, time_invalid, time_too_large, end_before_start,
    text_missing; `found` is what stands there.
    """

    code = "captions_invalid"
    title = "This is not a valid captions file."


class CaptionsTooLarge(TooLarge):
    code = "captions_too_large"
    title = "This captions file is too large."


class CaptionsStale(Conflict):
    """`revision` is that of the captions as they are now."""

    code = "captions_changed"
    title = "Somebody else has changed these captions in the meantime."


class LanguageInvalid(Invalid):
    code = "language_invalid"
    title = "This is not a language tag. Write, for example, en, es or pt-BR."


class TrackExists(Conflict):
    code = "track_exists"
    title = "There are captions of this kind, language and name already."


class TrackNotFound(NotFound):
    code = "track_not_found"
    title = "There are no such captions."


class ProviderOff(NotFound):
    code = "provider_off"
    title = "Cloudflare Stream is not set up here."


class VideoTooLarge(TooLarge):
    """`max_file_size_bytes` is the site option."""

    code = "video_too_large"
    title = "This file is larger than files may be here."


class SizeUnknown(Invalid):
    code = "size_unknown"
    title = "The size of the file must be known before it is sent to Cloudflare Stream."


class RetriesUsedUp(Conflict):
    code = "retries_used_up"
    title = "It has failed too often. Please upload the video again."


class StreamFull(InsufficientStorage):
    code = "stream_full"
    title = "There is no room left at Cloudflare Stream."


class StreamUnavailable(Unavailable):
    code = "stream_unavailable"
    title = "Cloudflare Stream can't be reached just now. Please try again soon."


class WebhookRefused(Forbidden):
    code = "webhook_refused"
    title = "This message is not from Cloudflare Stream."
