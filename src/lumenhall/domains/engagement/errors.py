"""What engagement refuses."""

from lumenhall.platform.errors import Forbidden, Invalid, NotFound, TooManyRequests


class TooManyReports(TooManyRequests):
    code = "too_many_reports"
    title = "Too many devices report on this video at once. Try again in a moment."


class CommentUnknown(NotFound):
    code = "comment_unknown"
    title = "There is no such comment. It may have been deleted."


class NotYourComment(Forbidden):
    code = "not_your_comment"
    title = "This comment is somebody else's."


class CommentTooOld(Forbidden):
    code = "comment_too_old"
    title = "A comment can be changed for 24 hours. You can still delete it."


class MomentBeyondEnd(Invalid):
    code = "moment_beyond_end"
    title = "The video is shorter than that."


class TooManyComments(TooManyRequests):
    code = "too_many_comments"
    title = "That were many comments in a short time. Try again in a minute."
