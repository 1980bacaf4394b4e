"""Every SELECT of engagement."""

from lumenhall.domains.engagement.queries.comments import (
    CommentShown,
    count_replies,
    find_comment_sent,
    get_comment,
    get_video_of_comment,
    list_mentioned,
    list_moments,
    list_people_named,
    page_comments,
    page_replies,
    shown_comment,
)
from lumenhall.domains.engagement.queries.reactions import (
    count_comment_reactions,
    count_video_reactions,
    find_my_reaction,
    find_reaction,
    list_most_reacted,
    page_reacted,
)
from lumenhall.domains.engagement.queries.watching import (
    get_seen,
    get_standing,
    list_unfinished,
    page_history,
    with_progress,
)

__all__ = [
    "CommentShown",
    "count_comment_reactions",
    "count_replies",
    "count_video_reactions",
    "find_comment_sent",
    "find_my_reaction",
    "find_reaction",
    "get_comment",
    "get_seen",
    "get_standing",
    "get_video_of_comment",
    "list_mentioned",
    "list_moments",
    "list_most_reacted",
    "list_people_named",
    "list_unfinished",
    "page_comments",
    "page_history",
    "page_reacted",
    "page_replies",
    "shown_comment",
    "with_progress",
]
