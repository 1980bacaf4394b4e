"""Comments as replies show them."""

from lumenhall.domains.engagement.policy import can_delete_comment, can_edit_comment
from lumenhall.domains.engagement.queries import CommentShown
from lumenhall.domains.engagement.schemas import CommentLook
from lumenhall.domains.identity.policy import Actor
from lumenhall.domains.identity.schemas import PersonLook
from lumenhall.domains.library.models import Video
from lumenhall.platform.kit import clock


def comment_look(shown: CommentShown, actor: Actor, video: Video) -> CommentLook:
    """Return a comment as the actor sees it."""
    comment = shown.comment
    is_here = comment.deleted_at is None
    return CommentLook(
        id=comment.id,
        video_id=comment.video_id,
        parent_id=comment.parent_id,
        author=PersonLook.model_validate(shown.author) if is_here else None,
        text=comment.text,
        moment_seconds=comment.moment_seconds,
        created_at=comment.created_at,
        edited_at=comment.edited_at,
        is_deleted=not is_here,
        can_edit=is_here and bool(can_edit_comment(actor, comment, clock.now())),
        can_delete=is_here and bool(can_delete_comment(actor, comment, video)),
        reply_count=shown.reply_count,
        reaction_counts=shown.reaction_counts,
        my_reaction=shown.my_reaction,
        mentions=[PersonLook.model_validate(person) for person in shown.mentions],
    )
