"""What can be done with engagement."""

from lumenhall.domains.engagement.service.comments import (
    add_comment,
    change_comment,
    delete_comment,
)
from lumenhall.domains.engagement.service.history import forget_all, forget_video
from lumenhall.domains.engagement.service.home import assemble_home
from lumenhall.domains.engagement.service.progress import report_progress
from lumenhall.domains.engagement.service.reactions import react_to_comment, react_to_video
from lumenhall.domains.engagement.service.shelving import shelve_reacted
from lumenhall.domains.engagement.service.showing import comment_look

__all__ = [
    "add_comment",
    "assemble_home",
    "change_comment",
    "comment_look",
    "delete_comment",
    "forget_all",
    "forget_video",
    "react_to_comment",
    "react_to_video",
    "report_progress",
    "shelve_reacted",
]
