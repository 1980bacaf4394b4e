"""Who may change and delete comments. Who sees a video sees what is said about it."""

from datetime import datetime, timedelta

from lumenhall.domains.engagement.errors import CommentTooOld, NotYourComment
from lumenhall.domains.engagement.models import Comment
from lumenhall.domains.identity.policy import ALLOWED, Actor, Decision
from lumenhall.domains.library.models import Video

EDITABLE_FOR = timedelta(hours=24)


def can_edit_comment(actor: Actor, comment: Comment, now: datetime) -> Decision:
    """Only its author may change a comment, for a day."""
    if comment.author_id != actor.user_id:
        return Decision(NotYourComment())
    if now > comment.created_at + EDITABLE_FOR:
        return Decision(CommentTooOld())
    return ALLOWED


def can_delete_comment(actor: Actor, comment: Comment, video: Video) -> Decision:
    """Its author, the video's owner and moderators may delete a comment, at any time."""
    if actor.is_moderator or actor.user_id in {comment.author_id, video.uploaded_by}:
        return ALLOWED
    return Decision(NotYourComment())
