"""The use cases of stream videos."""

from lumenhall.domains.stream.service.accounts import open_account
from lumenhall.domains.stream.service.changing import (
    apply_fields,
    change_video,
    choose_thumbnail,
    mark_uploaded,
)
from lumenhall.domains.stream.service.making import make_video
from lumenhall.domains.stream.service.removal import (
    delete_due,
    delete_video,
    discard_video,
    expire_never_sent,
)

__all__ = [
    "apply_fields",
    "change_video",
    "choose_thumbnail",
    "delete_due",
    "delete_video",
    "discard_video",
    "expire_never_sent",
    "make_video",
    "mark_uploaded",
    "open_account",
]
