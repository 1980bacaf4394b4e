"""What can go wrong with stream videos."""

from lumenhall.platform.errors import (
    BadRequest,
    Conflict,
    Forbidden,
    Gone,
    NotFound,
    TooLarge,
    TooManyRequests,
    Unauthenticated,
    Unavailable,
)


class StreamVideoUnknown(NotFound):
    code = "stream_video_unknown"
    title = "There is no such stream video."


class StreamAccountTaken(Forbidden):
    code = "stream_account_taken"
    title = "This account belongs to another member."


class StreamFieldInvalid(BadRequest):
    """The detail names the field and says what is wrong with it."""

    code = "stream_field_invalid"
    title = "A field is missing or wrong."


class StreamBodyUnreadable(BadRequest):
    code = "stream_body_unreadable"
    title = "The body is not JSON."


class StreamVideoNotReady(BadRequest):
    code = "stream_video_not_ready"
    title = "The video must be ready first."


class TooManyInQueue(TooManyRequests):
    code = "stream_queue_full"
    title = "Too many videos are waiting to be processed. Please wait until some are ready."


class TooManyCalls(TooManyRequests):
    code = "stream_too_many_calls"
    title = "This token has called too often. Please wait a little."


class UploadAddressUnknown(NotFound):
    code = "stream_upload_unknown"
    title = "There is no such upload address."


class UploadAddressUsed(Conflict):
    code = "stream_upload_used"
    title = "This upload address has been used. Ask for another one."


class UploadAddressExpired(Gone):
    code = "stream_upload_expired"
    title = "The time of this upload address is over. Ask for another one."


class BasicUploadTooLarge(TooLarge):
    """`max_bytes` is the most that may come in one piece."""

    code = "stream_basic_upload_too_large"
    title = "A file of this size has to be uploaded with tus."


class WatermarkUnknown(NotFound):
    code = "stream_watermark_unknown"
    title = "There is no such watermark; watermarks are not available here."


class SigningKeyUnknown(NotFound):
    code = "stream_key_unknown"
    title = "There is no such signing key."


class TooManySigningKeys(BadRequest):
    code = "stream_too_many_keys"
    title = "The account has as many signing keys as it may have."


class WebhookUnknown(NotFound):
    code = "stream_webhook_unknown"
    title = "No webhook is set for this account."


class WebhookFailed(Unavailable):
    code = "stream_webhook_failed"
    title = "The site that wanted to be told did not take the message."


class CaptionUnknown(NotFound):
    code = "stream_caption_unknown"
    title = "The video has no captions in this language."


class CaptionsNotGenerated(BadRequest):
    code = "stream_captions_not_generated"
    title = "Captions can't be generated: no engine for that is set up here."


class StreamTokenRefused(Unauthenticated):
    code = "stream_token_refused"
    title = "This address needs a valid token."


class PlaceRefused(Forbidden):
    code = "stream_place_refused"
    title = "This video may not be played here."
