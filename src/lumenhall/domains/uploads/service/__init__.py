"""The use cases of uploads."""

from lumenhall.domains.uploads.queries import (
    find_unfinished,
    find_unfinished_of_assets,
    get_quota,
    used_bytes,
)
from lumenhall.domains.uploads.service.collecting import (
    expire_uploads,
    forget_old_uploads,
    remove_orphans,
)
from lumenhall.domains.uploads.service.ending import (
    abandon_upload,
    cancel_upload,
    cancel_uploads_of_asset,
    discard_part,
)
from lumenhall.domains.uploads.service.intake import ReadBody
from lumenhall.domains.uploads.service.local import LocalProvider
from lumenhall.domains.uploads.service.making import create_upload
from lumenhall.domains.uploads.service.quota import begin_week, check_quota, remember_refusal
from lumenhall.domains.uploads.service.receiving import end_here, look_up, receive, start_over
from lumenhall.domains.uploads.service.targets import make_target, upload_target

__all__ = [
    "LocalProvider",
    "ReadBody",
    "abandon_upload",
    "begin_week",
    "cancel_upload",
    "cancel_uploads_of_asset",
    "check_quota",
    "create_upload",
    "discard_part",
    "end_here",
    "expire_uploads",
    "find_unfinished",
    "find_unfinished_of_assets",
    "forget_old_uploads",
    "get_quota",
    "look_up",
    "make_target",
    "receive",
    "remember_refusal",
    "remove_orphans",
    "start_over",
    "upload_target",
    "used_bytes",
]
