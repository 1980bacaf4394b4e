"""The use cases of stream videos."""

from lumenhall.domains.stream.service.accounts import open_account
from lumenhall.domains.stream.service.captions import (
    caption_object,
    caption_of,
    captions_in,
    delete_caption,
    generate_caption,
    get_caption,
    list_captions,
    parse_caption,
    put_caption,
)
from lumenhall.domains.stream.service.changing import (
    apply_fields,
    change_video,
    choose_thumbnail,
    mark_uploaded,
)
from lumenhall.domains.stream.service.clipping import CLIP, ClipFields, clip_video, cut
from lumenhall.domains.stream.service.copying import COPY, copy_video, fetch, give_up_copying
from lumenhall.domains.stream.service.downloads import (
    delete_downloads,
    downloads_object,
    list_downloads,
    offer_download,
)
from lumenhall.domains.stream.service.keys import (
    TokenFields,
    create_key,
    create_token,
    revoke_key,
)
from lumenhall.domains.stream.service.making import make_video
from lumenhall.domains.stream.service.removal import (
    delete_due,
    delete_video,
    discard_video,
    end_cancelled,
    expire_never_sent,
)
from lumenhall.domains.stream.service.webhooks import (
    WEBHOOK,
    delete_webhook,
    deliver_message,
    forget_messages,
    get_webhook,
    set_webhook,
    tell_end,
)

__all__ = [
    "CLIP",
    "COPY",
    "WEBHOOK",
    "ClipFields",
    "TokenFields",
    "apply_fields",
    "caption_object",
    "caption_of",
    "captions_in",
    "change_video",
    "choose_thumbnail",
    "clip_video",
    "copy_video",
    "create_key",
    "create_token",
    "cut",
    "delete_caption",
    "delete_downloads",
    "delete_due",
    "delete_video",
    "delete_webhook",
    "deliver_message",
    "discard_video",
    "downloads_object",
    "end_cancelled",
    "expire_never_sent",
    "fetch",
    "forget_messages",
    "generate_caption",
    "get_caption",
    "get_webhook",
    "give_up_copying",
    "list_captions",
    "list_downloads",
    "make_video",
    "mark_uploaded",
    "offer_download",
    "open_account",
    "parse_caption",
    "put_caption",
    "revoke_key",
    "set_webhook",
    "tell_end",
]
