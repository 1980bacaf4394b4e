"""What the library refuses."""

from lumenhall.platform.errors import Conflict, Forbidden, Invalid, NotFound


class VideoUnknown(NotFound):
    code = "video_unknown"
    title = "There is no such video, or it is not for you to see."


class CategoryUnknown(NotFound):
    code = "category_unknown"
    title = "There is no such category."


class CategoryInvalid(Invalid):
    code = "category_invalid"
    title = "The category you chose does not exist any more."


class CategoryTaken(Conflict):
    code = "category_taken"
    title = "There is a category of this name already."


class CategoryNotEmpty(Conflict):
    """Carries `video_count`."""

    code = "category_not_empty"
    title = "There are still videos in this category."


class NotYourVideo(Forbidden):
    code = "not_your_video"
    title = "Only the person who uploaded this video and admins may do this."


class VideoWithdrawn(Forbidden):
    code = "video_withdrawn"
    title = "A moderator unpublished this video. Only moderators can publish it again."


class VideoNotFailed(Conflict):
    code = "video_not_failed"
    title = "Only a video whose processing failed can be tried again."
